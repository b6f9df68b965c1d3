import { type AwsStep, awsStep } from '../aws-step.ts';
import { listFunctions } from './client.ts';
import { convertFunction } from './convert.ts';

export const lambdaSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.lambda.functions',
    service: 'lambda',
    kind: 'aws.lambda.function',
    relationships: ['DERIVED_FROM', 'ENCRYPTED_BY', 'IN_NETWORK', 'PROTECTED_BY', 'RUNS_AS', 'TARGETS'],
    permissions: ['lambda:ListFunctions', 'lambda:GetPolicy', 'lambda:ListTags'],
    list: listFunctions,
    convert: convertFunction,
  }),
];
