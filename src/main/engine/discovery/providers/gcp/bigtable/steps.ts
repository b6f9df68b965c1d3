import type { AssetDraft } from '../assets/asset-draft.ts';
import { containedIn } from '../assets/contained.ts';
import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';

function convertCluster(draft: AssetDraft): void {
  containedIn(draft, 'clusters');
  const key = draft.body.object('encryptionConfig')?.text('kmsKeyName');
  draft.to('ENCRYPTED_BY', draft.refs.key(key), { field: 'encryptionConfig.kmsKeyName' });
}

export const bigtableSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.bigtableadmin.instances',
    typesOf('bigtableadmin.googleapis.com', {
      Instance: { category: 'database', relationships: [] },
      Cluster: { category: 'cluster', relationships: ['CONTAINS', 'ENCRYPTED_BY'], convert: convertCluster },
      Table: {
        category: 'table',
        relationships: ['CONTAINS'],
        convert: (draft) => containedIn(draft, 'tables'),
      },
    }),
  ),
];
