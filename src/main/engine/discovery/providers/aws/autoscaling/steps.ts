import { type AwsStep, awsStep } from '../aws-step.ts';
import { listAutoScalingGroups, listLaunchConfigurations } from './client.ts';
import { convertAutoScalingGroup, convertLaunchConfiguration } from './convert.ts';

const service = 'autoscaling';

export const autoScalingSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.autoscaling.groups',
    service,
    kind: 'aws.autoscaling.autoscalinggroup',
    relationships: ['DERIVED_FROM', 'IN_NETWORK', 'MANAGED_BY', 'RUNS_AS', 'TARGETS'],
    permissions: ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeLaunchConfigurations'],
    list: listAutoScalingGroups,
    convert: convertAutoScalingGroup,
  }),
  awsStep({
    id: 'aws.autoscaling.launch-configurations',
    service,
    kind: 'aws.autoscaling.launchconfiguration',
    relationships: ['DERIVED_FROM', 'PROTECTED_BY', 'REFERENCES', 'RUNS_AS'],
    permissions: ['autoscaling:DescribeLaunchConfigurations'],
    list: listLaunchConfigurations,
    convert: convertLaunchConfiguration,
  }),
];
