import type { AssetDraft } from '../assets/asset-draft.ts';
import type { BodyReader } from '../assets/body-reader.ts';
import { addressId } from '../../../address-ids.ts';

/** The front of a load balancer: an address whose traffic goes to a proxy, a backend service, a pool or a gateway. */
export function convertForwardingRule(draft: AssetDraft): void {
  const { body, refs } = draft;
  const address = body.text('IPAddress');
  const reserved = refs.compute(address);
  const open = body.text('loadBalancingScheme')?.startsWith('EXTERNAL') ?? undefined;
  const ip = reserved === undefined ? address : undefined;
  draft.tell({ ip, public: open });
  // Private addresses repeat from network to network, so they are no nodes.
  if (open !== false) draft.to('HAS_ADDRESS', addressId(ip), { field: 'IPAddress' });
  draft.to('HAS_ADDRESS', reserved, { field: 'IPAddress' });
  const properties = {
    protocol: body.text('IPProtocol') ?? null,
    ports:
      body.text('portRange') ?? ([...body.texts('ports')].join(',') || (body.flag('allPorts') === true ? 'all' : null)),
  };
  draft.to('TARGETS', refs.compute(body.text('target')), { field: 'target', properties });
  draft.to('TARGETS', refs.compute(body.text('backendService')), { field: 'backendService', properties });
  draft.to('IN_NETWORK', refs.compute(body.text('subnetwork')), { field: 'subnetwork' });
  draft.to('IN_NETWORK', refs.compute(body.text('network')), { field: 'network' });
}

/** Target proxies of every protocol: what they hand traffic to, and the certificates they show. */
export function convertTargetProxy(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('TARGETS', refs.compute(body.text('urlMap')), { field: 'urlMap' });
  draft.to('TARGETS', refs.compute(body.text('service')), { field: 'service' });
  for (const certificate of body.texts('sslCertificates')) {
    draft.to('REFERENCES', refs.compute(certificate), { field: 'sslCertificates' });
  }
  const map = body.text('certificateMap');
  draft.to('REFERENCES', refs.in('certificatemanager', map), { field: 'certificateMap' });
}

/** A URL map: every service that some host and path leads to, with the hosts that lead there. */
export function convertUrlMap(draft: AssetDraft): void {
  const { body, refs } = draft;
  const hostsOf = new Map<string, string[]>();
  for (const rule of body.objects('hostRules')) {
    const matcher = rule.text('pathMatcher');
    if (matcher !== undefined) hostsOf.set(matcher, [...(hostsOf.get(matcher) ?? []), ...rule.texts('hosts')]);
  }
  const targets = new Map<string, Set<string>>();
  const add = (services: readonly (string | undefined)[], hosts: readonly string[]): void => {
    for (const service of services) {
      const target = refs.compute(service);
      if (target === undefined) continue;
      const known = targets.get(target) ?? new Set();
      targets.set(target, known);
      for (const host of hosts) known.add(host);
    }
  };
  add(servicesOf(body), ['*']);
  for (const matcher of body.objects('pathMatchers')) {
    const hosts = hostsOf.get(matcher.text('name') ?? '') ?? [];
    add(servicesOf(matcher), hosts);
    for (const rule of matcher.objects('pathRules')) add(servicesOf(rule), hosts);
    for (const rule of matcher.objects('routeRules')) add(servicesOf(rule), hosts);
  }
  for (const [target, hosts] of targets) {
    draft.to('TARGETS', target, { field: 'pathMatchers', properties: { hosts: [...hosts].sort() } });
  }
}

/** The services one level of a URL map names: by default, by rule, or shared out by weight. */
function servicesOf(level: BodyReader): readonly (string | undefined)[] {
  const actions = [level.object('routeAction'), level.object('defaultRouteAction')];
  const weighted = actions.flatMap((action) => action?.objects('weightedBackendServices') ?? []);
  // Mirrored requests reach a second service, whose answers nobody sees.
  const mirrored = actions.map((action) => action?.object('requestMirrorPolicy')?.text('backendService'));
  const shared = weighted.map((one) => one.text('backendService'));
  return [level.text('defaultService'), level.text('service'), ...shared, ...mirrored];
}

export function convertBackendService(draft: AssetDraft): void {
  const { body, refs } = draft;
  for (const backend of body.objects('backends')) {
    draft.to('TARGETS', refs.compute(backend.text('group')), {
      field: 'backends.group',
      properties: { mode: backend.text('balancingMode') ?? null, failover: backend.flag('failover') ?? false },
    });
  }
  for (const field of ['securityPolicy', 'edgeSecurityPolicy']) {
    draft.to('PROTECTED_BY', refs.compute(body.text(field)), { field });
  }
  for (const check of body.texts('healthChecks'))
    draft.to('REFERENCES', refs.compute(check), { field: 'healthChecks' });
  draft.to('IN_NETWORK', refs.compute(body.text('network')), { field: 'network' });
}

export function convertBackendBucket(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('TARGETS', refs.bucket(body.text('bucketName')), { field: 'bucketName' });
  draft.to('PROTECTED_BY', refs.compute(body.text('edgeSecurityPolicy')), { field: 'edgeSecurityPolicy' });
}

/**
 * A group of endpoints: serverless ones and those of other networks are in its body. Which addresses a group of
 * machines holds is in no body.
 */
export function convertNetworkEndpointGroup(draft: AssetDraft): void {
  const { body, refs, region } = draft;
  draft.to('IN_NETWORK', refs.network(body.text('network')), { field: 'network' });
  draft.to('IN_NETWORK', refs.subnetwork(body.text('subnetwork')), { field: 'subnetwork' });
  const service = body.object('cloudRun')?.text('service');
  if (service !== undefined) {
    draft.to('TARGETS', refs.sibling('run', `locations/${region}/services/${service}`), { field: 'cloudRun.service' });
  }
  const called = body.object('cloudFunction')?.text('function');
  if (called !== undefined) {
    const target = refs.sibling('cloudfunctions', `locations/${region}/functions/${called}`);
    draft.to('TARGETS', target, { field: 'cloudFunction.function' });
  }
  draft.to('TARGETS', refs.compute(body.text('pscTargetService')), { field: 'pscTargetService' });
}

export function convertTargetPool(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('PROTECTED_BY', refs.compute(body.text('securityPolicy')), { field: 'securityPolicy' });
  for (const instance of body.texts('instances')) draft.to('TARGETS', refs.compute(instance), { field: 'instances' });
  draft.to('TARGETS', refs.compute(body.text('backupPool')), { field: 'backupPool', properties: { failover: true } });
  for (const check of body.texts('healthChecks'))
    draft.to('REFERENCES', refs.compute(check), { field: 'healthChecks' });
}

export function convertTargetInstance(draft: AssetDraft): void {
  const { body, refs } = draft;
  draft.to('TARGETS', refs.compute(body.text('instance')), { field: 'instance' });
  draft.to('PROTECTED_BY', refs.compute(body.text('securityPolicy')), { field: 'securityPolicy' });
  draft.to('IN_NETWORK', refs.compute(body.text('network')), { field: 'network' });
}
