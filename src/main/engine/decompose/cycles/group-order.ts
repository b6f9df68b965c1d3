import { seeded } from '../grouping/seeded.ts';

/** How often members of one group need members of another; groups are numbered from 0. */
export type NeedCounts = readonly (readonly number[])[];

/** Groups that need one another in a circle, each set in one list; groups outside of circles are not told. */
export function circlesOf(needs: NeedCounts): readonly (readonly number[])[] {
  const size = needs.length;
  const order: number[] = [];
  const seen = new Set<number>();
  const visit = (start: number, next: (group: number) => readonly number[], leave: (group: number) => void): void => {
    const stack = [{ group: start, left: next(start).slice() }];
    seen.add(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const other = top.left.pop();
      if (other === undefined) {
        leave(top.group);
        stack.pop();
      } else if (!seen.has(other)) {
        seen.add(other);
        stack.push({ group: other, left: next(other).slice() });
      }
    }
  };
  const forward = (group: number): readonly number[] => others(size, (other) => (needs[group]?.[other] ?? 0) > 0);
  const backward = (group: number): readonly number[] => others(size, (other) => (needs[other]?.[group] ?? 0) > 0);
  for (let group = 0; group < size; group += 1) {
    if (!seen.has(group)) visit(group, forward, (left) => order.push(left));
  }
  seen.clear();
  const circles: number[][] = [];
  for (const group of order.toReversed()) {
    if (seen.has(group)) continue;
    const circle: number[] = [];
    visit(group, backward, (left) => circle.push(left));
    if (circle.length > 1) circles.push(circle.sort((left, right) => left - right));
  }
  return circles;
}

function others(size: number, wanted: (group: number) => boolean): readonly number[] {
  return Array.from({ length: size }, (_, group) => group).filter(wanted);
}

/** References that point to a later group in an order. */
function backward(order: readonly number[], needs: NeedCounts): number {
  let count = 0;
  for (const [at, group] of order.entries()) {
    for (const later of order.slice(at + 1)) count += needs[group]?.[later] ?? 0;
  }
  return count;
}

function moved(order: readonly number[], from: number, to: number): readonly number[] {
  const rest = order.filter((_, at) => at !== from);
  return [...rest.slice(0, to), ...order.slice(from, from + 1), ...rest.slice(to)];
}

/** The cheapest orders that were seen, the first seen first among equals. */
class CheapestOrders {
  readonly #most: number;
  #kept: { readonly key: string; readonly order: readonly number[]; readonly cost: number }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes an order when it is among the cheapest; it is made only then. */
  offer(cost: number, make: () => readonly number[]): void {
    if (this.#kept.length === this.#most && cost >= (this.#kept.at(-1)?.cost ?? 0)) return;
    const order = make();
    const key = order.join();
    if (this.#kept.some((one) => one.key === key)) return;
    const at = this.#kept.findIndex((one) => one.cost > cost);
    this.#kept.splice(at === -1 ? this.#kept.length : at, 0, { key, order, cost });
    this.#kept = this.#kept.slice(0, this.#most);
  }

  all(): readonly (readonly number[])[] {
    return this.#kept.map(({ order }) => order);
  }
}

/** What it costs to have the group at one place at each other place instead: each group that is passed turns a pair. */
function costsOfMoving(
  { order, cost }: { readonly order: readonly number[]; readonly cost: number },
  from: number,
  needs: NeedCounts,
): readonly number[] {
  const costs = order.map(() => cost);
  const group = order[from] ?? 0;
  const turned = (passed: number): number => (needs[passed]?.[group] ?? 0) - (needs[group]?.[passed] ?? 0);
  for (let to = from + 1; to < order.length; to += 1) {
    costs[to] = (costs[to - 1] ?? 0) + turned(order[to] ?? 0);
  }
  for (let to = from - 1; to >= 0; to -= 1) costs[to] = (costs[to + 1] ?? 0) - turned(order[to] ?? 0);
  return costs;
}

/** Orders that the search starts from besides the one by balance. */
const shuffles = 12;

function shuffled(groups: readonly number[], random: () => number): readonly number[] {
  return groups
    .map((group) => ({ group, key: random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ group }) => group);
}

/** Puts single groups elsewhere while that makes an order cheaper; every order it passes is offered. */
function improve(start: readonly number[], needs: NeedCounts, cheapest: CheapestOrders): void {
  let best = start;
  let cost = backward(best, needs);
  cheapest.offer(cost, () => start);
  for (let improved = true; improved;) {
    improved = false;
    for (let from = 0; from < start.length; from += 1) {
      let costs = costsOfMoving({ order: best, cost }, from, needs);
      for (let to = 0; to < start.length; to += 1) {
        const found = costs[to] ?? cost;
        const before = best;
        cheapest.offer(found, () => moved(before, from, to));
        if (found >= cost) continue;
        [best, cost, improved] = [moved(best, from, to), found, true];
        costs = costsOfMoving({ order: best, cost }, from, needs);
      }
    }
  }
}

/**
 * Orders in which few needs point to a later group, the best first: candidates for the one with fewest moves. A search
 * from one order ends where no single group is worth moving, so several are begun, with a fixed seed.
 */
export function likelyOrders(
  groups: readonly number[],
  needs: NeedCounts,
  most: number,
): readonly (readonly number[])[] {
  const balance = (group: number): number =>
    groups.reduce((sum, other) => sum + (needs[group]?.[other] ?? 0) - (needs[other]?.[group] ?? 0), 0);
  const cheapest = new CheapestOrders(most);
  improve(
    groups.toSorted((left, right) => balance(left) - balance(right) || left - right),
    needs,
    cheapest,
  );
  const random = seeded(1);
  for (let start = 0; start < shuffles; start += 1) improve(shuffled(groups, random), needs, cheapest);
  return cheapest.all();
}

/** Every order of a few groups, the first being their own. */
export function allOrders(groups: readonly number[]): readonly (readonly number[])[] {
  if (groups.length <= 1) return [groups];
  return groups.flatMap((first, at) =>
    allOrders(groups.filter((_, other) => other !== at)).map((rest) => [first, ...rest]),
  );
}

/** Every group, those needed by others first; groups that do not depend on one another keep their numbers' order. */
export function buildOrder(needs: NeedCounts): readonly number[] {
  const left = new Set(needs.keys());
  const order: number[] = [];
  while (left.size > 0) {
    const free = [...left].find((group) =>
      [...left].every((other) => other === group || !(needs[group]?.[other] ?? 0)),
    );
    // Only in a circle, which the caller tells of, is none free.
    const next = free ?? [...left][0] ?? 0;
    left.delete(next);
    order.push(next);
  }
  return order;
}
