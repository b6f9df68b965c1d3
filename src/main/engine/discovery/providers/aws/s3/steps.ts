import { type AwsStep, awsStep } from '../aws-step.ts';
import { listBuckets } from './client.ts';
import { convertBucket } from './convert.ts';

export const s3Steps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.s3.buckets',
    service: 's3',
    kind: 'aws.s3.bucket',
    relationships: ['CAN_ACCESS', 'ENCRYPTED_BY', 'REFERENCES', 'RUNS_AS', 'TARGETS'],
    permissions: [
      's3:ListAllMyBuckets',
      's3:GetBucketLocation',
      's3:GetBucketLogging',
      's3:GetBucketNotification',
      's3:GetBucketPolicy',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketTagging',
      's3:GetBucketVersioning',
      's3:GetEncryptionConfiguration',
      's3:GetLifecycleConfiguration',
      's3:GetReplicationConfiguration',
    ],
    list: listBuckets,
    convert: convertBucket,
  }),
];
