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

/** Orders in which few references point to a later group, the best first: candidates for the one with fewest moves. */
export function likelyOrders(
  groups: readonly number[],
  needs: NeedCounts,
  most: number,
): readonly (readonly number[])[] {
  const balance = (group: number): number =>
    groups.reduce((sum, other) => sum + (needs[group]?.[other] ?? 0) - (needs[other]?.[group] ?? 0), 0);
  let best = groups.toSorted((left, right) => balance(left) - balance(right) || left - right);
  const known = new Map<string, { readonly order: readonly number[]; readonly cost: number }>();
  for (let improved = true; improved;) {
    improved = false;
    let cost = backward(best, needs);
    known.set(best.join(), { order: best, cost });
    for (let from = 0; from < groups.length; from += 1) {
      for (let to = 0; to < groups.length; to += 1) {
        const order = moved(best, from, to);
        const found = backward(order, needs);
        known.set(order.join(), { order, cost: found });
        if (found >= cost) continue;
        [best, cost, improved] = [[...order], found, true];
      }
    }
  }
  return [...known.values()]
    .sort((left, right) => left.cost - right.cost)
    .slice(0, most)
    .map(({ order }) => order);
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
