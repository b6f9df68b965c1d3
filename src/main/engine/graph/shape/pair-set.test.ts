import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { createPairSet } from './pair-set.ts';

test('a set of pairs does what a set of texts does, over any sequence of additions and removals', () => {
  // Few numbers, so that pairs come again, and many steps, so that shards grow.
  const step = tuple(constantFrom('add', 'delete'), integer({ min: 0, max: 300 }), integer({ min: 0, max: 60 }));
  assert(
    property(array(step, { maxLength: 4000, size: 'max' }), (steps) => {
      const pairs = createPairSet();
      const naive = new Set<string>();
      for (const [action, left, right] of steps) {
        const key = `${left} ${right}`;
        const isChange = action === 'add' ? !naive.has(key) : naive.delete(key);
        if (action === 'add') naive.add(key);
        expect(action === 'add' ? pairs.add(left, right) : pairs.delete(left, right)).toBe(isChange);
        expect(pairs.has(left, right)).toBe(naive.has(key));
      }
      for (const key of naive) {
        const [left = 0, right = 0] = key.split(' ').map(Number);
        expect(pairs.has(left, right)).toBe(true);
      }
    }),
    { numRuns: 20 },
  );
});

test('holds as many as it is given', () => {
  const pairs = createPairSet();
  const all = Array.from({ length: 200_000 }, (_, index) => index);
  expect(all.every((index) => pairs.add(index, index * 7))).toBe(true);
  expect(all.every((index) => pairs.has(index, index * 7))).toBe(true);
  expect(pairs.has(199_999, 1)).toBe(false);
});
