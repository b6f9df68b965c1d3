import type { AssetDraft } from '../assets/asset-draft.ts';
import { addressId, rangeId } from '../../../address-ids.ts';

export function convertSqlInstance(draft: AssetDraft): void {
  const { body, refs } = draft;
  const settings = body.object('settings');
  const connections = settings?.object('ipConfiguration');
  draft.to('IN_NETWORK', refs.network(connections?.text('privateNetwork')), {
    field: 'settings.ipConfiguration.privateNetwork',
  });
  const addresses = body.objects('ipAddresses');
  for (const address of addresses) {
    // Private addresses repeat from network to network, so they are no nodes.
    if (address.text('type') !== 'PRIMARY') continue;
    draft.to('HAS_ADDRESS', addressId(address.text('ipAddress')), { field: 'ipAddresses' });
  }
  for (const network of connections?.objects('authorizedNetworks') ?? []) {
    const range = network.text('value');
    if (range === undefined) continue;
    draft.from('ALLOWS', rangeId(range), {
      field: 'settings.ipConfiguration.authorizedNetworks',
      properties: { direction: 'ingress', protocol: 'tcp', description: network.text('name') ?? null },
    });
  }
  draft.to('RUNS_AS', refs.account(body.text('serviceAccountEmailAddress')), { field: 'serviceAccountEmailAddress' });
  const key = body.object('diskEncryptionConfiguration')?.text('kmsKeyName');
  draft.to('ENCRYPTED_BY', refs.key(key), { field: 'diskEncryptionConfiguration.kmsKeyName' });
  draft.to('DERIVED_FROM', instanceNamed(draft, body.text('masterInstanceName')), { field: 'masterInstanceName' });
  draft.tell({
    public: connections?.flag('ipv4Enabled'),
    ip: addresses[0]?.text('ipAddress'),
    tags: settings === undefined ? undefined : { ...settings.textMap('userLabels') },
  });
}

/** `project:instance`, or the bare name of an instance of the same project. */
function instanceNamed({ refs }: AssetDraft, name: string | undefined): string | undefined {
  const [, project, instance] = /^(?:(.+):)?([^:/]+)$/.exec(name ?? '') ?? [];
  if (instance === undefined) return undefined;
  return project === undefined
    ? refs.sibling('sqladmin', `instances/${instance}`)
    : refs.in('sqladmin', `projects/${project}/instances/${instance}`);
}

/** A database inside an instance; the instance goes by another host than its databases. */
export function convertSqlDatabase(draft: AssetDraft): void {
  draft.from('CONTAINS', instanceNamed(draft, draft.body.text('instance')), { field: 'instance' });
}
