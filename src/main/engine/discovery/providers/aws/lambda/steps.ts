import { type AwsStep, awsStep } from '../aws-step.ts';
import { listEventSources, listFunctions, listLayers } from './client.ts';
import { convertEventSource, convertFunction, convertLayer } from './convert.ts';

const service = 'lambda';

export const lambdaSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.lambda.functions',
    service,
    kind: 'aws.lambda.function',
    relationships: [
      'CAN_ACCESS',
      'DERIVED_FROM',
      'ENCRYPTED_BY',
      'IN_NETWORK',
      'PROTECTED_BY',
      'REFERENCES',
      'RUNS_AS',
      'TARGETS',
    ],
    permissions: ['lambda:ListFunctions', 'lambda:GetFunction', 'lambda:GetPolicy', 'lambda:ListTags'],
    list: listFunctions,
    convert: convertFunction,
  }),
  awsStep({
    id: 'aws.lambda.event-source-mappings',
    service,
    kind: 'aws.lambda.event-source-mapping',
    relationships: ['TARGETS'],
    permissions: ['lambda:ListEventSourceMappings'],
    list: listEventSources,
    convert: convertEventSource,
  }),
  awsStep({
    id: 'aws.lambda.layers',
    service,
    kind: 'aws.lambda.layer',
    relationships: [],
    permissions: ['lambda:ListLayers'],
    list: listLayers,
    convert: convertLayer,
  }),
];
