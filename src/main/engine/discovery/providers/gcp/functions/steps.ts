import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import { convertCloudFunction, convertFunction } from './convert.ts';

const relationships = [
  'DERIVED_FROM',
  'ENCRYPTED_BY',
  'IN_NETWORK',
  'MANAGED_BY',
  'REFERENCES',
  'RUNS_AS',
  'TARGETS',
] as const;

export const functionsSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.cloudfunctions.functions',
    typesOf('cloudfunctions.googleapis.com', {
      CloudFunction: { category: 'function', relationships, convert: convertCloudFunction },
      Function: { category: 'function', relationships, convert: convertFunction },
    }),
  ),
];
