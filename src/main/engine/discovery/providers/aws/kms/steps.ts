import { type AwsStep, awsStep } from '../aws-step.ts';
import { listKeys } from './client.ts';
import { convertKey } from './convert.ts';

export const kmsSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.kms.keys',
    service: 'kms',
    kind: 'aws.kms.key',
    relationships: ['CAN_ACCESS', 'REFERENCES'],
    permissions: [
      'kms:ListKeys',
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:GetKeyRotationStatus',
      'kms:ListAliases',
      'kms:ListResourceTags',
    ],
    list: listKeys,
    convert: convertKey,
  }),
];
