import type { AssetDraft } from '../assets/asset-draft.ts';
import { containedIn } from '../assets/contained.ts';

export function convertDataset(draft: AssetDraft): void {
  const { body, refs } = draft;
  const name = body.text('friendlyName') ?? body.object('datasetReference')?.text('datasetId');
  const key = body.object('defaultEncryptionConfiguration')?.text('kmsKeyName');
  draft.tell({ name, createdAt: body.number('creationTime') });
  draft.to('ENCRYPTED_BY', refs.key(key), { field: 'defaultEncryptionConfiguration.kmsKeyName' });
}

export function convertTable(draft: AssetDraft): void {
  const { body, refs } = draft;
  containedIn(draft, 'tables');
  const name = body.text('friendlyName') ?? body.object('tableReference')?.text('tableId');
  draft.tell({ name, createdAt: body.number('creationTime') });
  draft.to('ENCRYPTED_BY', refs.key(body.object('encryptionConfiguration')?.text('kmsKeyName')), {
    field: 'encryptionConfiguration.kmsKeyName',
  });
}
