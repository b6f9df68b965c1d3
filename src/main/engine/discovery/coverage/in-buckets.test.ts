import { expect, test } from 'vitest';
import { inBuckets } from './in-buckets.ts';

const bySize = (one: number, other: number): number => one - other;

test('orders by key and leaves what has the same key in its order', async () => {
  // As many keys as values, and few: more than what is sorted, and looked at, at once.
  const values = Array.from({ length: 30_000 }, (_, index) => ({
    index,
    many: (index * 7919) % 29_989,
    few: index % 3,
  }));
  for (const key of ['many', 'few'] as const) {
    const ordered = await inBuckets(values, (value) => value[key], bySize);
    expect(ordered).toEqual(values.toSorted((one, other) => one[key] - other[key] || one.index - other.index));
  }
  expect(await inBuckets([], () => 0, bySize)).toEqual([]);
});
