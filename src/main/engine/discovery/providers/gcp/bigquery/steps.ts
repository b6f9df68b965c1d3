import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import { convertDataset, convertTable } from './convert.ts';

export const bigquerySteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.bigquery.datasets',
    typesOf('bigquery.googleapis.com', {
      Dataset: { category: 'database', relationships: ['ENCRYPTED_BY'], convert: convertDataset },
      Table: { category: 'table', relationships: ['CONTAINS', 'ENCRYPTED_BY'], convert: convertTable },
    }),
  ),
];
