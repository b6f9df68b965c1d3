import { nodeFlags } from '#engine/ports/index.ts';
import type { Category } from '#shared/model/index.ts';
import { textAt } from '../../shape/index.ts';
import { addressesOf, type Topology } from '../topology.ts';
import { categoryAt, cloudAt, kindAt, calledAt, nameAt, relatedTo, type Evidence } from './nodes.ts';
import { selvesOf } from './places.ts';
import { addressRange } from '../../schema/addresses.ts';
import { isPublicAddress } from '../../schema/public-address.ts';
import { familyOf, type AddressFamily } from './everybody.ts';

/** Why a resource may be reached from the internet. */
export interface Door {
  /** By a public address, or by what its own settings say. */
  readonly by: 'address' | 'setting';
  /** Of the address; null for a setting, which may mean either. */
  readonly family: AddressFamily | null;
  readonly evidence: Evidence;
}

/** What nobody sends requests to: parts of networks, rules and descriptions. */
const notReached: ReadonlySet<Category> = new Set([
  'network',
  'subnetwork',
  'route-table',
  'firewall',
  'address',
  'template',
  'disk',
  'database-group',
  'target-group',
  'role',
  'policy',
  'dns',
]);

/** Translators of addresses: their public addresses lead out, never in. */
const leadsOutKind = /nat-?gateway|\.router$|egress-only|internet-gateway$/;

/** Devices elsewhere that a VPN leads to: the cloud only keeps their addresses. */
const elsewhereKind = /\.(?:customer-gateway|localnetworkgateways|vpnsites|externalvpngateway)$/;

/** Why a resource can be no door to the internet at all, as a sentence; null for what can be one. */
export function neverReached(topology: Topology, position: number): string | null {
  const kind = kindAt(topology, position);
  const name = calledAt(topology, position);
  if (elsewhereKind.test(kind)) return `${name} stands for a device elsewhere`;
  if (!notReached.has(categoryAt(topology, position)) && !leadsOutKind.test(kind)) return null;
  return `nothing is sent to ${name} itself; look at what lies behind it`;
}

/** What one of the resource's own nodes says of a public address of a family. */
function addressEvidence(topology: Topology, position: number, family: AddressFamily): Evidence | null {
  const { shape } = topology;
  const name = calledAt(topology, position);
  const own = [...addressesOf(topology, position), textAt(shape.ips, position)].find((ip) => isPublicOf(ip, family));
  if (own !== undefined) return { text: `${name} has the public address ${own}`, at: position };
  const held = [
    ...relatedTo(topology, position, { type: 'HAS_ADDRESS', end: 'to' }),
    ...relatedTo(topology, position, { type: 'ATTACHED_TO', end: 'from' }),
  ].filter(({ other }) => categoryAt(topology, other) === 'address');
  for (const { other } of held) {
    const ip = textAt(shape.ips, other) || addressesOf(topology, other)[0];
    if (ip !== undefined && isPublicOf(ip, family)) return { text: `${name} has the public address ${ip}`, at: other };
  }
  return null;
}

function isPublicOf(address: string, family: AddressFamily): boolean {
  const range = addressRange(address);
  return range !== null && familyOf(range) === family && isPublicAddress(address);
}

/**
 * True for what is told as something else: a part of an interface or a balancer; an interface of a machine, of an
 * address translator, or of a balancer, which Amazon calls "ELB …".
 */
function standsForOther(topology: Topology, position: number): boolean {
  const owners = relatedTo(topology, position, { type: 'CONTAINS', end: 'from' });
  if (owners.some(({ other }) => ['interface', 'balancer', 'listener'].includes(categoryAt(topology, other))))
    return true;
  if (categoryAt(topology, position) !== 'interface') return false;
  const owner = relatedTo(topology, position, { type: 'ATTACHED_TO', end: 'to' });
  const users = relatedTo(topology, position, { type: 'REFERENCES', end: 'from' });
  return (
    owner.length > 0 ||
    users.some(({ other }) => leadsOutKind.test(kindAt(topology, other))) ||
    (cloudAt(topology, position) === 'aws' && nameAt(topology, position).startsWith('ELB '))
  );
}

/** Why a resource may be reached, seen over it and its interfaces, once for each family; none when nothing says so. */
export function doorsOf(topology: Topology, position: number): readonly Door[] {
  if (standsForOther(topology, position)) return [];
  const selves = selvesOf(topology, position);
  const doors = (['v4', 'v6'] as const).flatMap((family): Door[] => {
    const [evidence] = selves.flatMap((self) => addressEvidence(topology, self, family) ?? []);
    return evidence === undefined ? [] : [{ by: 'address', family, evidence }];
  });
  if (doors.length > 0 || ((topology.shape.flags[position] ?? 0) & nodeFlags.public) === 0) return doors;
  const text = `${calledAt(topology, position)} is open to the internet by its own settings`;
  return [{ by: 'setting', family: null, evidence: { text, at: position } }];
}
