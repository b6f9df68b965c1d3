import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import { convertCluster, convertNodePool } from './convert.ts';

export const containerSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.container.clusters',
    typesOf('container.googleapis.com', {
      Cluster: {
        category: 'cluster',
        relationships: ['ALLOWS', 'ENCRYPTED_BY', 'HAS_ADDRESS', 'IN_NETWORK', 'RUNS_AS'],
        convert: convertCluster,
      },
      NodePool: {
        category: 'scaling-group',
        relationships: ['CONTAINS', 'ENCRYPTED_BY', 'RUNS_AS'],
        convert: convertNodePool,
      },
    }),
  ),
];
