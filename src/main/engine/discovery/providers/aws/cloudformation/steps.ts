import { type AwsStep, awsStep } from '../aws-step.ts';
import { listStacks } from './client.ts';
import { convertStack } from './convert.ts';

export const cloudFormationSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.cloudformation.stacks',
    service: 'cloudformation',
    kind: 'aws.cloudformation.stack',
    relationships: ['MANAGED_BY', 'RUNS_AS', 'TARGETS'],
    permissions: ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'],
    list: listStacks,
    convert: convertStack,
  }),
];
