import type { AssetDraft } from '../assets/asset-draft.ts';
import type { BodyReader } from '../assets/body-reader.ts';
import { readNetworkInterfaces } from './network-interfaces.ts';

export function convertInstance(draft: AssetDraft): void {
  const { body, refs } = draft;
  readNetworkInterfaces(draft, body);
  for (const disk of body.objects('disks')) {
    draft.from('ATTACHED_TO', refs.compute(disk.text('source')), {
      field: 'disks.source',
      properties: { device: disk.text('deviceName') ?? null, boot: disk.flag('boot') ?? false },
    });
  }
  readAccounts(draft, body);
  const manager = refs.compute(creatorOf(body));
  if (manager === undefined || !manager.includes('/instanceGroupManagers/')) return;
  draft.to('MANAGED_BY', manager, { field: 'metadata.created-by' });
  // A managed group has the name of its manager, and its members are in no body.
  draft.from('TARGETS', manager.replace('/instanceGroupManagers/', '/instanceGroups/'), {
    field: 'metadata.created-by',
  });
}

function readAccounts(draft: AssetDraft, body: BodyReader): void {
  for (const account of body.objects('serviceAccounts')) {
    draft.to('RUNS_AS', draft.refs.account(account.text('email')), { field: 'serviceAccounts' });
  }
}

/** Who made a machine, as its metadata say: a link to the manager of its group. */
function creatorOf(body: BodyReader): string | undefined {
  const items = body.object('metadata')?.objects('items') ?? [];
  return items.find((item) => item.text('key') === 'created-by')?.text('value');
}

export function convertInstanceTemplate(draft: AssetDraft): void {
  const machine = draft.body.object('properties');
  if (machine === undefined) return;
  readNetworkInterfaces(draft, machine);
  readAccounts(draft, machine);
  for (const disk of machine.objects('disks')) {
    const image = disk.object('initializeParams')?.text('sourceImage');
    draft.to('DERIVED_FROM', draft.refs.compute(image), { field: 'properties.disks.initializeParams.sourceImage' });
    const key = disk.object('diskEncryptionKey')?.text('kmsKeyName');
    draft.to('ENCRYPTED_BY', draft.refs.key(key), { field: 'properties.disks.diskEncryptionKey.kmsKeyName' });
  }
}

export function convertInstanceGroup(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('IN_NETWORK', refs.compute(body.text('network')), { field: 'network' });
  draft.to('IN_NETWORK', refs.compute(body.text('subnetwork')), { field: 'subnetwork' });
}

export function convertInstanceGroupManager(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('CONTAINS', refs.compute(body.text('instanceGroup')), { field: 'instanceGroup' });
  const templates = [
    body.text('instanceTemplate'),
    ...body.objects('versions').map((one) => one.text('instanceTemplate')),
  ];
  for (const template of new Set(templates)) {
    draft.to('DERIVED_FROM', refs.compute(template), { field: 'instanceTemplate' });
  }
  for (const pool of body.texts('targetPools')) {
    draft.from('TARGETS', refs.compute(pool), { field: 'targetPools' });
  }
}

export function convertAutoscaler(draft: AssetDraft): void {
  draft.to('ATTACHED_TO', draft.refs.compute(draft.body.text('target')), { field: 'target' });
}

const origins = ['sourceImage', 'sourceSnapshot', 'sourceDisk', 'sourceInstance', 'sourceInstanceTemplate'];

/** Disks, snapshots and images: what they were made from, and the key they are encrypted by. */
export function convertStorage(draft: AssetDraft): void {
  const { body, refs } = draft;
  for (const field of origins) draft.to('DERIVED_FROM', refs.compute(body.text(field)), { field });
  for (const field of [
    'diskEncryptionKey',
    'snapshotEncryptionKey',
    'imageEncryptionKey',
    'machineImageEncryptionKey',
  ]) {
    draft.to('ENCRYPTED_BY', refs.key(body.object(field)?.text('kmsKeyName')), { field: `${field}.kmsKeyName` });
  }
}
