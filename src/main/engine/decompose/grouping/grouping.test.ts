import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairWeights, type Affinity } from './affinity.ts';
import { communitiesOf, groupsOf, numbered } from './communities.ts';
import { mergeToCount } from './merge-to-count.ts';
import { placeLoners } from './place-loners.ts';
import { createPartitionFinder } from './resolutions.ts';
import { mergeSmallGroups } from './small-groups.ts';
import { wordsOf } from './words.ts';

/** So many cliques of a size, each tied to the next by one weak pair. */
function cliques(count: number, size: number): Affinity {
  const pairs = new PairWeights(count * size);
  for (let clique = 0; clique < count; clique += 1) {
    for (let one = 0; one < size; one += 1) {
      for (let other = one + 1; other < size; other += 1) pairs.add(clique * size + one, clique * size + other, 1);
    }
    if (clique > 0) pairs.add(clique * size - 1, clique * size, 0.1);
  }
  return pairs;
}

const sparse = fc
  .integer({ min: 1, max: 30 })
  .chain((size) =>
    fc.tuple(
      fc.constant(size),
      fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.integer({ min: 1, max: 5 })), { maxLength: 60 }),
    ),
  )
  .map(([size, edges]) => {
    const pairs = new PairWeights(size);
    for (const [one, other, weight] of edges) pairs.add(one, other, weight);
    return pairs;
  });

describe('communities', () => {
  it('finds what hangs together', () => {
    const partition = communitiesOf(cliques(4, 6)).agreed(1);
    expect(groupsOf(partition).map((group) => group.length)).toEqual([6, 6, 6, 6]);
  });

  it('gives every member a group, and the same answer each time', () => {
    fc.assert(
      fc.property(sparse, (affinity) => {
        const once = communitiesOf(affinity).agreed(1);
        expect(once).toHaveLength(affinity.size);
        expect(communitiesOf(affinity).agreed(1)).toEqual(once);
        expect(numbered(once)).toEqual(once);
      }),
      { numRuns: 30 },
    );
  });

  it('come in the number that is asked for', () => {
    const affinity = cliques(6, 5);
    const finder = createPartitionFinder(affinity);
    expect(groupsOf(finder.near(6))).toHaveLength(6);
    expect(groupsOf(mergeToCount(finder.atLeast(4), affinity, 4))).toHaveLength(4);
    expect(groupsOf(mergeToCount(finder.atLeast(1), affinity, 1))).toHaveLength(1);
  });
});

describe('small groups', () => {
  it('join the neighbour they have most ties to', () => {
    const pairs = new PairWeights(7);
    for (const [one, other] of [
      [0, 1],
      [1, 2],
      [3, 4],
      [4, 5],
    ] as const)
      pairs.add(one, other, 1);
    pairs.add(2, 6, 1);
    pairs.add(5, 6, 2);
    expect(mergeSmallGroups([0, 0, 0, 1, 1, 1, 2], pairs, 3)).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });

  it('never lose or double a member, and are large enough where there are ties', () => {
    fc.assert(
      fc.property(sparse, fc.integer({ min: 1, max: 6 }), (affinity, least) => {
        const start = Array.from({ length: affinity.size }, (_, member) => member);
        const merged = mergeSmallGroups(start, affinity, least);
        expect(merged).toHaveLength(affinity.size);
        const tied: number[] = [];
        affinity.each((one, other) => {
          if (merged[one] !== merged[other]) tied.push(merged[one] ?? 0, merged[other] ?? 0);
        });
        const sizes = tied.map((group) => merged.filter((other) => other === group).length);
        expect(Math.min(least, ...sizes)).toBe(least);
      }),
    );
  });

  it('go to their kind when nothing ties them', () => {
    const kinds = ['data', 'data', 'data', 'network', 'network', 'network', 'data', 'other'];
    const kindOf = (members: readonly number[]): string => kinds[members[0] ?? 0] ?? '';
    expect(placeLoners([0, 0, 0, 1, 1, 1, 2, 3], 3, kindOf)).toEqual([0, 0, 0, 1, 1, 1, 0, 2]);
  });
});

describe('words of names', () => {
  it('are split, and rid of what says nothing', () => {
    expect(wordsOf('main_apiGateway-v2')).toEqual(['api', 'gateway']);
    expect(wordsOf('this')).toEqual([]);
  });
});
