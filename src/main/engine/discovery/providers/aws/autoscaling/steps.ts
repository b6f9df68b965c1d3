import { type AwsStep, awsStep } from '../aws-step.ts';
import { listAutoScalingGroups } from './client.ts';
import { convertAutoScalingGroup } from './convert.ts';

export const autoScalingSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.autoscaling.groups',
    service: 'autoscaling',
    kind: 'aws.autoscaling.autoscalinggroup',
    relationships: ['DERIVED_FROM', 'IN_NETWORK', 'MANAGED_BY', 'RUNS_AS', 'TARGETS'],
    permissions: ['autoscaling:DescribeAutoScalingGroups'],
    list: listAutoScalingGroups,
    convert: convertAutoScalingGroup,
  }),
];
