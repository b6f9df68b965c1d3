import type { AssetDraft } from '../assets/asset-draft.ts';
import { addressId, rangeId } from '../../../address-ids.ts';

export function convertNetwork(draft: AssetDraft): void {
  const { body, refs } = draft;
  const range = body.text('IPv4Range');
  draft.tell({ cidr: range, state: undefined });
  if (range !== undefined) draft.to('HAS_ADDRESS', rangeId(range), { field: 'IPv4Range' });
  for (const peering of body.objects('peerings')) {
    draft.to('PEERED_WITH', refs.compute(peering.text('network')), {
      field: 'peerings.network',
      properties: { name: peering.text('name') ?? null, state: peering.text('state') ?? null },
    });
  }
}

export function convertSubnetwork(draft: AssetDraft): void {
  const { body, refs } = draft;
  const network = refs.network(body.text('network'));
  draft.from('CONTAINS', network, { field: 'network' }).to('IN_NETWORK', network, { field: 'network' });
  const range = body.text('ipCidrRange');
  draft.tell({ cidr: range, state: body.text('state') });
  if (range !== undefined) draft.to('HAS_ADDRESS', rangeId(range), { field: 'ipCidrRange' });
  for (const secondary of body.objects('secondaryIpRanges')) {
    const cidr = secondary.text('ipCidrRange');
    if (cidr === undefined) continue;
    draft.to('HAS_ADDRESS', rangeId(cidr), {
      field: 'secondaryIpRanges',
      properties: { name: secondary.text('rangeName') ?? null },
    });
  }
}

export function convertAddress(draft: AssetDraft): void {
  const { body, refs } = draft;
  const ip = body.text('address');
  const internal = body.text('addressType') === 'INTERNAL';
  const prefix = body.number('prefixLength');
  draft.tell({
    ip,
    public: body.text('addressType') === undefined ? undefined : !internal,
    cidr: ip !== undefined && prefix !== undefined && prefix > 0 ? `${ip}/${prefix}` : undefined,
  });
  // Private addresses repeat from network to network, so they are no nodes: two networks would touch in them.
  if (!internal) draft.to('HAS_ADDRESS', addressId(ip), { field: 'address' });
  draft.to('IN_NETWORK', refs.compute(body.text('subnetwork')), { field: 'subnetwork' });
  draft.to('IN_NETWORK', refs.compute(body.text('network')), { field: 'network' });
  for (const user of body.texts('users')) draft.to('ATTACHED_TO', refs.compute(user), { field: 'users' });
}

/** What joins a network to another: gateways, tunnels, attachments. Absent fields say nothing. */
export function convertVpnGateway(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('ATTACHED_TO', refs.network(body.text('network')), { field: 'network' });
  for (const side of body.objects('vpnInterfaces')) {
    draft.to('HAS_ADDRESS', addressId(side.text('ipAddress')), { field: 'vpnInterfaces.ipAddress' });
  }
}

/** The other side's gateway, as Google was told of it. */
export function convertExternalVpnGateway(draft: AssetDraft): void {
  for (const side of draft.body.objects('interfaces')) {
    draft.to('HAS_ADDRESS', addressId(side.text('ipAddress')), { field: 'interfaces.ipAddress' });
  }
}

export function convertVpnTunnel(draft: AssetDraft): void {
  const { body, refs } = draft;
  const own = ['vpnGateway', 'targetVpnGateway', 'router'];
  for (const field of own) draft.to('ATTACHED_TO', refs.compute(body.text(field)), { field });
  const peers = ['peerGcpGateway', 'peerExternalGateway'];
  for (const field of peers) draft.to('PEERED_WITH', refs.compute(body.text(field)), { field });
  draft.to('PEERED_WITH', addressId(body.text('peerIp')), { field: 'peerIp' });
}

export function convertInterconnectAttachment(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('ATTACHED_TO', refs.compute(body.text('interconnect')), { field: 'interconnect' });
  draft.to('ATTACHED_TO', refs.compute(body.text('router')), { field: 'router' });
}

/** A door for others into this network: they reach the target through addresses of the subnetworks. */
export function convertServiceAttachment(draft: AssetDraft): void {
  const { body, refs } = draft;
  const target = body.text('targetService') ?? body.text('producerForwardingRule');
  draft.to('TARGETS', refs.compute(target), { field: 'targetService' });
  for (const subnetwork of body.texts('natSubnets')) {
    draft.to('IN_NETWORK', refs.compute(subnetwork), { field: 'natSubnets' });
  }
  for (const endpoint of body.objects('connectedEndpoints')) {
    draft.from('TARGETS', refs.compute(endpoint.text('endpoint')), { field: 'connectedEndpoints.endpoint' });
  }
}

/** The way of serverless workloads into a network. */
export function convertConnector(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.tell({ cidr: body.text('ipCidrRange') });
  draft.to('IN_NETWORK', refs.network(body.text('network')), { field: 'network' });
  const subnet = body.object('subnet');
  const name = subnet?.text('name');
  if (name === undefined) return;
  const project = subnet?.text('projectId');
  const relative = `regions/${draft.region}/subnetworks/${name}`;
  const subnetwork =
    project === undefined ? refs.compute(relative) : refs.in('compute', `projects/${project}/${relative}`);
  draft.to('IN_NETWORK', subnetwork, { field: 'subnet' });
}
