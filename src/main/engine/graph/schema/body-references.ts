import type { ResourceHead } from '#engine/ports/index.ts';

/** Ids followed from one body at most: a policy that names a thousand does not make a thousand relationships. */
const referencesKept = 64;

/** What the short ids of EC2 begin with, and the type in the ARN that each stands for. */
const shortIdTypes: Readonly<Record<string, string>> = {
  acl: 'network-acl',
  ami: 'image',
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
  snap: 'snapshot',
  subnet: 'subnet',
  tgw: 'transit-gateway',
  'tgw-attach': 'transit-gateway-attachment',
  'tgw-rtb': 'transit-gateway-route-table',
  vgw: 'vpn-gateway',
  vol: 'volume',
  vpc: 'vpc',
  vpce: 'vpc-endpoint',
  vpn: 'vpn-connection',
};

// What an id looks like in the JSON of a body. Whole values and keys, but for ARNs, which also stand inside addresses
// and policies written as text. Nothing shorter than these shapes: "default" or "1" would mean everything.
const arn = String.raw`arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws)?:[^\s"'\\<>,;()]+`;
const shortId = `"(?:${Object.keys(shortIdTypes).join('|')})-[0-9a-f]{8}(?:[0-9a-f]{9})?"`;
const azureId = String.raw`"/[sS]ubscriptions/[^/"\\]+(?:/[rR]esource[gG]roups/[^/"\\]+)?/[pP]roviders/[^"\\]+"`;
const googleId = String.raw`"(?:https://(?:www\.googleapis\.com/[a-z]+/[a-z0-9]+|[a-z]+\.googleapis\.com/[a-z]+/[a-z0-9]+)/projects/[^"\\]+|//[a-z]+\.googleapis\.com/[^"\\]+)"`;
const anyId = new RegExp([arn, shortId, azureId, googleId].join('|'), 'g');

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

/** A self link as the asset's full name: `https://www.googleapis.com/compute/v1/projects/…` → `//compute.googleapis.com/projects/…`. */
function meantByGoogleId(text: string): string {
  const link = /^https:\/\/(?:www|[a-z]+)\.googleapis\.com\/([a-z]+)\/[a-z0-9]+\/(projects\/.+)$/.exec(text);
  return link === null ? text : `//${link[1]}.googleapis.com/${link[2]}`;
}

function meantBy(found: string): string | null {
  if (found.startsWith('arn:')) return meantByArn(found);
  const text = found.slice(1, -1);
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

/** True for an id of the resource itself, or of a part or an owner that its own id already tells. */
function isOwn(id: string, own: Pick<ResourceHead, 'id' | 'nativeId'>): boolean {
  return id === own.id || id === own.nativeId || id.startsWith(`${own.id}/`) || own.id.startsWith(`${id}/`);
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
  for (const [found] of body.matchAll(anyId)) {
    const id = meantBy(found);
    if (id !== null && !ids.has(id) && !isOwn(id, own) && !isTold(id)) ids.add(id);
  }
  return { ids: [...ids].slice(0, referencesKept), unfollowed: Math.max(0, ids.size - referencesKept) };
}

/** What an id found in a body stands for. */
export interface BodyReference {
  /** Canonical. */
  readonly id: string;
  /** True when the id says by itself what it names; a short one only means something that is known in its place. */
  readonly isFull: boolean;
}

/** Reads an id that `idsInBody` found in the body of a resource; null when its place is not known. */
export function bodyReference(id: string, { id: own, scopeId, region }: BodyOwner): BodyReference | null {
  const [, prefix] = /^([a-z]+(?:-[a-z]+)?)-[0-9a-f]+$/.exec(id) ?? [];
  const type = prefix === undefined ? undefined : shortIdTypes[prefix];
  if (type === undefined) return { id, isFull: true };
  const account = /^aws:account:(\d{12})$/.exec(scopeId)?.[1];
  if (account === undefined || region === 'global') return null;
  const partition = /^arn:([^:]+):/.exec(own)?.[1] ?? 'aws';
  return { id: `arn:${partition}:ec2:${region}:${account}:${type}/${id}`, isFull: false };
}

export type BodyOwner = Pick<ResourceHead, 'id' | 'scopeId' | 'region'>;

/** The ids of what holds a part, the nearest first: an id of Azure or Google names its owners in itself. */
export function ownersOf(id: string): readonly string[] {
  const parts = id.split('/');
  const owners: string[] = [];
  // `…/providers/<namespace>/<type>/<name>` in Azure, `//<service>/projects/<id>/…/<type>/<name>` in Google.
  const shortest = id.startsWith('/subscriptions/') ? 9 : id.startsWith('//') ? 7 : Number.POSITIVE_INFINITY;
  for (let length = parts.length - 2; length >= shortest; length -= 2) owners.push(parts.slice(0, length).join('/'));
  return owners;
}
