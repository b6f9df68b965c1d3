import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakCycles, needsBetween, type GroupedMembers } from './break-cycles.ts';
import { fewestMoves, needsOf } from './fewest-moves.ts';
import { allOrders, buildOrder, circlesOf, likelyOrders } from './group-order.ts';

/** Members in groups, with needs that go one way only between members, as those of a root do. */
const tangled: fc.Arbitrary<GroupedMembers> = fc
  .record({ groups: fc.integer({ min: 1, max: 5 }), size: fc.integer({ min: 1, max: 14 }) })
  .chain(({ groups, size }) =>
    fc.record({
      groups: fc.constant(groups),
      group: fc.array(fc.nat(groups - 1), { minLength: size, maxLength: size }),
      needs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 2 * size }),
    }),
  )
  .map(({ groups, group, needs }) => ({
    groups,
    group,
    needs: needs.flatMap(([one, other]): [number, number][] =>
      one === other ? [] : [one < other ? [other, one] : [one, other]],
    ),
  }));

function isOrder(order: readonly number[], members: GroupedMembers): boolean {
  const counts = needsBetween(members);
  return order.every((group, at) => order.slice(at + 1).every((later) => (counts[group]?.[later] ?? 0) === 0));
}

describe('removing cycles between groups', () => {
  it('leaves none, and an order in which everything can be built', () => {
    fc.assert(
      fc.property(tangled, (members) => {
        const { group, order, circles } = breakCycles(members, () => 1);
        expect(circles).toEqual([]);
        expect(circlesOf(needsBetween({ ...members, group }))).toEqual([]);
        expect(isOrder(order, { ...members, group })).toBe(true);
      }),
    );
  });

  it('leaves a tidy division alone, and what is pinned where it is', () => {
    fc.assert(
      fc.property(tangled, fc.nat(13), (members, pinned) => {
        const cost = (member: number): number => (member === pinned ? Number.POSITIVE_INFINITY : 1);
        const once = breakCycles(members, cost);
        expect(once.group[pinned]).toBe(members.group[pinned]);
        expect(breakCycles({ ...members, group: once.group }, cost).group).toEqual(once.group);
      }),
    );
  });

  it('says which groups are tied by pins alone', () => {
    const members = {
      groups: 2,
      group: [0, 1, 0],
      needs: [
        [1, 0],
        [2, 1],
      ] as const,
    };
    expect(breakCycles(members, () => Number.POSITIVE_INFINITY)).toMatchObject({
      circles: [[0, 1]],
      group: members.group,
    });
    expect(breakCycles(members, (member) => (member === 2 ? 1 : Number.POSITIVE_INFINITY)).group).toEqual([0, 1, 1]);
  });

  it('moves the cheaper side', () => {
    // Member 1 of group 1 needs 0 of group 0; 2 and 3 of group 0 need 1.
    const members = {
      groups: 2,
      group: [0, 1, 0, 0],
      needs: [
        [1, 0],
        [2, 1],
        [3, 1],
      ] as const,
    };
    const groupWith = (...costs: number[]): readonly number[] =>
      breakCycles(members, (member) => costs[member] ?? 1).group;
    expect(groupWith(1, 9)).toEqual([1, 1, 0, 0]);
    expect(groupWith(9, 1)).toEqual([0, 0, 0, 0]);
    expect(groupWith(9, 9)).toEqual([0, 1, 1, 1]);
  });
});

describe('a ring of groups that need their neighbours both ways', () => {
  // Each group holds something that nobody needs and that needs the next group, and the like for the one before.
  const size = 16;
  const next = (group: number, step: number): number => (group + step + size) % size;
  const group = Array.from({ length: 3 * size }, (_, member) => Math.floor(member / 3));
  const needs = Array.from({ length: size }, (_, id): [number, number][] => [
    [3 * id + 1, 3 * next(id, 1)],
    [3 * id + 2, 3 * next(id, -1)],
  ]).flat();

  it('loses at most one member for each pair', () => {
    const untangled = breakCycles({ groups: size, group, needs }, () => 1);
    expect(untangled.circles).toEqual([]);
    const moved = untangled.group.filter((to, member) => to !== group[member]);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.length).toBeLessThanOrEqual(size);
  });
});

describe('fewestMoves', () => {
  it('finds as cheap an answer as trying them all', () => {
    const placing = fc
      .record({ places: fc.integer({ min: 1, max: 3 }), size: fc.integer({ min: 1, max: 6 }) })
      .chain(({ places, size }) =>
        fc.record({
          places: fc.constant(places),
          present: fc.array(fc.nat(places - 1), { minLength: size, maxLength: size }),
          costs: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: size, maxLength: size }),
          needs: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 8 }),
        }),
      );
    fc.assert(
      fc.property(placing, ({ places, present, costs, needs }) => {
        const cost = (member: number): number => costs[member] ?? 1;
        const total = (chosen: readonly number[]): number =>
          chosen.reduce((sum, place, member) => sum + (place === present[member] ? 0 : cost(member)), 0);
        const fits = (chosen: readonly number[]): boolean =>
          needs.every(([one, other]) => (chosen[one] ?? 0) >= (chosen[other] ?? 0));
        const all = present.reduce<readonly (readonly number[])[]>(
          (found) => found.flatMap((chosen) => Array.from({ length: places }, (_, place) => [...chosen, place])),
          [[]],
        );
        const best = Math.min(...all.filter(fits).map(total));
        const found = fewestMoves({ present, needs: needsOf(present.length, needs), cost });
        const chosen = present.map((own, member) => found?.moves.get(member) ?? own);
        expect(found?.cost).toBe(best);
        expect(fits(chosen)).toBe(true);
        expect(total(chosen)).toBe(best);
      }),
    );
  });
});

describe('the order of groups', () => {
  it('builds what is needed first, and otherwise keeps the order', () => {
    const needs = [
      [0, 0, 2, 0],
      [0, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
    ];
    expect(buildOrder(needs)).toEqual([1, 2, 0, 3]);
    expect(circlesOf(needs)).toEqual([]);
  });

  it('knows every circle', () => {
    const needs = [
      [0, 1, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [1, 0, 0, 0, 0],
      [0, 0, 0, 0, 1],
      [1, 0, 0, 1, 0],
    ];
    expect(
      circlesOf(needs)
        .map((circle) => circle.join())
        .sort(),
    ).toEqual(['0,1,2', '3,4']);
  });

  it('knows every order of a few groups', () => {
    expect(new Set(allOrders([4, 7, 9]).map((order) => order.join()))).toEqual(
      new Set(['4,7,9', '4,9,7', '7,4,9', '7,9,4', '9,4,7', '9,7,4']),
    );
  });

  it('tries orders with few references to later groups first, each once', () => {
    const sizes = fc.integer({ min: 2, max: 6 });
    const matrices = sizes.chain((size) =>
      fc.array(fc.array(fc.nat(4), { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
    );
    const costOf = (order: readonly number[], needs: readonly (readonly number[])[]): number =>
      order.reduce(
        (sum, group, at) => sum + order.slice(at + 1).reduce((all, later) => all + (needs[group]?.[later] ?? 0), 0),
        0,
      );
    fc.assert(
      fc.property(matrices, fc.integer({ min: 1, max: 9 }), (needs, most) => {
        const orders = likelyOrders([...needs.keys()], needs, most);
        const costs = orders.map((order) => costOf(order, needs));
        expect(costs).toEqual(costs.toSorted((left, right) => left - right));
        expect(new Set(orders.map((order) => order.join())).size).toBe(orders.length);
        expect(orders.length).toBeLessThanOrEqual(most);
        expect(orders.length).toBeGreaterThan(0);
        for (const order of orders) expect(order.toSorted((left, right) => left - right)).toEqual([...needs.keys()]);
        // No single group can be put elsewhere in the best one for less.
        const [best = []] = orders;
        for (const from of best.keys()) {
          for (const to of best.keys()) {
            const rest = best.filter((_, at) => at !== from);
            const other = [...rest.slice(0, to), best[from] ?? 0, ...rest.slice(to)];
            expect(costOf(other, needs)).toBeGreaterThanOrEqual(costs[0] ?? 0);
          }
        }
      }),
    );
  });
});
