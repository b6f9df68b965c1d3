import type { Category, RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import { findExposures } from '#engine/graph/estate/exposure/find-exposure.ts';
import { portsText } from '#engine/graph/estate/exposure/ports.ts';
import { relationship, resource } from './small-estate.ts';
import { smallTopology } from './small-topology.ts';

// What the internet reaches in a few resources, which go by names that say what they are.

const kinds: Readonly<Record<string, readonly [kind: string, category: Category]>> = {
  vpc: ['aws.ec2.vpc', 'network'],
  subnet: ['aws.ec2.subnet', 'subnetwork'],
  table: ['aws.ec2.route-table', 'route-table'],
  igw: ['aws.ec2.internet-gateway', 'gateway'],
  nat: ['aws.ec2.natgateway', 'gateway'],
  eigw: ['aws.ec2.egress-only-internet-gateway', 'gateway'],
  prefixes: ['aws.ec2.prefix-list', 'address'],
  sg: ['aws.ec2.security-group', 'firewall'],
  acl: ['aws.ec2.network-acl', 'firewall'],
  nic: ['aws.ec2.network-interface', 'interface'],
  eip: ['aws.ec2.elastic-ip', 'address'],
  machine: ['aws.ec2.instance', 'machine'],
  balancer: ['aws.elasticloadbalancing.loadbalancer', 'balancer'],
  listener: ['aws.elasticloadbalancing.listener', 'listener'],
  group: ['aws.elasticloadbalancing.targetgroup', 'target-group'],
  code: ['aws.lambda.function', 'function'],
  queue: ['aws.sqs.queue', 'queue'],
  db: ['aws.rds.db', 'database'],
  subgrp: ['aws.rds.subgrp', 'database-group'],
  bucket: ['aws.s3.bucket', 'bucket'],
  anet: ['azure.network.virtualnetworks', 'network'],
  asub: ['azure.network.virtualnetworks.subnets', 'subnetwork'],
  atab: ['azure.network.routetables', 'route-table'],
  anic: ['azure.network.networkinterfaces', 'interface'],
  apart: ['azure.network.networkinterfaces.ipconfigurations', 'other'],
  aip: ['azure.network.publicipaddresses', 'address'],
  avm: ['azure.compute.virtualmachines', 'machine'],
  nsg: ['azure.network.networksecuritygroups', 'firewall'],
  asg: ['azure.network.applicationsecuritygroups', 'firewall'],
  gnet: ['gcp.compute.network', 'network'],
  gsub: ['gcp.compute.subnetwork', 'subnetwork'],
  groute: ['gcp.compute.route', 'route-table'],
  grule: ['gcp.compute.firewall', 'firewall'],
  gvm: ['gcp.compute.instance', 'machine'],
  gfront: ['gcp.compute.forwardingrule', 'balancer'],
  gback: ['gcp.compute.backendservice', 'target-group'],
};

/** `kind-name`, so that a scene reads as a list of relationships. */
export function thing(id: string, more: Partial<ResourceFact> = {}): ResourceFact {
  const [kind, category] = kinds[id.split('-')[0] ?? ''] ?? ['aws.ec2.thing', 'other'];
  const cloud = kind.startsWith('azure') ? 'azure' : kind.startsWith('gcp') ? 'gcp' : 'aws';
  return resource({ id, kind, category, cloud, name: id, nativeId: id, ...more });
}

export type Line = readonly [
  from: string,
  type: RelationshipFact['type'],
  to: string,
  properties?: RelationshipFact['properties'],
];

/** What the internet reaches in a scene: ports by name, `?` for undecided. Other things are closed. */
export async function reached(
  things: readonly (string | ResourceFact)[],
  lines: readonly Line[],
): Promise<Record<string, string>> {
  const facts = things.map((one) => (typeof one === 'string' ? thing(one) : one));
  const topology = await smallTopology(
    facts,
    lines.map(([from, type, to, properties]) => relationship(from, type, to, properties)),
  );
  const { found } = await findExposures(topology);
  const told: Record<string, string> = {};
  for (const fact of facts) {
    const exposure = found.get(topology.at(fact.id));
    if (exposure?.verdict === 'open') {
      told[fact.id] = exposure.ways
        .map(({ ports }) => (ports === null ? 'ports unknown' : portsText(ports).join(',')))
        .join(' and ');
    } else if (exposure !== undefined) told[fact.id] = `? ${exposure.evidence.at(-1)?.text ?? ''}`;
  }
  return told;
}

export const https = { direction: 'ingress', protocol: 'tcp', fromPort: 443, toPort: 443 };
export const ssh = { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 22 };
export const anywhere = 'cidr:0.0.0.0/0';

/** The lines but those of one type that have this end. */
export function without(lines: readonly Line[], type: string, end: string): readonly Line[] {
  return lines.filter((line) => line[1] !== type || (line[0] !== end && line[2] !== end));
}
