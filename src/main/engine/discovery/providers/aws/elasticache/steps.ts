import { type AwsStep, awsStep } from '../aws-step.ts';
import { listCaches, listCacheSubnetGroups, listReplicationGroups } from './client.ts';
import { convertCache, convertCacheSubnetGroup, convertReplicationGroup } from './convert.ts';

const service = 'elasticache';

export const elastiCacheSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.elasticache.clusters',
    service,
    kind: 'aws.elasticache.cluster',
    relationships: ['CONTAINS', 'HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY', 'TARGETS'],
    permissions: [
      'elasticache:DescribeCacheClusters',
      'elasticache:DescribeCacheSubnetGroups',
      'elasticache:ListTagsForResource',
    ],
    list: listCaches,
    convert: convertCache,
  }),
  awsStep({
    id: 'aws.elasticache.replication-groups',
    service,
    kind: 'aws.elasticache.replicationgroup',
    relationships: ['ENCRYPTED_BY', 'HAS_ADDRESS'],
    permissions: ['elasticache:DescribeReplicationGroups', 'elasticache:ListTagsForResource'],
    list: listReplicationGroups,
    convert: convertReplicationGroup,
  }),
  awsStep({
    id: 'aws.elasticache.subnet-groups',
    service,
    kind: 'aws.elasticache.subnetgroup',
    relationships: ['IN_NETWORK'],
    permissions: ['elasticache:DescribeCacheSubnetGroups', 'elasticache:ListTagsForResource'],
    list: listCacheSubnetGroups,
    convert: convertCacheSubnetGroup,
  }),
];
