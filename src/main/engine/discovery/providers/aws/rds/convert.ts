import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import { type Converted, EdgeList, need, resourceFact, tagsOf } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import { arn, type AwsPlace, ec2Arn, keyId, nameId } from '../place.ts';
import type { TaggedSubnetGroup } from './client.ts';
import { objectsIn } from '../lists.ts';

export function convertDatabase(database: DBInstance, place: AwsPlace): Converted {
  const nativeId = need(database.DBInstanceIdentifier, 'DBInstanceIdentifier');
  const id = database.DBInstanceArn ?? arn(place, { service: 'rds', resource: `db:${nativeId}` });
  const edges = new EdgeList(id, 'DescribeDBInstances');
  const group = database.DBSubnetGroup;
  if (group?.DBSubnetGroupName) {
    edges.to('IN_NETWORK', {
      to: group.DBSubnetGroupArn ?? arn(place, { service: 'rds', resource: `subgrp:${group.DBSubnetGroupName}` }),
      field: 'DBSubnetGroup',
    });
  }
  if (group?.VpcId) edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${group.VpcId}`), field: 'DBSubnetGroup.VpcId' });
  for (const { VpcSecurityGroupId } of objectsIn(database.VpcSecurityGroups, 'VpcSecurityGroups')) {
    if (!VpcSecurityGroupId) continue;
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${VpcSecurityGroupId}`), field: 'VpcSecurityGroups' });
  }
  if (database.KmsKeyId) edges.to('ENCRYPTED_BY', { to: keyId(place, database.KmsKeyId), field: 'KmsKeyId' });
  const source = database.ReadReplicaSourceDBInstanceIdentifier;
  if (source) {
    // A replica of another region names its source by ARN, one of the same region by identifier.
    const to = source.startsWith('arn:') ? source : arn(place, { service: 'rds', resource: `db:${source}` });
    edges.to('DERIVED_FROM', { to, field: 'ReadReplicaSourceDBInstanceIdentifier' });
  }
  edges.to('RUNS_AS', { to: database.MonitoringRoleArn, field: 'MonitoringRoleArn' });
  for (const { RoleArn } of objectsIn(database.AssociatedRoles, 'AssociatedRoles'))
    edges.to('RUNS_AS', { to: RoleArn, field: 'AssociatedRoles' });
  edges.to('REFERENCES', { to: database.MasterUserSecret?.SecretArn, field: 'MasterUserSecret' });
  const host = database.Endpoint?.Address;
  edges.to('HAS_ADDRESS', { to: host && nameId(host), field: 'Endpoint.Address' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.rds.db',
      id,
      nativeId,
      tags: tagsOf(database.TagList),
      zone: database.AvailabilityZone,
      state: database.DBInstanceStatus,
      createdAt: database.InstanceCreateTime,
      public: database.PubliclyAccessible,
      raw: jsonObjectBody(database),
    }),
    relationships: edges.edges,
  };
}

/** A cluster of databases; its members are databases of their own. */
export function convertCluster(cluster: DBCluster, place: AwsPlace): Converted {
  const nativeId = need(cluster.DBClusterIdentifier, 'DBClusterIdentifier');
  const id = cluster.DBClusterArn ?? arn(place, { service: 'rds', resource: `cluster:${nativeId}` });
  const edges = new EdgeList(id, 'DescribeDBClusters');
  const group = cluster.DBSubnetGroup;
  edges.to('IN_NETWORK', {
    to: group && arn(place, { service: 'rds', resource: `subgrp:${group}` }),
    field: 'DBSubnetGroup',
  });
  for (const { VpcSecurityGroupId } of objectsIn(cluster.VpcSecurityGroups, 'VpcSecurityGroups')) {
    if (!VpcSecurityGroupId) continue;
    edges.to('PROTECTED_BY', { to: ec2Arn(place, `security-group/${VpcSecurityGroupId}`), field: 'VpcSecurityGroups' });
  }
  edges.to('ENCRYPTED_BY', { to: cluster.KmsKeyId && keyId(place, cluster.KmsKeyId), field: 'KmsKeyId' });
  for (const { DBInstanceIdentifier: member, IsClusterWriter } of objectsIn(
    cluster.DBClusterMembers,
    'DBClusterMembers',
  )) {
    edges.to('CONTAINS', {
      to: member && arn(place, { service: 'rds', resource: `db:${member}` }),
      field: 'DBClusterMembers',
      properties: { writer: IsClusterWriter ?? null },
    });
  }
  edges.to('DERIVED_FROM', {
    to: cluster.ReplicationSourceIdentifier || undefined,
    field: 'ReplicationSourceIdentifier',
  });
  for (const { RoleArn } of objectsIn(cluster.AssociatedRoles, 'AssociatedRoles'))
    edges.to('RUNS_AS', { to: RoleArn, field: 'AssociatedRoles' });
  edges.to('REFERENCES', { to: cluster.MasterUserSecret?.SecretArn, field: 'MasterUserSecret' });
  for (const host of [cluster.Endpoint, cluster.ReaderEndpoint]) {
    edges.to('HAS_ADDRESS', { to: host && nameId(host), field: 'Endpoint' });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.rds.cluster',
      id,
      nativeId,
      tags: tagsOf(cluster.TagList),
      state: cluster.Status,
      createdAt: cluster.ClusterCreateTime,
      public: cluster.PubliclyAccessible,
      raw: jsonObjectBody(cluster),
    }),
    relationships: edges.edges,
  };
}

export function convertSubnetGroup({ group, tags }: TaggedSubnetGroup, place: AwsPlace): Converted {
  const nativeId = need(group.DBSubnetGroupName, 'DBSubnetGroupName');
  const id = group.DBSubnetGroupArn ?? arn(place, { service: 'rds', resource: `subgrp:${nativeId}` });
  const edges = new EdgeList(id, 'DescribeDBSubnetGroups');
  for (const { SubnetIdentifier } of objectsIn(group.Subnets, 'Subnets')) {
    if (!SubnetIdentifier) continue;
    edges.to('IN_NETWORK', { to: ec2Arn(place, `subnet/${SubnetIdentifier}`), field: 'Subnets' });
  }
  if (group.VpcId) edges.to('IN_NETWORK', { to: ec2Arn(place, `vpc/${group.VpcId}`), field: 'VpcId' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.rds.subgrp',
      id,
      nativeId,
      tags,
      state: group.SubnetGroupStatus,
      raw: jsonObjectBody(group),
    }),
    relationships: edges.edges,
  };
}
