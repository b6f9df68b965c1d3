import type { Overlaps } from '#shared/model/index.ts';
import { findOverlaps, type HeldRange } from './find-overlaps.ts';
import type { GraphAccess } from './graph-access.ts';
import { namedAt } from './named.ts';
import { readTopology } from './topology.ts';

/** Networks told of one range at most. */
const networksTold = 50;

export async function readOverlaps(graph: GraphAccess, { limit }: { readonly limit: number }): Promise<Overlaps> {
  const topology = await readTopology(graph);
  const { groups, conflicts } = await graph.once('overlaps', () => findOverlaps(topology));
  const named = ({ network, cidr }: HeldRange) => ({ ...namedAt(topology.shape, network), cidr });
  return {
    groups: groups.slice(0, limit).map(({ ranges, networks }) => ({
      cidr: ranges[0]?.cidr ?? '',
      total: networks,
      networks: ranges.slice(0, networksTold).map(named),
    })),
    groupsTotal: groups.length,
    conflicts: conflicts.slice(0, limit).map(({ left, right }) => ({ left: named(left), right: named(right) })),
  };
}
