import type { Affinity } from './affinity.ts';
import { groupsOf, numbered, type Partition } from './communities.ts';

/** Groups smaller than `least` join the neighbour they have most affinity to, the smallest first; loners stay. */
export function mergeSmallGroups(partition: Partition, affinity: Affinity, least: number): Partition {
  const group = [...partition];
  const ties = new Map<number, Map<number, number>>();
  const tie = (from: number, to: number, weight: number): void => {
    const known = ties.get(from) ?? new Map<number, number>();
    known.set(to, (known.get(to) ?? 0) + weight);
    ties.set(from, known);
  };
  affinity.each((one, other, weight) => {
    const [left = 0, right = 0] = [group[one], group[other]];
    if (left === right) return;
    tie(left, right, weight);
    tie(right, left, weight);
  });
  const sizes = new Map(groupsOf(partition).map((members) => [group[members[0] ?? 0] ?? 0, members.length] as const));
  for (;;) {
    const next = [...sizes]
      .filter(([id, size]) => size < least && (ties.get(id)?.size ?? 0) > 0)
      .sort(([left, one], [right, other]) => one - other || left - right)[0]?.[0];
    if (next === undefined) return numbered(group);
    const [into = next] = strongest(ties.get(next) ?? new Map<number, number>());
    for (const [other, weight] of ties.get(next) ?? []) {
      ties.get(other)?.delete(next);
      if (other === into) continue;
      tie(into, other, weight);
      tie(other, into, weight);
    }
    ties.delete(next);
    sizes.set(into, (sizes.get(into) ?? 0) + (sizes.get(next) ?? 0));
    sizes.delete(next);
    for (const [member, id] of group.entries()) if (id === next) group[member] = into;
  }
}

function strongest(ties: ReadonlyMap<number, number>): readonly [number] | readonly [] {
  const [best] = [...ties].sort(([left, one], [right, other]) => other - one || left - right);
  return best === undefined ? [] : [best[0]];
}
