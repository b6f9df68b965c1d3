import type { AssetDraft } from '../assets/asset-draft.ts';
import { typesOf } from '../assets/gcp-type.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';

const everyone = new Set(['allUsers', 'allAuthenticatedUsers']);

function convertBucket(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('ENCRYPTED_BY', refs.key(body.object('encryption')?.text('defaultKmsKeyName')), {
    field: 'encryption.defaultKmsKeyName',
  });
  draft.to('REFERENCES', refs.bucket(body.object('logging')?.text('logBucket')), { field: 'logging.logBucket' });
  const prevention = body.object('iamConfiguration')?.text('publicAccessPrevention');
  const lists = [...body.objects('acl'), ...body.objects('defaultObjectAcl')];
  const open = lists.some((entry) => everyone.has(entry.text('entity') ?? ''));
  // A bucket may still be opened by its policy, which is listed on its own: then nothing is said here.
  draft.tell({ public: prevention === 'enforced' ? false : open ? true : undefined });
}

export const storageSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.storage.buckets',
    typesOf('storage.googleapis.com', {
      Bucket: { category: 'bucket', relationships: ['ENCRYPTED_BY', 'REFERENCES'], convert: convertBucket },
    }),
  ),
];
