import type { AssetDraft } from '../assets/asset-draft.ts';
import { containedIn } from '../assets/contained.ts';
import { typesOf } from '../assets/gcp-type.ts';
import { addressId, hostId } from '../../../address-ids.ts';
import { type GcpStep, gcpStep } from '../gcp-step.ts';

function convertZone(draft: AssetDraft): void {
  const { body, refs } = draft;
  const visibility = body.text('visibility');
  draft.tell({ name: body.text('dnsName'), public: visibility === undefined ? undefined : visibility === 'public' });
  for (const network of body.object('privateVisibilityConfig')?.objects('networks') ?? []) {
    draft.to('ATTACHED_TO', refs.network(network.text('networkUrl')), { field: 'privateVisibilityConfig.networks' });
  }
  const peer = body.object('peeringConfig')?.object('targetNetwork')?.text('networkUrl');
  draft.to('PEERED_WITH', refs.network(peer), { field: 'peeringConfig.targetNetwork' });
  for (const server of body.object('forwardingConfig')?.objects('targetNameServers') ?? []) {
    draft.to('TARGETS', addressId(server.text('ipv4Address')), { field: 'forwardingConfig.targetNameServers' });
  }
}

function convertRecords(draft: AssetDraft): void {
  const { body } = draft;
  containedIn(draft, 'rrsets');
  const type = body.text('type');
  const properties = { type: type ?? null };
  draft.tell({ name: [body.text('name'), type].filter((part) => part !== undefined).join(' ') || undefined });
  for (const value of body.texts('rrdatas')) {
    if (type === 'A' || type === 'AAAA') draft.to('TARGETS', addressId(value), { field: 'rrdatas', properties });
    if (type === 'CNAME') draft.to('TARGETS', hostId(value), { field: 'rrdatas', properties });
  }
}

export const dnsSteps: readonly GcpStep[] = [
  gcpStep(
    'gcp.dns.zones',
    typesOf('dns.googleapis.com', {
      ManagedZone: {
        category: 'dns',
        relationships: ['ATTACHED_TO', 'PEERED_WITH', 'TARGETS'],
        convert: convertZone,
      },
      ResourceRecordSet: { category: 'dns', relationships: ['CONTAINS', 'TARGETS'], convert: convertRecords },
    }),
  ),
];
