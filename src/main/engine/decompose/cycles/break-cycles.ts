import { fewestMoves } from './fewest-moves.ts';
import { buildOrder, circlesOf, likelyOrders, type NeedCounts } from './group-order.ts';

/** Members in groups, and what each needs. */
export interface GroupedMembers {
  readonly groups: number;
  /** Group of each member. */
  readonly group: readonly number[];
  /** Pairs of members: the first needs the second. */
  readonly needs: readonly (readonly [number, number])[];
}

/** What moving a member costs: a whole number above 0, or infinity where it must stay. */
export type MoveCost = (member: number, toGroup: number) => number;

export interface Untangled {
  /** Group of each member after the moves. */
  readonly group: readonly number[];
  /** Groups in the order they can be built. */
  readonly order: readonly number[];
  /** Circles that are left because what would have to move is pinned. */
  readonly circles: readonly (readonly number[])[];
}

const mostOrders = 40;
/** Members times groups that may be looked at over all orders of one circle: large roots try fewer orders. */
const mostPlaces = 400_000;

/** How often each group needs each other. */
export function needsBetween({ groups, group, needs }: GroupedMembers): NeedCounts {
  const counts = Array.from({ length: groups }, () => Array.from({ length: groups }, () => 0));
  for (const [from, to] of needs) {
    const row = counts[group[from] ?? 0];
    const column = group[to] ?? 0;
    if (row !== undefined && group[from] !== column) row[column] = (row[column] ?? 0) + 1;
  }
  return counts;
}

/**
 * Removes circles between groups by moving single members to other groups of the same circle, never by merging groups.
 * Of the likely orders the one with the cheapest moves wins; for an order the moves are the cheapest there are.
 */
export function breakCycles(members: GroupedMembers, cost: MoveCost): Untangled {
  const group = [...members.group];
  const left: (readonly number[])[] = [];
  for (const circle of circlesOf(needsBetween(members))) {
    const inside = new Set(circle);
    const own = [...group.entries()].filter(([, id]) => inside.has(id)).map(([member]) => member);
    const numbers = new Map(own.map((member, number) => [member, number] as const));
    const needs = members.needs.flatMap(([from, to]) => {
      const [one, other] = [numbers.get(from), numbers.get(to)];
      return one === undefined || other === undefined ? [] : [[one, other] as const];
    });
    let best: { readonly cost: number; readonly places: readonly number[]; readonly order: readonly number[] } | null =
      null;
    const orders = Math.max(1, Math.min(mostOrders, Math.floor(mostPlaces / (own.length * circle.length))));
    for (const order of likelyOrders(circle, needsBetween(members), orders)) {
      const found = fewestMoves({
        places: order.length,
        present: own.map((member) => order.indexOf(group[member] ?? 0)),
        needs,
        cost: (member, place) => cost(own[member] ?? 0, order[place] ?? 0),
      });
      if (found !== null && (best === null || found.cost < best.cost)) best = { ...found, order };
    }
    if (best === null) {
      left.push(circle);
      continue;
    }
    for (const [number, member] of own.entries()) group[member] = best.order[best.places[number] ?? 0] ?? 0;
  }
  return { group, order: buildOrder(needsBetween({ ...members, group })), circles: left };
}
