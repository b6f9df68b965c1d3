import type { Affinity } from './affinity.ts';
import { groupsOf, numbered, type Partition } from './communities.ts';

/** Merges the groups with the densest ties until no more than so many are left. */
export function mergeToCount(partition: Partition, affinity: Affinity, count: number): Partition {
  let group = numbered(partition);
  while (groupsOf(group).length > count) {
    const sizes = groupsOf(group).map((members) => members.length);
    const ties = new Map<string, { readonly one: number; readonly other: number; readonly weight: number }>();
    affinity.each((left, right, weight) => {
      const [one, other] = [group[left] ?? 0, group[right] ?? 0].sort((a, b) => a - b);
      if (one === other || one === undefined || other === undefined) return;
      const key = `${one} ${other}`;
      ties.set(key, { one, other, weight: (ties.get(key)?.weight ?? 0) + weight });
    });
    const density = ({ one, other, weight }: { one: number; other: number; weight: number }): number =>
      weight / ((sizes[one] ?? 1) * (sizes[other] ?? 1));
    const [best] = [...ties.values()].toSorted((left, right) => density(right) - density(left));
    // Without any tie left the two smallest go together.
    const [small = 0, next = 1] = [...sizes.keys()].toSorted((left, right) => (sizes[left] ?? 0) - (sizes[right] ?? 0));
    const [into, gone] = best === undefined ? [small, next] : [best.one, best.other];
    group = numbered(group.map((id) => (id === gone ? into : id)));
  }
  return group;
}
