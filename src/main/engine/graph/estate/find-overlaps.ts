import { nodeFlags, type GraphShape } from '#engine/ports/index.ts';
import { v4Range } from '../schema/addresses.ts';
import { codedAt, createPauses, textAt } from '../shape/index.ts';
import { addressesOf, eachRelated, type Topology } from './topology.ts';

/** A range of IPv4 addresses that a network holds. */
export interface HeldRange {
  readonly network: number;
  readonly cidr: string;
  readonly first: number;
  readonly last: number;
}

/** An outermost range with all ranges in it, its own first. */
export interface OverlapGroup {
  readonly ranges: readonly HeldRange[];
  /** Different networks among them: two at least. */
  readonly networks: number;
}

export interface Overlaps {
  /** The most networks first. */
  readonly groups: readonly OverlapGroup[];
  /** Peered networks with addresses in common. */
  readonly conflicts: readonly { readonly left: HeldRange; readonly right: HeldRange }[];
}

function isOf(shape: GraphShape, position: number, category: string): boolean {
  return codedAt(shape.categories, position) === category && ((shape.flags[position] ?? 0) & nodeFlags.stub) === 0;
}

/** The ranges of every network: its own, or those of its subnets where the network itself has none, as Google's. */
async function rangesOfNetworks(topology: Topology): Promise<readonly HeldRange[]> {
  const { shape } = topology;
  const pause = createPauses();
  const ranges: HeldRange[] = [];
  function hold(network: number, cidrs: Iterable<string>): boolean {
    const before = ranges.length;
    for (const cidr of new Set(cidrs)) {
      const range = v4Range(cidr);
      if (range !== null) ranges.push({ network, cidr, ...range });
    }
    return ranges.length > before;
  }
  const cidrsOf = (position: number): readonly string[] => [
    textAt(shape.cidrs, position),
    ...addressesOf(topology, position),
  ];
  for (let position = 0; position < shape.resources; position += 1) {
    if (position % 4096 === 0) await pause();
    if (!isOf(shape, position, 'network') || hold(position, cidrsOf(position))) continue;
    const subnets: string[] = [];
    eachRelated(topology, position, ({ type, end, other }) => {
      if (type === 'IN_NETWORK' && end === 'from' && isOf(shape, other, 'subnetwork')) subnets.push(...cidrsOf(other));
    });
    hold(position, subnets);
  }
  return ranges;
}

/** Networks that are peered, directly or by a peering that is a resource of its own; each pair once. */
function* peeredNetworks(topology: Topology, networks: Iterable<number>): Generator<readonly [number, number]> {
  const { shape } = topology;
  for (const network of networks) {
    const peers = new Set<number>();
    eachRelated(topology, network, ({ type, other }) => {
      if (type !== 'PEERED_WITH') return;
      if (isOf(shape, other, 'network')) peers.add(other);
      else {
        eachRelated(topology, other, (beyond) => {
          if (beyond.type === 'PEERED_WITH' && isOf(shape, beyond.other, 'network')) peers.add(beyond.other);
        });
      }
    });
    for (const peer of peers) if (peer > network) yield [network, peer];
  }
}

/**
 * Networks with IPv4 addresses in common. CIDR ranges hold one another or have nothing in common, so the outermost
 * ranges tell all, however many networks use the same. IPv6 ranges are given out once in the world and are left out.
 */
export async function findOverlaps(topology: Topology): Promise<Overlaps> {
  const ranges = [...(await rangesOfNetworks(topology))].sort(
    (left, right) => left.first - right.first || right.last - left.last,
  );
  const groups: HeldRange[][] = [];
  for (const range of ranges) {
    const last = groups.at(-1);
    const outermost = last?.[0];
    if (last === undefined || outermost === undefined || outermost.last < range.first) groups.push([range]);
    else last.push(range);
  }
  const counted = groups.map((members) => ({
    ranges: members,
    networks: new Set(members.map(({ network }) => network)).size,
  }));
  const byNetwork = Map.groupBy(ranges, ({ network }) => network);
  const conflicts = [...peeredNetworks(topology, byNetwork.keys())].flatMap(([one, other]) => {
    for (const left of byNetwork.get(one) ?? []) {
      const right = byNetwork.get(other)?.find((range) => range.first <= left.last && range.last >= left.first);
      if (right !== undefined) return { left, right };
    }
    return [];
  });
  return {
    groups: counted.filter(({ networks }) => networks > 1).sort((left, right) => right.networks - left.networks),
    conflicts,
  };
}
