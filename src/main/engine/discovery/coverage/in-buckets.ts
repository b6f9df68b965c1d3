/**
 * Orders many values by a key that has few different ones: only the keys are compared, and what has the same key stays
 * in its order. A ledger of hundreds of thousands of cells is ordered so in a fraction of the time of comparing cells.
 */
export function inBuckets<Value, Key>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
  compare: (one: Key, other: Key) => number,
): readonly Value[] {
  const buckets = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [value]);
    else bucket.push(value);
  }
  const ordered: Value[] = [];
  for (const [, bucket] of [...buckets].sort(([one], [other]) => compare(one, other))) {
    for (const value of bucket) ordered.push(value);
  }
  return ordered;
}
