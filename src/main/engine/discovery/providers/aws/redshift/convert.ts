import type { Cluster, ClusterSubnetGroup } from '@aws-sdk/client-redshift';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { addressId, arn, type AwsPlace, ec2Arn, keyId, nameId } from '../place.ts';
import { objectsIn } from '../lists.ts';

export function convertWarehouse(cluster: Cluster, place: AwsPlace): Converted {
  const nativeId = need(cluster.ClusterIdentifier, 'ClusterIdentifier');
  const id = arn(place, { service: 'redshift', resource: `cluster:${nativeId}` });
  const edges = new EdgeList(id, 'DescribeClusters');
  const { ClusterSubnetGroupName: group, VpcId: vpc, KmsKeyId: key, Endpoint: endpoint } = cluster;
  edges
    .to('IN_NETWORK', {
      to: group && arn(place, { service: 'redshift', resource: `subnetgroup:${group}` }),
      field: 'ClusterSubnetGroupName',
    })
    .to('IN_NETWORK', { to: vpc && ec2Arn(place, `vpc/${vpc}`), field: 'VpcId' })
    .to('ENCRYPTED_BY', { to: key && keyId(place, key), field: 'KmsKeyId' })
    .to('HAS_ADDRESS', { to: endpoint?.Address && nameId(endpoint.Address), field: 'Endpoint' })
    .to('REFERENCES', { to: cluster.MasterPasswordSecretArn || undefined, field: 'MasterPasswordSecretArn' });
  for (const { VpcSecurityGroupId } of objectsIn(cluster.VpcSecurityGroups, 'VpcSecurityGroups')) {
    edges.to('PROTECTED_BY', {
      to: VpcSecurityGroupId && ec2Arn(place, `security-group/${VpcSecurityGroupId}`),
      field: 'VpcSecurityGroups',
    });
  }
  for (const { IamRoleArn } of objectsIn(cluster.IamRoles, 'IamRoles'))
    edges.to('RUNS_AS', { to: IamRoleArn, field: 'IamRoles' });
  const ip = cluster.ElasticIpStatus?.ElasticIp;
  edges.to('HAS_ADDRESS', { to: ip && addressId(ip), field: 'ElasticIpStatus' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.redshift.cluster',
      id,
      nativeId,
      tags: tagsOf(cluster.Tags),
      zone: cluster.AvailabilityZone,
      state: cluster.ClusterStatus,
      createdAt: cluster.ClusterCreateTime,
      public: cluster.PubliclyAccessible,
      raw: jsonObjectBody(cluster),
    }),
    relationships: edges.edges,
  };
}

export function convertWarehouseSubnetGroup(group: ClusterSubnetGroup, place: AwsPlace): Converted {
  const nativeId = need(group.ClusterSubnetGroupName, 'ClusterSubnetGroupName');
  const id = arn(place, { service: 'redshift', resource: `subnetgroup:${nativeId}` });
  const edges = new EdgeList(id, 'DescribeClusterSubnetGroups').to('IN_NETWORK', {
    to: group.VpcId && ec2Arn(place, `vpc/${group.VpcId}`),
    field: 'VpcId',
  });
  for (const { SubnetIdentifier } of objectsIn(group.Subnets, 'Subnets')) {
    edges.to('IN_NETWORK', { to: SubnetIdentifier && ec2Arn(place, `subnet/${SubnetIdentifier}`), field: 'Subnets' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.redshift.subnetgroup',
      id,
      nativeId,
      tags: tagsOf(group.Tags),
      state: group.SubnetGroupStatus,
      raw: jsonObjectBody(group),
    }),
    relationships: edges.edges,
  };
}
