import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';
import { convertSqlDatabase, convertSqlInstance } from './convert.ts';

export const sqlSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.sqladmin.instances',
    typesOf('sqladmin.googleapis.com', {
      Instance: {
        category: 'database',
        relationships: ['ALLOWS', 'DERIVED_FROM', 'ENCRYPTED_BY', 'HAS_ADDRESS', 'IN_NETWORK', 'RUNS_AS'],
        convert: convertSqlInstance,
      },
      Database: { category: 'database', relationships: ['CONTAINS'], convert: convertSqlDatabase },
    }),
  ),
];
