import type { AssetDraft } from '../assets/asset-draft.ts';
import type { BodyReader } from '../assets/body-reader.ts';
import { addressId } from '../../../address-ids.ts';

/** Where a machine or a template of machines is connected; Google's network interfaces are no resources. */
export function readNetworkInterfaces(draft: AssetDraft, machine: BodyReader): void {
  const { refs } = draft;
  const interfaces = machine.objects('networkInterfaces');
  for (const nic of interfaces) {
    const properties = { interface: nic.text('name') ?? null };
    const network = refs.network(nic.text('network'));
    draft.to('IN_NETWORK', refs.subnetwork(nic.text('subnetwork')), {
      field: 'networkInterfaces.subnetwork',
      properties,
    });
    draft.to('IN_NETWORK', network, { field: 'networkInterfaces.network', properties });
    // Private addresses repeat from network to network, so they are no nodes: two networks would touch in them.
    for (const ip of publicAddresses(nic)) {
      draft.to('HAS_ADDRESS', addressId(ip), { field: 'networkInterfaces.accessConfigs', properties });
    }
  }
  const open = interfaces.flatMap(publicAddresses);
  draft.tell({
    ip: open[0] ?? interfaces[0]?.text('networkIP'),
    // A template or a stopped machine asks for an address that it does not have yet.
    public: interfaces.some((nic) => [...nic.objects('accessConfigs'), ...nic.objects('ipv6AccessConfigs')].length > 0),
  });
}

function publicAddresses(nic: BodyReader): readonly string[] {
  return [
    ...nic.objects('accessConfigs').flatMap((config) => config.text('natIP') ?? []),
    ...nic.objects('ipv6AccessConfigs').flatMap((config) => config.text('externalIpv6') ?? []),
  ];
}
