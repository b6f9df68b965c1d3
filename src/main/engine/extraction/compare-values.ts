import type { Json } from '#shared/base/json.ts';
import { canonicalJson, sameJson } from '../planner/index.ts';

/** One attribute that is not the same on two sides. */
interface ValueDifference {
  /** `cidr_block`, `tags.Name`, `ingress`. */
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

/**
 * Compares the attributes of one resource. Maps are compared entry by entry; lists as bags, because the provider's sets
 * have no order: only the elements that one side alone has are told.
 */
export function differencesBetween(before: Json, after: Json): readonly ValueDifference[] {
  const [left, right] = [entriesOf(before), entriesOf(after)];
  const names = [...new Set([...left.keys(), ...right.keys()])].toSorted();
  return names.flatMap((name) => attributeDifferences(name, left.get(name) ?? null, right.get(name) ?? null));
}

/** The attributes whose values are not the same to the letter. */
export function literalDifferences(before: Json, after: Json): readonly ValueDifference[] {
  const [left, right] = [entriesOf(before), entriesOf(after)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .toSorted()
    .map((path) => ({ path, before: left.get(path) ?? null, after: right.get(path) ?? null }))
    .filter((difference) => !sameJson(difference.before, difference.after));
}

function attributeDifferences(path: string, before: Json, after: Json): readonly ValueDifference[] {
  if (sameJson(before, after) || (isNothing(before) && isNothing(after))) return [];
  if (Array.isArray(before) || Array.isArray(after)) return listDifference(path, listOf(before), listOf(after));
  if (isMap(before) || isMap(after)) {
    const [left, right] = [entriesOf(before), entriesOf(after)];
    return [...new Set([...left.keys(), ...right.keys()])]
      .toSorted()
      .flatMap((key) => attributeDifferences(`${path}.${key}`, left.get(key) ?? null, right.get(key) ?? null));
  }
  return [{ path, before, after }];
}

function listDifference(path: string, before: readonly Json[], after: readonly Json[]): readonly ValueDifference[] {
  const onlyBefore = without(before, after);
  const onlyAfter = without(after, before);
  if (onlyBefore.length === 0 && onlyAfter.length === 0) return [];
  return [{ path, before: onlyBefore, after: onlyAfter }];
}

/** The elements of a bag that another does not have, counted. */
function without(items: readonly Json[], others: readonly Json[]): Json[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(canonicalJson(other), (counts.get(canonicalJson(other)) ?? 0) + 1);
  return items.filter((item) => {
    const left = counts.get(canonicalJson(item)) ?? 0;
    if (left > 0) counts.set(canonicalJson(item), left - 1);
    return left === 0;
  });
}

function isMap(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Providers say "not set" in several ways, and read back another one than was written. */
function isNothing(value: Json): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isNothing);
}

function listOf(value: Json): readonly Json[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function entriesOf(value: Json): ReadonlyMap<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map<string, Json>();
  return new Map(Object.entries(value));
}
