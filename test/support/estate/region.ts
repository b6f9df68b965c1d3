import type { Json } from '#shared/base/json.ts';
import type { Category, RelationshipFact, RelationshipType, ResourceFact } from '#shared/model/index.ts';
import type { Random } from './random.ts';

/** One account's region of the generated estate, filled kind by kind. */
export interface Region {
  readonly account: string;
  readonly region: string;
  readonly resources: ResourceFact[];
  readonly relationships: RelationshipFact[];
}

interface Shape {
  readonly service: string;
  readonly type: string;
  readonly category: Category;
  readonly prefix: string;
}

const shapes = {
  vpc: { service: 'ec2', type: 'vpc', category: 'network', prefix: 'vpc-' },
  subnet: { service: 'ec2', type: 'subnet', category: 'subnetwork', prefix: 'subnet-' },
  routes: { service: 'ec2', type: 'route-table', category: 'route-table', prefix: 'rtb-' },
  gateway: { service: 'ec2', type: 'internet-gateway', category: 'gateway', prefix: 'igw-' },
  group: { service: 'ec2', type: 'security-group', category: 'firewall', prefix: 'sg-' },
  nic: { service: 'ec2', type: 'network-interface', category: 'interface', prefix: 'eni-' },
  machine: { service: 'ec2', type: 'instance', category: 'machine', prefix: 'i-' },
  disk: { service: 'ec2', type: 'volume', category: 'disk', prefix: 'vol-' },
  database: { service: 'rds', type: 'db', category: 'database', prefix: 'db-' },
  bucket: { service: 's3', type: 'bucket', category: 'bucket', prefix: 'bucket-' },
  queue: { service: 'sqs', type: 'queue', category: 'queue', prefix: 'queue-' },
  code: { service: 'lambda', type: 'function', category: 'function', prefix: 'function-' },
  key: { service: 'kms', type: 'key', category: 'key', prefix: 'key-' },
  role: { service: 'iam', type: 'role', category: 'role', prefix: 'role-' },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;

const teams = ['orders', 'payments', 'search', 'identity', 'platform', 'reports'];
const stages = ['prod', 'staging', 'test'];

export interface ResourceOptions {
  readonly region?: string;
  readonly cidr?: string;
  readonly ip?: string;
  readonly body?: Json;
}

/** Adds one resource with a body of about 900 bytes, as a describe call returns it. */
export function addResource(
  target: Region,
  random: Random,
  { shape: name, serial, ...options }: ResourceOptions & { readonly shape: ShapeName; readonly serial: number },
): ResourceFact {
  const shape = shapes[name];
  const region = options.region ?? target.region;
  const nativeId = `${shape.prefix}${serial.toString(16).padStart(17, '0')}`;
  const place = region === 'global' ? '' : region;
  const team = random.pick(teams);
  const stage = random.pick(stages);
  const label = `${team}-${shape.type}-${serial}`;
  const fact: ResourceFact = {
    id: `arn:aws:${shape.service}:${place}:${target.account}:${shape.type}/${nativeId}`,
    cloud: 'aws',
    kind: `aws.${shape.service}.${shape.type}`,
    category: shape.category,
    name: label,
    nativeId,
    scopeId: `aws:account:${target.account}`,
    region,
    zone: region === 'global' ? null : `${region}${random.pick(['a', 'b', 'c'])}`,
    state: random.pick(['available', 'available', 'in-use', 'running']),
    createdAt: 1_690_000_000_000 + random.below(60_000_000) * 1000,
    public: shape.category === 'bucket' ? random.next() < 0.02 : null,
    cidr: options.cidr ?? null,
    ip: options.ip ?? null,
    tags: { Name: label, env: stage, team, 'cost-center': `${1000 + random.below(40)}` },
    raw: {
      OwnerId: target.account,
      ResourceId: nativeId,
      Settings: options.body ?? {},
      // Every fifth names another in its settings, which no relationship tells.
      ...(serial % 5 === 0 ? { RelatedTo: target.resources[target.resources.length >> 1]?.id ?? null } : {}),
      Description: `Generated ${shape.type} ${serial} of ${team} in ${region}, filled up to the usual size of a body.`,
      Options: Array.from({ length: 8 }, (_, index) => ({
        Name: `option-${index}`,
        Value: random.below(1_000_000).toString(36),
        Enabled: index % 2 === 0,
      })),
      Status: { State: 'available', Reason: null, ChangedAt: '2025-03-01T10:00:00.000Z' },
    },
  };
  target.resources.push(fact);
  return fact;
}

export function relate(
  target: Region,
  type: RelationshipType,
  ends: { readonly from: ResourceFact | string; readonly to: ResourceFact | string },
): void {
  const from = typeof ends.from === 'string' ? ends.from : ends.from.id;
  const to = typeof ends.to === 'string' ? ends.to : ends.to.id;
  const properties: Record<string, Json> = type === 'ALLOWS' ? { protocol: 'tcp', fromPort: 443, toPort: 443 } : {};
  target.relationships.push({ type, from, to, source: 'Generated', confidence: 1, properties });
}
