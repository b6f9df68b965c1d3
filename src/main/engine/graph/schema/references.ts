import { cloudSchema, type Category, type Cloud, type ScopeKind } from '#shared/model/index.ts';
import type { ResourceHead } from '#engine/ports/index.ts';

/** What an id that nobody listed says about itself. */
export type StubHead = Pick<ResourceHead, 'id' | 'cloud' | 'kind' | 'name' | 'nativeId' | 'scopeId' | 'region'>;

/** A node that is no resource: an address, a network, a name, or the whole internet. */
export interface AddressReference {
  readonly kind: 'ip' | 'cidr' | 'dns' | 'internet';
  readonly value: string;
}

/** Reads `ip:10.0.0.1`, `cidr:10.0.0.0/8`, `dns:example.org`, `internet`; null for every other id. */
export function addressReference(id: string): AddressReference | null {
  if (id === 'internet') return { kind: 'internet', value: 'internet' };
  const found = /^(ip|cidr|dns):(.+)$/.exec(id);
  if (found === null) return null;
  return { kind: found[1] as 'ip' | 'cidr' | 'dns', value: found[2] ?? '' };
}

// Services whose ARN has no type: the singular noun stands for it.
const typelessServices: Readonly<Record<string, string>> = { s3: 'bucket', sqs: 'queue', sns: 'topic' };

/** The type and id in the last part of an ARN. */
function arnResource(service: string, resource: string): { readonly type: string; readonly nativeId: string } {
  const typeless = typelessServices[service];
  if (typeless !== undefined) return { type: typeless, nativeId: resource };
  if (service === 'iam' && resource === 'root') return { type: 'root', nativeId: resource };
  // `/restapis/{id}/stages/{name}`: lists and names in turn.
  const path = resource.startsWith('/') ? resource.slice(1).split('/') : [];
  const [list, name] = path.slice(-2);
  if (list !== undefined && name !== undefined) return { type: list.replace(/s$/, ''), nativeId: name };
  // `autoScalingGroup:{uuid}:autoScalingGroupName/{name}` is the one type with capitals.
  const [, before, rest] = /^([a-z][a-zA-Z0-9-]*)[/:](.+)$/.exec(resource) ?? [];
  const nativeId = rest?.replace(/^.*:autoScalingGroupName\//, '') ?? resource;
  return { type: before?.toLowerCase() ?? 'resource', nativeId };
}

/**
 * Reads `arn:partition:service:region:account:resource`, where resource is `type/id`, `type:id` or `id`.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
function arnStub(id: string): StubHead | null {
  const parts = id.split(':');
  if (parts[0] !== 'arn' || parts.length < 6) return null;
  const [, , service = '', region = '', account = ''] = parts;
  const { type, nativeId } = arnResource(service, parts.slice(5).join(':'));
  return {
    id,
    cloud: 'aws',
    kind: `aws.${service}.${type}`,
    // A whole account stands in policies by its root; every account has one.
    name: service === 'iam' && type === 'root' ? account : nativeId,
    nativeId,
    scopeId: account === '' ? '' : `aws:account:${account}`,
    region: region === '' ? 'global' : region,
  };
}

/**
 * `/subscriptions/{id}/resourcegroups/{group}/providers/microsoft.network/virtualnetworks/{name}/subnets/{name}`, the
 * containers above, and what stands above subscriptions (`/providers/microsoft.management/managementgroups/{name}`).
 */
function azureStub(id: string): StubHead | null {
  const found = /^(?:\/subscriptions\/([^/]+)(?:\/(resourcegroups)\/([^/]+))?)?(?:\/providers\/([^/]+)\/(.+))?$/.exec(
    id,
  );
  const [, subscription, groups, group, namespace, rest] = found ?? [];
  if (subscription === undefined && rest === undefined) return null;
  const scopeId = subscription === undefined ? '' : `azure:subscription:${subscription}`;
  const container = groups === undefined ? 'resources.subscriptions' : 'resources.subscriptions.resourcegroups';
  const steps = rest?.split('/') ?? [];
  const types = steps.filter((_, index) => index % 2 === 0);
  const type = namespace === undefined ? container : [namespace.replace(/^microsoft\./, ''), ...types].join('.');
  const name = steps.at(-1) ?? group ?? subscription ?? id;
  return { id, cloud: 'azure', kind: `azure.${type}`, name, nativeId: id, scopeId, region: 'global' };
}

/** Services whose names go by another host than their types. */
const googleHosts: Readonly<Record<string, string>> = { cloudsql: 'sqladmin', bigtable: 'bigtableadmin' };

/** `addresses` → `address`, `targetHttpProxies` → `targetHttpProxy`, `networks` → `network`. */
function singular(steps: string): string {
  return steps.replace(
    /(?:(ss)es|(ie)s|s)$/,
    (_end, double?: string, y?: string) => double ?? (y === undefined ? '' : 'y'),
  );
}

/** `//compute.googleapis.com/projects/{id}/regions/{region}/subnetworks/{name}` */
function googleStub(id: string): StubHead | null {
  const found = /^\/\/([a-z0-9-]+)\.googleapis\.com\/(.+)$/.exec(id);
  if (found === null) return null;
  const [, service = '', rest = ''] = found;
  const project = /(?:^|\/)projects\/([^/]+)/.exec(rest)?.[1];
  const region = /\/(?:regions|locations)\/([^/]+)/.exec(rest)?.[1] ?? 'global';
  const steps = rest.split('/');
  const type = singular(steps.at(-2) ?? 'resources').toLowerCase();
  const scopeId = project === undefined ? '' : `gcp:project:${project}`;
  const kind = `gcp.${googleHosts[service] ?? service}.${type}`;
  return { id, cloud: 'gcp', kind, name: steps.at(-1) ?? id, nativeId: id, scopeId, region };
}

/** What can be told of a resource that was named by another one and never listed. */
export function describeStub(id: string): StubHead {
  const known = arnStub(id) ?? azureStub(id) ?? googleStub(id);
  if (known !== null) return known;
  // `azure:principal:…`: someone or something of a cloud that no listing tells.
  const own = /^(aws|azure|gcp):([a-z0-9-]+):(.+)$/.exec(id);
  if (own !== null) {
    const [, cloud, type = '', name = id] = own;
    return {
      id,
      cloud: cloudSchema.parse(cloud),
      kind: `${cloud}.reference.${type}`,
      name,
      nativeId: name,
      scopeId: '',
      region: 'global',
    };
  }
  const type = /^([a-z0-9-]+):/.exec(id)?.[1] ?? 'unknown';
  return { id, cloud: 'other', kind: `other.reference.${type}`, name: id, nativeId: id, scopeId: '', region: 'global' };
}

/** The kind of a scope nobody listed, from its id `cloud:kind:native`. */
export function describeScope(id: string): {
  readonly cloud: Cloud;
  readonly kind: ScopeKind;
  readonly nativeId: string;
} {
  const [cloud, kind, ...rest] = id.split(':');
  const nativeId = rest.length === 0 ? id : rest.join(':');
  switch (cloud) {
    case 'aws':
      return { cloud, kind: kind === 'organization' || kind === 'ou' ? kind : 'account', nativeId };
    case 'azure':
      return { cloud, kind: isAbove(kind) ? kind : 'subscription', nativeId };
    case 'gcp':
      return { cloud, kind: kind === 'organization' || kind === 'folder' ? kind : 'project', nativeId };
    default:
      return { cloud: 'other', kind: 'account', nativeId };
  }
}

function isAbove(kind: string | undefined): kind is 'resource-group' | 'management-group' | 'tenant' {
  return kind === 'resource-group' || kind === 'management-group' || kind === 'tenant';
}

/** A stub takes the category that listed resources of its kind have; without any it is told as `other`. */
export function stubCategory(kind: string, known: ReadonlyMap<string, Category>): Category {
  return known.get(kind) ?? 'other';
}
