import type { ResourceHead } from '#engine/ports/index.ts';

/** Ids followed from one body at most: a policy that names a thousand does not make a thousand relationships. */
const referencesKept = 64;

/**
 * What the short ids of EC2 begin with, and the type in the ARN that each stands for. What begins with a colon is named
 * without its owner: images, snapshots and endpoint services may belong to anybody.
 */
const shortIdTypes: Readonly<Record<string, string>> = {
  acl: 'network-acl',
  ami: ':image',
  cgw: 'customer-gateway',
  dopt: 'dhcp-options',
  eigw: 'egress-only-internet-gateway',
  eipalloc: 'elastic-ip',
  eni: 'network-interface',
  i: 'instance',
  igw: 'internet-gateway',
  lt: 'launch-template',
  nat: 'natgateway',
  pcx: 'vpc-peering-connection',
  pl: 'prefix-list',
  rtb: 'route-table',
  sg: 'security-group',
  snap: ':snapshot',
  subnet: 'subnet',
  tgw: 'transit-gateway',
  'tgw-attach': 'transit-gateway-attachment',
  'tgw-rtb': 'transit-gateway-route-table',
  vgw: 'vpn-gateway',
  vol: 'volume',
  vpc: 'vpc',
  vpce: 'vpc-endpoint',
  'vpce-svc': ':vpc-endpoint-service',
  vpn: 'vpn-connection',
};

// What an id looks like in the JSON of a body. Whole values and keys, but for ARNs, which also stand inside addresses
// and policies written as text. Nothing shorter than these shapes: "default" or "1" would mean everything.
const arn = String.raw`arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:[^\s"'\\<>,;()]+`;
const shortId = `"(?:${Object.keys(shortIdTypes).join('|')})-[0-9a-f]{8}(?:[0-9a-f]{9})?"`;
const azureId = String.raw`"/[sS]ubscriptions/[^/"\\]+(?:/[rR]esource[gG]roups/[^/"\\]+)?/[pP]roviders/[^"\\]+"`;
const googleId = String.raw`"(?:https://(?:www\.googleapis\.com/[a-z]+/[a-z0-9]+|[a-z]+\.googleapis\.com/(?:[a-z]+/)?[a-z0-9]+)/projects/[^"\\]+|//[a-z]+\.googleapis\.com/[^"\\]+)"`;
const bucketUrl = String.raw`"(?:gs|s3)://[a-z0-9][a-z0-9._-]*[a-z0-9]`;
// Only in bodies of Google: its services name things by their place in a project, and accounts by their address.
const relativeName = String.raw`"(?:projects|folders|organizations)/[^/"\\]+(?:/[^/"\\]+){2,}"`;
const serviceAccount = String.raw`"(?:serviceAccount:)?[a-z0-9-]+@(?:[a-z0-9-]+\.iam|developer|appspot)\.gserviceaccount\.com"`;
const anyId = new RegExp([arn, shortId, azureId, googleId, bucketUrl].join('|'), 'g');
const anyIdOfGoogle = new RegExp([googleId, bucketUrl, relativeName, serviceAccount, arn, azureId].join('|'), 'g');

/**
 * The resource an ARN in a policy or setting means: the bucket of an object, the function of a version, the topic of a
 * subscription, the listener of a rule, the role of a session. Null for patterns, whole accounts, and what is no resource.
 */
function meantByArn(text: string): string | null {
  const [prefix, partition, service, region, account, ...rest] = text.split(':');
  const resource = rest.join(':');
  const head = [prefix, partition, service, region, account].join(':');
  switch (service) {
    case 's3':
      // Buckets and objects have no account in their ARNs; access points have, and are themselves.
      return plainArn(account === '' ? `${head}:${resource.split('/')[0] ?? ''}` : text);
    case 'lambda': {
      const [, name] = /^function:([^:/]+)/.exec(resource) ?? [];
      return plainArn(name === undefined ? text : `${head}:function:${name}`);
    }
    case 'logs': {
      const [, group] = /^log-group:([^:]+)/.exec(resource) ?? [];
      return plainArn(group === undefined ? text : `${head}:log-group:${group}`);
    }
    case 'sts': {
      const [, role] = /^assumed-role\/([^/]+)\//.exec(resource) ?? [];
      return role === undefined ? null : plainArn(`arn:${partition}:iam::${account}:role/${role}`);
    }
    case 'sns': {
      // A subscription is its topic's id and one more part.
      const [topic = ''] = rest;
      return plainArn(`${head}:${topic}`);
    }
    case 'elasticloadbalancing': {
      const [, listener] = /^listener-rule\/(.+)\/[^/]+$/.exec(resource) ?? [];
      return plainArn(listener === undefined ? text : `${head}:listener/${listener}`);
    }
    case 'iam':
      return resource === 'root' ? null : plainArn(text);
    default:
      return plainArn(text);
  }
}

/** Null for a pattern: `*` and `?` stand for anything, `${…}` for what is known when it is asked. */
function plainArn(text: string): string | null {
  const trimmed = text.replace(/[.:/]+$/, '');
  return /[*?${}]/.test(trimmed) || trimmed.split(':').length < 6 ? null : trimmed;
}

/** Services whose full names go by another host than their own. */
const nameHosts: Readonly<Record<string, string>> = {
  sql: 'cloudsql',
  sqladmin: 'cloudsql',
  bigtableadmin: 'bigtable',
};

/** A self link as the asset's full name: `https://www.googleapis.com/compute/v1/projects/…` → `//compute.googleapis.com/projects/…`. */
function meantByGoogleId(text: string): string {
  const link =
    /^https:\/\/www\.googleapis\.com\/([a-z]+)\/[a-z0-9]+\/(projects\/.+)$/.exec(text) ??
    /^https:\/\/([a-z]+)\.googleapis\.com\/(?:[a-z]+\/)?[a-z0-9]+\/(projects\/.+)$/.exec(text);
  if (link === null) return text;
  const [, service = '', name = ''] = link;
  // Zonal clusters are named by their zone or location; assets by the second.
  const place =
    service === 'container' ? name.replace(/\/zones\/([^/]+)\/clusters\//, '/locations/$1/clusters/') : name;
  return `//${nameHosts[service] ?? service}.googleapis.com/${place}`;
}

function meantBy(found: string, partition: string): string | null {
  if (found.startsWith('arn:')) return meantByArn(found);
  if (found.startsWith('"gs://')) return `//storage.googleapis.com/${found.slice(6)}`;
  if (found.startsWith('"s3://')) return `arn:${partition}:s3:::${found.slice(6)}`;
  const text = found.slice(1, -1);
  const account = accountOfGoogle(text);
  if (account !== null) return account;
  if (text.startsWith('/') && !text.startsWith('//')) {
    const id = text.toLowerCase().replace(/\/+$/, '');
    // Types and names alternate; a name is missing where a list is meant, which is no resource.
    // What a subscription has at a location are operations and offers, no resources.
    return id.split('/').length % 2 === 1 && !/^\/subscriptions\/[^/]+\/providers\/[^/]+\/locations\//.test(id)
      ? id
      : null;
  }
  return text.startsWith('http') || text.startsWith('//') ? meantByGoogleId(text) : text;
}

/**
 * The service account with this address: `NAME@PROJECT.iam.gserviceaccount.com`, or one that Google made for a project,
 * `NUMBER-compute@developer…` or `PROJECT@appspot…`. Null for anything else.
 */
function accountOfGoogle(text: string): string | null {
  const [, address, name = '', host = ''] =
    /^(?:serviceAccount:)?(([a-z0-9-]+)@([a-z0-9-]+(?:\.iam)?)\.gserviceaccount\.com)$/.exec(text) ?? [];
  if (address === undefined) return null;
  const named =
    host === 'appspot' ? name : host === 'developer' ? /^\d+/.exec(name)?.[0] : /^(.+)\.iam$/.exec(host)?.[1];
  return named === undefined ? null : `//iam.googleapis.com/projects/${named}/serviceAccounts/${address}`;
}

/** True for an id of the resource itself, or of a part or an owner that its own id already tells. */
function isOwn(id: string, { id: own, nativeId }: Pick<ResourceHead, 'id' | 'nativeId'>): boolean {
  if (id === own || id === nativeId || id.startsWith(`${own}/`) || own.startsWith(`${id}/`)) return true;
  return isRelative(id) && (id.startsWith(`${nativeId}/`) || nativeId.startsWith(`${id}/`));
}

/** True for a name of Google that does not say which service it is of: `projects/p/topics/t`. */
function isRelative(id: string): boolean {
  return /^(?:projects|folders|organizations)\//.test(id);
}

/** The name of Google's that an id ends in, as bodies write it: `projects/p/topics/t`; null for ids of other clouds. */
export function relativeNameOf(id: string): string | null {
  return id.startsWith('//') ? id.slice(id.indexOf('/', 2) + 1) : null;
}

/** What a body names besides the resource itself. */
export interface BodyIds {
  /** Full ids in canonical form, short ones as they are. */
  readonly ids: readonly string[];
  /** How many more there are, which are not followed. */
  readonly unfollowed: number;
}

/**
 * The ids that a body, written as JSON, names besides the resource's own and those that are told already. Beyond the
 * first 64 they are only counted.
 */
export function idsInBody(
  body: string,
  own: Pick<ResourceHead, 'id' | 'nativeId'>,
  isTold: (id: string) => boolean = () => false,
): BodyIds {
  const ids = new Set<string>();
  const partition = partitionOf(own.id);
  for (const [found] of body.matchAll(own.id.startsWith('//') ? anyIdOfGoogle : anyId)) {
    const id = meantBy(found, partition);
    if (id !== null && !ids.has(id) && !isOwn(id, own) && !isTold(id)) ids.add(id);
  }
  return { ids: [...ids].slice(0, referencesKept), unfollowed: Math.max(0, ids.size - referencesKept) };
}

function partitionOf(id: string): string {
  return /^arn:([^:]+):/.exec(id)?.[1] ?? 'aws';
}

/** What an id found in a body stands for. */
export interface BodyReference {
  /** Canonical, as far as the place of the body tells it. */
  readonly id: string;
  /** True when the id says by itself what it names; another one only means something that is known. */
  readonly isFull: boolean;
  /** What to look for among all that is known, where the place does not have it; null where that would be guessing. */
  readonly name: string | null;
}

/** Reads an id that `idsInBody` found in the body of a resource. */
export function bodyReference(id: string, { id: own, scopeId, region }: BodyOwner): BodyReference {
  if (isRelative(id)) return { id, isFull: false, name: id };
  const [, prefix] = /^([a-z]+(?:-[a-z]+)?)-[0-9a-f]+$/.exec(id) ?? [];
  const type = prefix === undefined ? undefined : shortIdTypes[prefix];
  if (type === undefined) return { id, isFull: true, name: null };
  const account = /^aws:account:(\d{12})$/.exec(scopeId)?.[1];
  // The id of a shared network says nothing of its owner, and a global service names networks of every region.
  if (account === undefined || region === 'global') return { id, isFull: false, name: id };
  const resource = type.startsWith(':') ? type : `${account}:${type}`;
  return { id: `arn:${partitionOf(own)}:ec2:${region}:${resource}/${id}`, isFull: false, name: id };
}

export type BodyOwner = Pick<ResourceHead, 'id' | 'scopeId' | 'region'>;

/** The ids of what holds a part, the nearest first: an id of Azure or Google names its owners in itself. */
export function ownersOf(id: string): readonly string[] {
  const parts = id.split('/');
  const owners: string[] = [];
  // `…/providers/<namespace>/<type>/<name>` in Azure, `//<service>/projects/<id>/…/<type>/<name>` in Google.
  const shortest = shortestOwner(id);
  for (let length = parts.length - 2; length >= shortest; length -= 2) owners.push(parts.slice(0, length).join('/'));
  return owners;
}

function shortestOwner(id: string): number {
  if (id.startsWith('/subscriptions/')) return 9;
  if (id.startsWith('//')) return 7;
  return isRelative(id) ? 4 : Number.POSITIVE_INFINITY;
}
