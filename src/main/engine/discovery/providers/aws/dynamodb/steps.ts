import { type AwsStep, awsStep } from '../aws-step.ts';
import { listTables } from './client.ts';
import { convertTable } from './convert.ts';

export const dynamodbSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.dynamodb.tables',
    service: 'dynamodb',
    kind: 'aws.dynamodb.table',
    relationships: ['ENCRYPTED_BY'],
    permissions: [
      'dynamodb:ListTables',
      'dynamodb:DescribeContinuousBackups',
      'dynamodb:DescribeTable',
      'dynamodb:DescribeTimeToLive',
      'dynamodb:ListTagsOfResource',
    ],
    list: listTables,
    convert: convertTable,
  }),
];
