import { type AwsStep, awsStep } from '../aws-step.ts';
import { listDistributions } from './client.ts';
import { convertDistribution } from './convert.ts';

export const cloudFrontSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.cloudfront.distributions',
    service: 'cloudfront',
    kind: 'aws.cloudfront.distribution',
    relationships: ['HAS_ADDRESS', 'PROTECTED_BY', 'REFERENCES', 'TARGETS'],
    permissions: ['cloudfront:ListDistributions', 'cloudfront:GetDistributionConfig', 'cloudfront:ListTagsForResource'],
    global: true,
    list: listDistributions,
    convert: convertDistribution,
  }),
];
