/** A record without some keys; the same order otherwise. */
export function without<Value>(record: Readonly<Record<string, Value>>, keys: Iterable<string>): Record<string, Value> {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)));
}

/** A record with one key renamed in its place, so that files keep their order. */
export function withKeyRenamed<Value>(
  record: Readonly<Record<string, Value>>,
  from: string,
  to: string,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? to : key, value]));
}

/** A record with every value mapped; entries mapped to undefined are left out. */
export function mapRecord<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result | undefined,
): Record<string, Result> {
  const result: Record<string, Result> = {};
  for (const [key, value] of Object.entries(record)) {
    const mapped = map(value, key);
    if (mapped !== undefined) result[key] = mapped;
  }
  return result;
}

/** Whether two JSON-like values are the same; the order of keys does not count. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const leftEntries = Object.entries(left).filter(([, value]) => value !== undefined);
  const rightMap = new Map(Object.entries(right).filter(([, value]) => value !== undefined));
  return (
    leftEntries.length === rightMap.size &&
    leftEntries.every(([key, value]) => rightMap.has(key) && sameValue(value, rightMap.get(key)))
  );
}
