import { convertTable } from '#engine/discovery/providers/aws/dynamodb/convert.ts';
import { convertFileSystem } from '#engine/discovery/providers/aws/efs/convert.ts';
import { convertCache, convertReplicationGroup } from '#engine/discovery/providers/aws/elasticache/convert.ts';
import { convertDomain as convertSearch } from '#engine/discovery/providers/aws/opensearch/convert.ts';
import {
  convertCluster as convertDatabaseCluster,
  convertDatabase,
} from '#engine/discovery/providers/aws/rds/convert.ts';
import { convertWarehouse } from '#engine/discovery/providers/aws/redshift/convert.ts';
import { convertBucket } from '#engine/discovery/providers/aws/s3/convert.ts';
import { convertTopic } from '#engine/discovery/providers/aws/sns/convert.ts';
import { convertQueue } from '#engine/discovery/providers/aws/sqs/convert.ts';
import { account, arnHere } from '../place.ts';
import { Tags, tags, role, key, policy, endpoint, groups, sample, type Sample } from './sample.ts';

/** Items of what keeps data and messages, with the fields their converters read. */
export const dataSamples: readonly Sample[] = [
  sample(convertDatabase, {
    DBInstanceIdentifier: 'db',
    DBSubnetGroup: { DBSubnetGroupName: 'g', VpcId: 'vpc-1' },
    VpcSecurityGroups: groups,
    KmsKeyId: key,
    ReadReplicaSourceDBInstanceIdentifier: 'main',
    Endpoint: endpoint,
    TagList: Tags,
  }),
  sample(convertDatabaseCluster, {
    DBClusterIdentifier: 'c',
    DBSubnetGroup: 'g',
    VpcSecurityGroups: groups,
    DBClusterMembers: [{ DBInstanceIdentifier: 'db', IsClusterWriter: true }],
    AssociatedRoles: [{ RoleArn: role }],
    Endpoint: 'c.example',
  }),
  sample(convertCache, {
    cluster: {
      CacheClusterId: 'c',
      CacheSubnetGroupName: 'g',
      SecurityGroups: [{ SecurityGroupId: 'sg-1' }],
      CacheNodes: [{ Endpoint: endpoint }],
    },
    subnets: { VpcId: 'vpc-1' },
    tags,
  }),
  sample(convertReplicationGroup, {
    group: { ReplicationGroupId: 'r', KmsKeyId: key, NodeGroups: [{ PrimaryEndpoint: endpoint }] },
    tags,
  }),
  sample(convertSearch, {
    domain: {
      ARN: 'arn:es',
      DomainName: 'd',
      VPCOptions: { VPCId: 'vpc-1', SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      Endpoints: { vpc: 'd.example' },
      AccessPolicies: policy,
    },
    tags,
  }),
  sample(convertWarehouse, {
    ClusterIdentifier: 'w',
    VpcId: 'vpc-1',
    VpcSecurityGroups: groups,
    IamRoles: [{ IamRoleArn: role }],
    Endpoint: endpoint,
    Tags,
  }),
  sample(convertFileSystem, {
    fileSystem: { FileSystemId: 'fs-1', OwnerId: account, KmsKeyId: key, Tags },
    mountTargets: [{ target: { SubnetId: 'subnet-1', NetworkInterfaceId: 'eni-1' }, securityGroups: ['sg-1'] }],
    policy,
  }),
  sample(convertTable, {
    table: { TableArn: 'arn:t', TableName: 't', SSEDescription: { KMSMasterKeyArn: key } },
    backups: {},
    timeToLive: {},
    tags,
  }),
  sample(convertBucket, {
    bucket: { Name: 'b' },
    tags,
    encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { KMSMasterKeyID: key } }] },
    policy,
    logging: { TargetBucket: 'l' },
    replication: { Role: role, Rules: [{ Destination: { Bucket: 'arn:b' } }] },
    notifications: { QueueConfigurations: [{ QueueArn: 'arn:q' }] },
  }),
  sample(convertQueue, {
    url: `https://sqs/${account}/q`,
    attributes: {
      QueueArn: 'arn:q',
      KmsMasterKeyId: 'alias/a',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:d' }),
      Policy: policy,
    },
    tags,
  }),
  sample(convertTopic, {
    arn: arnHere('sns', 't'),
    attributes: { KmsMasterKeyId: 'k', Policy: policy },
    subscriptions: [{ subscription: { Protocol: 'sqs', Endpoint: 'arn:q' }, attributes: { RedrivePolicy: '{}' } }],
    tags,
  }),
];
