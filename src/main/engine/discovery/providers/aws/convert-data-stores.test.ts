import { expect, test } from 'vitest';
import { edgeLines } from '#test/support/aws/edges.ts';
import { account, arnHere, place } from '#test/support/aws/place.ts';
import { convertImage, convertSnapshot } from './ec2-compute/convert-images.ts';
import { convertAccessPoint, convertFileSystem } from './efs/convert.ts';
import { convertCache, convertCacheSubnetGroup, convertReplicationGroup } from './elasticache/convert.ts';
import { convertClassicBalancer } from './elb/convert.ts';
import { convertDomain } from './opensearch/convert.ts';
import { convertCluster } from './rds/convert.ts';
import { convertWarehouse } from './redshift/convert.ts';

test('a snapshot and an image are nobody’s by their ARN but this account’s by their scope', () => {
  const snapshot = convertSnapshot({ SnapshotId: 'snap-1', VolumeId: 'vol-1', KmsKeyId: 'k-1' }, place);
  expect(snapshot.resource).toMatchObject({ id: 'arn:aws:ec2:eu-west-1::snapshot/snap-1', scopeId: place.scopeId });
  expect(edgeLines(snapshot.relationships)).toEqual([
    `:snapshot/snap-1 -DERIVED_FROM-> ${account}:volume/vol-1`,
    `:snapshot/snap-1 -ENCRYPTED_BY-> ${account}:key/k-1`,
  ]);
  expect(convertSnapshot({ SnapshotId: 'snap-2', VolumeId: 'vol-ffffffff' }, place).relationships).toEqual([]);
  const image = convertImage(
    {
      ImageId: 'ami-1',
      CreationDate: '2026-01-02T03:04:05.000Z',
      Public: true,
      BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1' } }, { VirtualName: 'ephemeral0' }],
    },
    place,
  );
  expect(image.resource).toMatchObject({ public: true, createdAt: Date.UTC(2026, 0, 2, 3, 4, 5) });
  expect(edgeLines(image.relationships)).toEqual([':image/ami-1 -DERIVED_FROM-> :snapshot/snap-1']);
});

test('a database cluster holds its members and knows its writer, its secret and its names', () => {
  const { relationships } = convertCluster(
    {
      DBClusterIdentifier: 'orders',
      DBClusterArn: arnHere('rds', 'cluster:orders'),
      DBSubnetGroup: 'data',
      DBClusterMembers: [{ DBInstanceIdentifier: 'orders-1', IsClusterWriter: true }],
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
      KmsKeyId: arnHere('kms', 'key/k-1'),
      ReplicationSourceIdentifier: 'arn:aws:rds:us-east-1:111122223333:cluster:orders',
      AssociatedRoles: [{ RoleArn: `arn:aws:iam::${account}:role/export` }],
      MasterUserSecret: { SecretArn: arnHere('secretsmanager', 'secret:rds!cluster-1') },
      Endpoint: 'Orders.cluster-x.eu-west-1.rds.amazonaws.com',
    },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:cluster:orders -IN_NETWORK-> ${account}:subgrp:data`,
    `${account}:cluster:orders -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:cluster:orders -ENCRYPTED_BY-> ${account}:key/k-1`,
    `${account}:cluster:orders -CONTAINS-> ${account}:db:orders-1`,
    `${account}:cluster:orders -DERIVED_FROM-> ${account}:cluster:orders`,
    `${account}:cluster:orders -RUNS_AS-> ${account}:role/export`,
    `${account}:cluster:orders -REFERENCES-> ${account}:secret:rds!cluster-1`,
    `${account}:cluster:orders -HAS_ADDRESS-> dns:orders.cluster-x.eu-west-1.rds.amazonaws.com`,
  ]);
  expect(relationships.find(({ type }) => type === 'CONTAINS')?.properties).toEqual({ writer: true });
});

test('a cache stands where its group of subnets stands, in its replication group', () => {
  const { relationships } = convertCache(
    {
      cluster: {
        CacheClusterId: 'carts-001',
        ReplicationGroupId: 'carts',
        CacheSubnetGroupName: 'caches',
        SecurityGroups: [{ SecurityGroupId: 'sg-1' }],
        NotificationConfiguration: { TopicArn: arnHere('sns', 'alarms') },
        CacheNodes: [{ Endpoint: { Address: 'carts-001.x.cache.amazonaws.com' } }],
      },
      subnets: { VpcId: 'vpc-1' },
      tags: {},
    },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:cluster:carts-001 -IN_NETWORK-> ${account}:subnetgroup:caches`,
    `${account}:cluster:carts-001 -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${account}:cluster:carts-001 -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:replicationgroup:carts -CONTAINS-> ${account}:cluster:carts-001`,
    `${account}:cluster:carts-001 -TARGETS-> ${account}:alarms`,
    `${account}:cluster:carts-001 -HAS_ADDRESS-> dns:carts-001.x.cache.amazonaws.com`,
  ]);
  const group = convertReplicationGroup(
    {
      group: {
        ReplicationGroupId: 'carts',
        KmsKeyId: 'k-1',
        NodeGroups: [{ PrimaryEndpoint: { Address: 'carts.x.cache.amazonaws.com' } }],
      },
      tags: {},
    },
    place,
  );
  expect(edgeLines(group.relationships)).toEqual([
    `${account}:replicationgroup:carts -ENCRYPTED_BY-> ${account}:key/k-1`,
    `${account}:replicationgroup:carts -HAS_ADDRESS-> dns:carts.x.cache.amazonaws.com`,
  ]);
  const subnets = convertCacheSubnetGroup(
    {
      group: { CacheSubnetGroupName: 'caches', VpcId: 'vpc-1', Subnets: [{ SubnetIdentifier: 'subnet-1' }] },
      tags: {},
    },
    place,
  );
  expect(edgeLines(subnets.relationships)).toEqual([
    `${account}:subnetgroup:caches -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${account}:subnetgroup:caches -IN_NETWORK-> ${account}:subnet/subnet-1`,
  ]);
});

test('a search domain inside a network is not public; its policy is an object', () => {
  const { resource, relationships } = convertDomain(
    {
      domain: {
        DomainId: 'd',
        DomainName: 'products',
        ARN: arnHere('es', 'domain/products'),
        ClusterConfig: {},
        VPCOptions: { VPCId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
        EncryptionAtRestOptions: { KmsKeyId: 'k-1' },
        Endpoints: { vpc: 'vpc-products.eu-west-1.es.amazonaws.com' },
        AccessPolicies: '{"Version":"2012-10-17"}',
        Processing: false,
      },
      tags: {},
    },
    place,
  );
  expect(resource).toMatchObject({
    public: false,
    state: 'active',
    raw: { AccessPolicies: { Version: '2012-10-17' } },
  });
  expect(edgeLines(relationships)).toEqual([
    `${account}:domain/products -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${account}:domain/products -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:domain/products -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:domain/products -ENCRYPTED_BY-> ${account}:key/k-1`,
    `${account}:domain/products -HAS_ADDRESS-> dns:vpc-products.eu-west-1.es.amazonaws.com`,
  ]);
});

test('a warehouse leads to its group, key, secret and roles', () => {
  const { resource, relationships } = convertWarehouse(
    {
      ClusterIdentifier: 'reports',
      ClusterSubnetGroupName: 'reports',
      VpcId: 'vpc-1',
      KmsKeyId: 'k-1',
      PubliclyAccessible: true,
      Endpoint: { Address: 'reports.x.redshift.amazonaws.com' },
      VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
      IamRoles: [{ IamRoleArn: `arn:aws:iam::${account}:role/spectrum` }],
    },
    place,
  );
  expect(resource).toMatchObject({ id: arnHere('redshift', 'cluster:reports'), public: true });
  expect(edgeLines(relationships)).toEqual([
    `${account}:cluster:reports -IN_NETWORK-> ${account}:subnetgroup:reports`,
    `${account}:cluster:reports -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${account}:cluster:reports -ENCRYPTED_BY-> ${account}:key/k-1`,
    `${account}:cluster:reports -HAS_ADDRESS-> dns:reports.x.redshift.amazonaws.com`,
    `${account}:cluster:reports -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:cluster:reports -RUNS_AS-> ${account}:role/spectrum`,
  ]);
});

test('a file system stands in the subnets of its mount targets and is seen when they could not be read', () => {
  const fileSystem = {
    FileSystemId: 'fs-1',
    OwnerId: account,
    CreationToken: 't',
    CreationTime: new Date(0),
    LifeCycleState: 'available' as const,
    NumberOfMountTargets: 1,
    SizeInBytes: { Value: 1 },
    PerformanceMode: 'generalPurpose' as const,
    Tags: [],
  };
  const target = {
    MountTargetId: 'fsmt-1',
    FileSystemId: 'fs-1',
    SubnetId: 'subnet-1',
    NetworkInterfaceId: 'eni-1',
    IpAddress: '10.0.0.9',
    LifeCycleState: 'available' as const,
  };
  const { relationships } = convertFileSystem(
    { fileSystem, mountTargets: [{ target, securityGroups: ['sg-1'] }], policy: null },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:file-system/fs-1 -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:network-interface/eni-1 -ATTACHED_TO-> ${account}:file-system/fs-1`,
    `${account}:file-system/fs-1 -PROTECTED_BY-> ${account}:security-group/sg-1`,
  ]);
  const unread = convertFileSystem({ fileSystem, mountTargets: null, policy: null }, place);
  expect(unread.resource.raw).toMatchObject({ MountTargets: null, Policy: null });
  const point = convertAccessPoint({ AccessPointId: 'fsap-1', FileSystemId: 'fs-1', OwnerId: account }, place);
  expect(edgeLines(point.relationships)).toEqual([
    `${account}:file-system/fs-1 -CONTAINS-> ${account}:access-point/fsap-1`,
  ]);
});

test('a classic balancer leads to its machines and names its certificate', () => {
  const { relationships } = convertClassicBalancer(
    {
      balancer: {
        LoadBalancerName: 'old',
        VPCId: 'vpc-1',
        DNSName: 'old-1.eu-west-1.elb.amazonaws.com',
        Subnets: ['subnet-1'],
        SecurityGroups: ['sg-1'],
        Instances: [{ InstanceId: 'i-1' }],
        ListenerDescriptions: [
          {
            Listener: {
              Protocol: 'HTTPS',
              LoadBalancerPort: 443,
              InstancePort: 80,
              SSLCertificateId: arnHere('acm', 'certificate/c'),
            },
          },
        ],
      },
      attributes: null,
      tags: {},
    },
    place,
  );
  expect(edgeLines(relationships)).toEqual([
    `${account}:loadbalancer/old -IN_NETWORK-> ${account}:vpc/vpc-1`,
    `${account}:loadbalancer/old -HAS_ADDRESS-> dns:old-1.eu-west-1.elb.amazonaws.com`,
    `${account}:loadbalancer/old -IN_NETWORK-> ${account}:subnet/subnet-1`,
    `${account}:loadbalancer/old -PROTECTED_BY-> ${account}:security-group/sg-1`,
    `${account}:loadbalancer/old -TARGETS-> ${account}:instance/i-1`,
    `${account}:loadbalancer/old -REFERENCES-> ${account}:certificate/c`,
  ]);
});
