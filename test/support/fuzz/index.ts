import fc from 'fast-check';
import type { Json } from '#shared/base/json.ts';

/** Values that a field of another type may turn up with, and odd ones of any shape. */
const odd = fc.oneof(
  fc.constantFrom<Json>(null, '', 0, -1, true, [], {}, [[]], [null], ['x'], '/', '//', '/subscriptions/', 'é\u0000'),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

/** At each level of a body the number of the field or item to go into, counted round. */
const way = fc.array(fc.nat(50), { minLength: 1, maxLength: 7 });

/** One to four changes of a body: where, and what stands there then; undefined takes the place away. */
const changes = fc.array(fc.tuple(way, fc.option(odd, { nil: undefined })), { minLength: 1, maxLength: 4 });

/** Bodies of the given kind with one to four places replaced by something else or taken away. */
export function mutated(bodies: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc
    .tuple(bodies, changes)
    .map(([body, made]) => made.reduce<Json>((changed, [place, by]) => replaced(changed, place, by) ?? null, body));
}

function replaced(value: Json, [turn, ...rest]: readonly number[], by: Json | undefined): Json | undefined {
  if (turn === undefined || typeof value !== 'object' || value === null) return by;
  if (Array.isArray(value)) {
    if (value.length === 0) return by;
    return value.flatMap((item, index) => (index === turn % value.length ? (replaced(item, rest, by) ?? []) : [item]));
  }
  const keys = Object.keys(value);
  const key = keys[turn % Math.max(keys.length, 1)];
  if (key === undefined) return by;
  const inner = replaced(value[key] ?? null, rest, by);
  const { [key]: _old, ...others } = value;
  return inner === undefined ? others : { ...others, [key]: inner };
}
