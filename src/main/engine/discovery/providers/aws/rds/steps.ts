import { type AwsStep, awsStep } from '../aws-step.ts';
import { listDatabases, listSubnetGroups } from './client.ts';
import { convertDatabase, convertSubnetGroup } from './convert.ts';

const service = 'rds';

export const rdsSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.rds.instances',
    service,
    kind: 'aws.rds.db',
    relationships: ['DERIVED_FROM', 'ENCRYPTED_BY', 'IN_NETWORK', 'PROTECTED_BY', 'RUNS_AS'],
    permissions: ['rds:DescribeDBInstances'],
    list: listDatabases,
    convert: convertDatabase,
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
