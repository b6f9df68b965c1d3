import { createPauses, orderPositions } from '#engine/graph/shape/index.ts';
import { eachOf, stretches } from './stretches.ts';

/**
 * Orders many values by a key that has few different ones: only the keys are compared, and what has the same key stays
 * in its order. A ledger of hundreds of thousands of cells is ordered so in a fraction of the time of comparing cells,
 * and in slices, so that nobody waits for it.
 */
export async function inBuckets<Value, Key>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
  compare: (one: Key, other: Key) => number,
): Promise<readonly Value[]> {
  const buckets = new Map<Key, Value[]>();
  await eachOf(values, (value) => {
    const key = keyOf(value);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [value]);
    else bucket.push(value);
  });
  const all = [...buckets];
  const order = await orderPositions(all.length, (one, other) => {
    const [left, right] = [all[one], all[other]];
    return left === undefined || right === undefined ? 0 : compare(left[0], right[0]);
  });
  const pause = createPauses();
  const ordered: Value[] = [];
  for (const position of order) {
    for (const stretch of stretches(all[position]?.[1] ?? [])) {
      for (const value of stretch) ordered.push(value);
      await pause();
    }
  }
  return ordered;
}
