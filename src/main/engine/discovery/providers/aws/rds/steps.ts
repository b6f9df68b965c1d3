import { type AwsStep, awsStep } from '../aws-step.ts';
import { listClusters, listDatabases, listSubnetGroups } from './client.ts';
import { convertCluster, convertDatabase, convertSubnetGroup } from './convert.ts';

const service = 'rds';

export const rdsSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.rds.instances',
    service,
    kind: 'aws.rds.db',
    relationships: [
      'DERIVED_FROM',
      'ENCRYPTED_BY',
      'HAS_ADDRESS',
      'IN_NETWORK',
      'PROTECTED_BY',
      'REFERENCES',
      'RUNS_AS',
    ],
    permissions: ['rds:DescribeDBInstances'],
    list: listDatabases,
    convert: convertDatabase,
  }),
  awsStep({
    id: 'aws.rds.clusters',
    service,
    kind: 'aws.rds.cluster',
    relationships: [
      'CONTAINS',
      'DERIVED_FROM',
      'ENCRYPTED_BY',
      'HAS_ADDRESS',
      'IN_NETWORK',
      'PROTECTED_BY',
      'REFERENCES',
      'RUNS_AS',
    ],
    permissions: ['rds:DescribeDBClusters'],
    list: listClusters,
    convert: convertCluster,
  }),
  awsStep({
    id: 'aws.rds.subnet-groups',
    service,
    kind: 'aws.rds.subgrp',
    relationships: ['IN_NETWORK'],
    permissions: ['rds:DescribeDBSubnetGroups', 'rds:ListTagsForResource'],
    list: listSubnetGroups,
    convert: convertSubnetGroup,
  }),
];
