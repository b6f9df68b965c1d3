import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn, keyId, nameId } from '../place.ts';
import type { DetailedCache, TaggedCacheSubnetGroup, TaggedReplicationGroup } from './client.ts';
import { objectsIn } from '../lists.ts';

export function convertCache({ cluster, subnets, tags }: DetailedCache, place: AwsPlace): Converted {
  const nativeId = need(cluster.CacheClusterId, 'CacheClusterId');
  const id = cluster.ARN ?? cacheArn(place, 'cluster', nativeId);
  const edges = new EdgeList(id, 'DescribeCacheClusters');
  const { CacheSubnetGroupName: groupName, ReplicationGroupId: replication } = cluster;
  edges.to('IN_NETWORK', {
    to: groupName && (subnets?.ARN ?? cacheArn(place, 'subnetgroup', groupName)),
    field: 'CacheSubnetGroupName',
  });
  edges.to('IN_NETWORK', {
    to: subnets?.VpcId && ec2Arn(place, `vpc/${subnets.VpcId}`),
    field: 'CacheSubnetGroupName',
  });
  for (const { SecurityGroupId } of objectsIn(cluster.SecurityGroups, 'SecurityGroups')) {
    edges.to('PROTECTED_BY', {
      to: SecurityGroupId && ec2Arn(place, `security-group/${SecurityGroupId}`),
      field: 'SecurityGroups',
    });
  }
  edges.from('CONTAINS', {
    from: replication && cacheArn(place, 'replicationgroup', replication),
    field: 'ReplicationGroupId',
  });
  edges.to('TARGETS', {
    to: cluster.NotificationConfiguration?.TopicArn,
    field: 'NotificationConfiguration',
    properties: { as: 'notification' },
  });
  const hosts = [
    cluster.ConfigurationEndpoint?.Address,
    ...objectsIn(cluster.CacheNodes, 'CacheNodes').map(({ Endpoint }) => Endpoint?.Address),
  ];
  for (const host of hosts) edges.to('HAS_ADDRESS', { to: host && nameId(host), field: 'CacheNodes' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticache.cluster',
      id,
      nativeId,
      tags,
      zone: cluster.PreferredAvailabilityZone,
      state: cluster.CacheClusterStatus,
      createdAt: cluster.CacheClusterCreateTime,
      raw: jsonObjectBody(cluster),
    }),
    relationships: edges.edges,
  };
}

export function convertReplicationGroup({ group, tags }: TaggedReplicationGroup, place: AwsPlace): Converted {
  const nativeId = need(group.ReplicationGroupId, 'ReplicationGroupId');
  const id = group.ARN ?? cacheArn(place, 'replicationgroup', nativeId);
  const edges = new EdgeList(id, 'DescribeReplicationGroups').to('ENCRYPTED_BY', {
    to: group.KmsKeyId && keyId(place, group.KmsKeyId),
    field: 'KmsKeyId',
  });
  const hosts = [
    group.ConfigurationEndpoint?.Address,
    ...objectsIn(group.NodeGroups, 'NodeGroups').flatMap(({ PrimaryEndpoint, ReaderEndpoint }) => [
      PrimaryEndpoint?.Address,
      ReaderEndpoint?.Address,
    ]),
  ];
  for (const host of hosts) edges.to('HAS_ADDRESS', { to: host && nameId(host), field: 'NodeGroups' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticache.replicationgroup',
      id,
      nativeId,
      tags,
      state: group.Status,
      createdAt: group.ReplicationGroupCreateTime,
      raw: jsonObjectBody(group),
    }),
    relationships: edges.edges,
  };
}

export function convertCacheSubnetGroup({ group, tags }: TaggedCacheSubnetGroup, place: AwsPlace): Converted {
  const nativeId = need(group.CacheSubnetGroupName, 'CacheSubnetGroupName');
  const id = group.ARN ?? cacheArn(place, 'subnetgroup', nativeId);
  const edges = new EdgeList(id, 'DescribeCacheSubnetGroups').to('IN_NETWORK', {
    to: group.VpcId && ec2Arn(place, `vpc/${group.VpcId}`),
    field: 'VpcId',
  });
  for (const { SubnetIdentifier } of objectsIn(group.Subnets, 'Subnets')) {
    edges.to('IN_NETWORK', { to: SubnetIdentifier && ec2Arn(place, `subnet/${SubnetIdentifier}`), field: 'Subnets' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.elasticache.subnetgroup',
      id,
      nativeId,
      tags,
      raw: jsonObjectBody(group),
    }),
    relationships: edges.edges,
  };
}

function cacheArn(place: AwsPlace, type: string, name: string): string {
  return arn(place, { service: 'elasticache', resource: `${type}:${name}` });
}
