import { CreateAccessPointCommand, CreateFileSystemCommand, CreateMountTargetCommand } from '@aws-sdk/client-efs';
import {
  CreateCacheClusterCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
} from '@aws-sdk/client-elasticache';
import { CreateDomainCommand } from '@aws-sdk/client-opensearch';
import { CreateDBClusterCommand, CreateDBInstanceCommand, CreateDBSubnetGroupCommand } from '@aws-sdk/client-rds';
import { CreateClusterCommand, CreateClusterSubnetGroupCommand } from '@aws-sdk/client-redshift';
import { type CompanyClients, required } from './company-clients.ts';
import { type Tags, tagList } from './company-tags.ts';

export interface StorePlan {
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly tags: Tags;
}

/** A file system with a way in from each subnet and a folder of its own. */
export async function createFiles({ efs }: CompanyClients, plan: StorePlan): Promise<void> {
  const Tags = tagList({ Name: plan.name, ...plan.tags });
  const made = await efs.send(new CreateFileSystemCommand({ CreationToken: plan.name, Encrypted: true, Tags }));
  const FileSystemId = required(made.FileSystemId, 'file system');
  for (const SubnetId of plan.subnetIds) {
    await efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId, SecurityGroups: [plan.securityGroupId] }));
  }
  await efs.send(new CreateAccessPointCommand({ ClientToken: plan.name, FileSystemId, Tags }));
}

/** A warehouse for reports. */
export async function createWarehouse({ redshift }: CompanyClients, plan: StorePlan): Promise<void> {
  const Tags = tagList({ Name: plan.name, ...plan.tags });
  await redshift.send(
    new CreateClusterSubnetGroupCommand({
      ClusterSubnetGroupName: plan.name,
      Description: `Private subnets of ${plan.name}`,
      SubnetIds: [...plan.subnetIds],
      Tags,
    }),
  );
  await redshift.send(
    new CreateClusterCommand({
      ClusterIdentifier: plan.name,
      NodeType: 'ra3.large',
      NumberOfNodes: 2,
      MasterUsername: 'reports',
      MasterUserPassword: 'Seed-password-1',
      ClusterSubnetGroupName: plan.name,
      VpcSecurityGroupIds: [plan.securityGroupId],
      Encrypted: true,
      Tags,
    }),
  );
}

/** A search domain inside a network. */
export async function createSearch({ search }: CompanyClients, plan: StorePlan): Promise<void> {
  await search.send(
    new CreateDomainCommand({
      DomainName: plan.name,
      EngineVersion: 'OpenSearch_2.11',
      VPCOptions: { SubnetIds: plan.subnetIds.slice(0, 1), SecurityGroupIds: [plan.securityGroupId] },
      EncryptionAtRestOptions: { Enabled: true },
      TagList: tagList(plan.tags),
    }),
  );
}

/** A cache of one node and one that is replicated. */
export async function createCaches({ caches }: CompanyClients, plan: StorePlan): Promise<void> {
  const { name } = plan;
  const Tags = tagList(plan.tags);
  await caches.send(
    new CreateCacheSubnetGroupCommand({
      CacheSubnetGroupName: name,
      CacheSubnetGroupDescription: `Private subnets of ${name}`,
      SubnetIds: [...plan.subnetIds],
      Tags,
    }),
  );
  await caches.send(
    new CreateCacheClusterCommand({
      CacheClusterId: name,
      Engine: 'redis',
      NumCacheNodes: 1,
      CacheNodeType: 'cache.t3.micro',
      CacheSubnetGroupName: name,
      SecurityGroupIds: [plan.securityGroupId],
      Tags,
    }),
  );
  await caches.send(
    new CreateReplicationGroupCommand({
      ReplicationGroupId: `${name}-shared`,
      ReplicationGroupDescription: `Shared entries of ${name}`,
      Tags,
    }),
  );
}

/** A cluster of databases with one member. */
export async function createDatabaseCluster({ rds }: CompanyClients, plan: StorePlan): Promise<void> {
  const { name } = plan;
  const Tags = tagList({ Name: name, ...plan.tags });
  await rds.send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName: name,
      DBSubnetGroupDescription: `Private subnets of ${name}`,
      SubnetIds: [...plan.subnetIds],
      Tags,
    }),
  );
  await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: name,
      Engine: 'aurora-postgresql',
      MasterUsername: 'reports',
      MasterUserPassword: `seed-${name}-password`,
      DBSubnetGroupName: name,
      VpcSecurityGroupIds: [plan.securityGroupId],
      StorageEncrypted: true,
      Tags,
    }),
  );
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: `${name}-1`,
      DBClusterIdentifier: name,
      DBInstanceClass: 'db.r5.large',
      Engine: 'aurora-postgresql',
      Tags,
    }),
  );
}
