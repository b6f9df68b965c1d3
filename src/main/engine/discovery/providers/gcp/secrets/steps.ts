import type { AssetDraft } from '../assets/asset-draft.ts';
import { containedIn } from '../assets/contained.ts';
import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';

/** A secret by its name and settings; the inventory never holds what is in it. */
function convertSecret(draft: AssetDraft): void {
  const { body, refs } = draft;
  const replication = body.object('replication');
  const replicas = replication?.object('userManaged')?.objects('replicas') ?? [];
  for (const place of [replication?.object('automatic'), ...replicas]) {
    const key = place?.object('customerManagedEncryption')?.text('kmsKeyName');
    draft.to('ENCRYPTED_BY', refs.key(key), { field: 'replication.customerManagedEncryption' });
  }
  for (const topic of body.objects('topics')) {
    draft.to('TARGETS', refs.in('pubsub', topic.text('name')), { field: 'topics' });
  }
}

export const secretsSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.secretmanager.secrets',
    typesOf('secretmanager.googleapis.com', {
      Secret: { category: 'secret', relationships: ['ENCRYPTED_BY', 'TARGETS'], convert: convertSecret },
      SecretVersion: {
        category: 'other',
        relationships: ['CONTAINS'],
        convert: (draft) => containedIn(draft, 'versions'),
      },
    }),
  ),
];
