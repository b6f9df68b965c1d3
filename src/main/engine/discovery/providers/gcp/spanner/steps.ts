import type { AssetDraft } from '../assets/asset-draft.ts';
import { containedIn } from '../assets/contained.ts';
import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';

function convertDatabase(draft: AssetDraft): void {
  containedIn(draft, 'databases');
  const encryption = draft.body.object('encryptionConfig');
  const keys = [encryption?.text('kmsKeyName'), ...(encryption?.texts('kmsKeyNames') ?? [])];
  for (const key of new Set(keys))
    draft.to('ENCRYPTED_BY', draft.refs.key(key), { field: 'encryptionConfig.kmsKeyName' });
}

export const spannerSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.spanner.instances',
    typesOf('spanner.googleapis.com', {
      Instance: { category: 'database', relationships: [] },
      Database: { category: 'database', relationships: ['CONTAINS', 'ENCRYPTED_BY'], convert: convertDatabase },
    }),
  ),
];
