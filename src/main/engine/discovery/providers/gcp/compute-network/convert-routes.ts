import type { AssetDraft } from '../assets/asset-draft.ts';
import { addressId } from '../../../address-ids.ts';

/** The id of the whole internet in the cloud graph. */
const internet = 'internet';

/** A route is a resource of its own; it leads from its network to the next hop. */
export function convertRoute(draft: AssetDraft): void {
  const { body, refs } = draft;
  const destination = body.text('destRange');
  draft.tell({ cidr: destination, state: body.text('routeStatus') });
  draft.to('IN_NETWORK', refs.network(body.text('network')), { field: 'network' });
  const properties = {
    destination: destination ?? null,
    priority: body.number('priority') ?? null,
    tags: [...body.texts('tags')],
  };
  const gateway = body.text('nextHopGateway');
  if (gateway !== undefined) {
    const leadsOut = gateway.endsWith('/gateways/default-internet-gateway') || gateway === 'default-internet-gateway';
    draft.to('ROUTES_TO', leadsOut ? internet : refs.compute(gateway), { field: 'nextHopGateway', properties });
  }
  const resources = ['nextHopInstance', 'nextHopVpnTunnel', 'nextHopNetwork', 'nextHopInterconnectAttachment'];
  for (const field of resources) draft.to('ROUTES_TO', refs.compute(body.text(field)), { field, properties });
  draft.to('ROUTES_TO', addressId(body.text('nextHopIp')), { field: 'nextHopIp', properties });
  // An internal balancer is named by its forwarding rule or by its address.
  const balancer = body.text('nextHopIlb');
  const isAddress = balancer !== undefined && !balancer.includes('/');
  draft.to('ROUTES_TO', isAddress ? addressId(balancer) : refs.compute(balancer), { field: 'nextHopIlb', properties });
  draft.to('ROUTES_TO', refs.in('networkconnectivity', body.text('nextHopHub')), { field: 'nextHopHub', properties });
}

/** A router with its translations of addresses: through a NAT, machines without an address reach the internet. */
export function convertRouter(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('ATTACHED_TO', refs.network(body.text('network')), { field: 'network' });
  for (const nat of body.objects('nats')) {
    const properties = { nat: nat.text('name') ?? null };
    draft.to('ROUTES_TO', internet, { field: 'nats', properties });
    for (const address of nat.texts('natIps')) {
      draft.to('HAS_ADDRESS', refs.compute(address), { field: 'nats.natIps', properties });
    }
    for (const subnetwork of nat.objects('subnetworks')) {
      draft.from('ROUTES_TO', refs.compute(subnetwork.text('name')), { field: 'nats.subnetworks', properties });
    }
  }
}
