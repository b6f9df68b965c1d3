import { type AwsStep, awsStep } from '../aws-step.ts';
import { listTrails } from './client.ts';
import { convertTrail } from './convert.ts';

export const cloudTrailSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.cloudtrail.trails',
    service: 'cloudtrail',
    kind: 'aws.cloudtrail.trail',
    relationships: ['ENCRYPTED_BY', 'RUNS_AS', 'TARGETS'],
    permissions: ['cloudtrail:DescribeTrails'],
    list: listTrails,
    convert: convertTrail,
  }),
];
