import type { AssetDraft } from '../assets/asset-draft.ts';
import { containedIn } from '../assets/contained.ts';
import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';

function convertKey(draft: AssetDraft): void {
  containedIn(draft, 'cryptoKeys');
  draft.tell({ state: draft.body.object('primary')?.text('state') });
}

export const kmsSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.cloudkms.keys',
    typesOf('cloudkms.googleapis.com', {
      KeyRing: { category: 'other', relationships: [] },
      CryptoKey: { category: 'key', relationships: ['CONTAINS'], convert: convertKey },
      CryptoKeyVersion: {
        category: 'other',
        relationships: ['CONTAINS'],
        convert: (draft) => containedIn(draft, 'cryptoKeyVersions'),
      },
    }),
  ),
];
