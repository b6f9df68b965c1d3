import { fewestMoves, needsOf, type Needs, type Placed } from './fewest-moves.ts';
import { allOrders, buildOrder, circlesOf, likelyOrders, type NeedCounts } from './group-order.ts';

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

/** Circles of so many groups are tried in every order. */
const tryAll = 5;
const mostOrders = 5;
/** Stands for infinity where costs are added up. */
const pinnedCost = 2 ** 30;

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
 * What it costs at least to have each group built before each other: all that need something move, or all that is
 * needed does. References would count a resource that many refer to many times, though it moves once.
 */
function costsBetween(members: GroupedMembers, cost: MoveCost): NeedCounts {
  const sides = new Map<number, { readonly from: Set<number>; readonly to: Set<number> }>();
  const { groups, group } = members;
  for (const [from, to] of members.needs) {
    const [one = 0, other = 0] = [group[from], group[to]];
    if (one === other) continue;
    const key = one * groups + other;
    const side = sides.get(key) ?? { from: new Set<number>(), to: new Set<number>() };
    side.from.add(from);
    side.to.add(to);
    sides.set(key, side);
  }
  const sum = (moved: ReadonlySet<number>, to: number): number =>
    [...moved].reduce((total, member) => total + Math.min(cost(member, to), pinnedCost), 0);
  const costs = Array.from({ length: groups }, () => Array.from({ length: groups }, () => 0));
  for (const [key, { from, to }] of sides) {
    const [one, other] = [Math.floor(key / groups), key % groups];
    const row = costs[one];
    if (row !== undefined) row[other] = Math.min(sum(from, other), sum(to, one));
  }
  return costs;
}

/** The members of one circle with their own numbers. */
interface Circle {
  readonly own: readonly number[];
  readonly needs: Needs;
}

function membersOf(circle: readonly number[], { group, needs }: GroupedMembers): Circle {
  const inside = new Set(circle);
  const own = [...group.entries()].filter(([, id]) => inside.has(id)).map(([member]) => member);
  const numbers = new Map(own.map((member, number) => [member, number] as const));
  const pairs = needs.flatMap(([from, to]) => {
    const [one, other] = [numbers.get(from), numbers.get(to)];
    return one === undefined || other === undefined ? [] : [[one, other] as const];
  });
  return { own, needs: needsOf(own.length, pairs) };
}

/**
 * Removes circles between groups by moving single members to other groups of the same circle, never by merging groups.
 * Of the likely orders the one with the cheapest moves wins; for an order the moves are the cheapest there are.
 */
export function breakCycles(members: GroupedMembers, cost: MoveCost): Untangled {
  const group = [...members.group];
  const left: (readonly number[])[] = [];
  const circles = circlesOf(needsBetween(members));
  const costs = circles.length === 0 ? [] : costsBetween(members, cost);
  for (const circle of circles) {
    const { own, needs } = membersOf(circle, members);
    let best: (Placed & { readonly order: readonly number[] }) | null = null;
    const orders = circle.length <= tryAll ? allOrders(circle) : likelyOrders(circle, costs, mostOrders);
    for (const order of orders) {
      const placeOf = new Map(order.map((id, place) => [id, place] as const));
      const found = fewestMoves({
        present: own.map((member) => placeOf.get(members.group[member] ?? 0) ?? 0),
        needs,
        cost: (member, place) => cost(own[member] ?? 0, order[place] ?? 0),
      });
      if (found !== null && (best === null || found.cost < best.cost)) best = { ...found, order };
    }
    if (best === null) {
      left.push(circle);
      continue;
    }
    for (const [number, place] of best.moves) group[own[number] ?? 0] = best.order[place] ?? 0;
  }
  return { group, order: buildOrder(needsBetween({ ...members, group })), circles: left };
}
