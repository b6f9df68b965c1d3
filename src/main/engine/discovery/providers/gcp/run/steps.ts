import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import { convertDomainMapping, convertWorkload } from './convert.ts';

const workload = {
  category: 'function',
  relationships: ['DERIVED_FROM', 'ENCRYPTED_BY', 'IN_NETWORK', 'RUNS_AS'],
  convert: convertWorkload,
} as const;

export const runSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.run.services',
    typesOf('run.googleapis.com', {
      Service: workload,
      Job: workload,
      DomainMapping: { category: 'dns', relationships: ['TARGETS'], convert: convertDomainMapping },
    }),
  ),
];
