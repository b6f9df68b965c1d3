import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  CreateAccessPointCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import {
  CreateCacheClusterCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import { CreateDomainCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBSubnetGroupCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { CreateClusterCommand, CreateClusterSubnetGroupCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { beforeAll, expect, test } from 'vitest';
import { required } from '#test/support/company/company-clients.ts';
import { type Mapped, region, serviceBench } from './service-bench.ts';

const bench = serviceBench();
const password = 'not-for-anybody-1';
let mapped: Mapped;
let vpc: string;
let subnets: string[];
let group: string;

beforeAll(async () => {
  const config = bench.config();
  const ec2 = new EC2Client(config);
  vpc = required((await ec2.send(new CreateVpcCommand({ CidrBlock: '10.4.0.0/16' }))).Vpc?.VpcId, 'VpcId');
  subnets = [];
  for (const [index, zone] of ['a', 'b'].entries()) {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: vpc, CidrBlock: `10.4.${index}.0/24`, AvailabilityZone: `${region}${zone}` }),
    );
    subnets.push(required(Subnet?.SubnetId, 'SubnetId'));
  }
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'data', Description: 'data', VpcId: vpc }),
  );
  group = required(GroupId, 'GroupId');

  const rds = new RDSClient(config);
  await rds.send(
    new CreateDBSubnetGroupCommand({ DBSubnetGroupName: 'data', DBSubnetGroupDescription: 'd', SubnetIds: subnets }),
  );
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: 'orders',
      Engine: 'aurora-postgresql',
      MasterUsername: 'admin1',
      MasterUserPassword: password,
      DBSubnetGroupName: 'data',
      VpcSecurityGroupIds: [group],
    }),
  );
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'orders-1',
      DBClusterIdentifier: 'orders',
      DBInstanceClass: 'db.r5.large',
      Engine: 'aurora-postgresql',
    }),
  );

  const caches = new ElastiCacheClient(config);
  await caches.send(
    new CreateCacheSubnetGroupCommand({
      CacheSubnetGroupName: 'caches',
      CacheSubnetGroupDescription: 'c',
      SubnetIds: subnets,
    }),
  );
  await caches.send(
    new CreateCacheClusterCommand({
      CacheClusterId: 'sessions',
      Engine: 'redis',
      NumCacheNodes: 1,
      CacheNodeType: 'cache.t3.micro',
      CacheSubnetGroupName: 'caches',
      SecurityGroupIds: [group],
      Tags: [{ Key: 'Application', Value: 'shop' }],
    }),
  );
  await caches.send(
    new CreateReplicationGroupCommand({ ReplicationGroupId: 'carts', ReplicationGroupDescription: 'carts' }),
  );

  const search = new OpenSearchClient(config);
  await search.send(
    new CreateDomainCommand({
      DomainName: 'products',
      VPCOptions: { SubnetIds: subnets.slice(0, 1), SecurityGroupIds: [group] },
      TagList: [{ Key: 'Application', Value: 'shop' }],
    }),
  );

  const warehouses = new RedshiftClient(config);
  await warehouses.send(
    new CreateClusterSubnetGroupCommand({ ClusterSubnetGroupName: 'reports', Description: 'r', SubnetIds: subnets }),
  );
  await warehouses.send(
    new CreateClusterCommand({
      ClusterIdentifier: 'reports',
      NodeType: 'ra3.large',
      MasterUsername: 'admin1',
      MasterUserPassword: password,
      ClusterSubnetGroupName: 'reports',
      VpcSecurityGroupIds: [group],
    }),
  );

  const files = new EFSClient(config);
  const fileSystem = await files.send(
    new CreateFileSystemCommand({ CreationToken: 'shared', Tags: [{ Key: 'Name', Value: 'shared' }] }),
  );
  await files.send(
    new CreateMountTargetCommand({
      FileSystemId: fileSystem.FileSystemId,
      SubnetId: subnets[0],
      SecurityGroups: [group],
    }),
  );
  await files.send(
    new CreateAccessPointCommand({
      ClientToken: 'uploads',
      FileSystemId: fileSystem.FileSystemId,
      Tags: [{ Key: 'Name', Value: 'uploads' }],
    }),
  );
  for (const client of [ec2, rds, caches, search, warehouses, files]) client.destroy();
  mapped = await bench.map('aws.rds.', 'aws.elasticache.', 'aws.es.', 'aws.redshift.', 'aws.elasticfilesystem.');
});

test('finds every store with its kind', () => {
  const found = mapped.resources.map(({ kind, name }) => `${kind} ${name}`).sort();
  expect(found).toEqual(
    expect.arrayContaining([
      'aws.elasticache.cluster sessions',
      'aws.elasticache.replicationgroup carts',
      'aws.elasticache.subnetgroup caches',
      'aws.elasticfilesystem.access-point uploads',
      'aws.elasticfilesystem.file-system shared',
      'aws.es.domain products',
      'aws.rds.cluster orders',
      'aws.rds.db orders-1',
      'aws.rds.subgrp data',
      'aws.redshift.cluster reports',
      'aws.redshift.subnetgroup reports',
    ]),
  );
  expect(mapped.named('aws.elasticache.cluster')['sessions']?.tags).toEqual({ Application: 'shop' });
  expect(JSON.stringify(mapped.resources)).not.toContain(password);
});

test('each stands in its network behind its groups', () => {
  const guarded = mapped.edges('PROTECTED_BY', new RegExp(group, 'u')).map((edge) => edge.split(' → ')[0] ?? '');
  expect(guarded.map((from) => from.replace(/fs-[0-9a-z]+/u, 'fs'))).toEqual([
    'cluster:orders',
    'cluster:reports',
    'db:orders-1',
    'domain/products',
    'file-system/fs',
  ]);
  const placed = mapped.edges('IN_NETWORK', /./u);
  expect(placed).toEqual(
    expect.arrayContaining([
      'cluster:orders → subgrp:data',
      'cluster:reports → subnetgroup:reports',
      'cluster:sessions → subnetgroup:caches',
      `domain/products → subnet/${subnets[0]}`,
      `subgrp:data → vpc/${vpc}`,
      `subnetgroup:caches → vpc/${vpc}`,
      `subnetgroup:reports → subnet/${subnets[1]}`,
    ]),
  );
});

test('a cluster holds its databases, a file system its access points', () => {
  expect(
    mapped.edges('CONTAINS').map((edge) => edge.replace(/fs-[0-9a-z]+/u, 'fs').replace(/fsap-\w+/u, 'point')),
  ).toEqual(['cluster:orders → db:orders-1', 'file-system/fs → access-point/point']);
});
