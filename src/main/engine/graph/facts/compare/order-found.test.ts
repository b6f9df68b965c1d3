import { array, assert, asyncProperty, constantFrom, record } from 'fast-check';
import { expect, test } from 'vitest';
import { orderFound } from './order-found.ts';
import type { Found } from './read-attributes.ts';

const pause = (): undefined => undefined;
const fields = ['kind', 'scopeId', 'region', 'name', 'id'] as const;

function plainly(found: readonly Found[]): readonly Found[] {
  return found.toSorted(({ row: left }, { row: right }) => {
    const field = fields.find((name) => left[name] !== right[name]);
    return field === undefined ? 0 : left[field] < right[field] ? -1 : 1;
  });
}

function foundOf(texts: Partial<Found['row']>): Found {
  const row = { id: 'i', kind: 'k', name: 'n', scopeId: 's', region: 'r' };
  return { row: { change: 'added', cloud: 'aws', nativeId: 'x', ...row, ...texts }, sides: null };
}

const text = constantFrom('a', 'b', 'B', 'ä', '');
const some = record({ kind: text, scopeId: text, region: text, name: text, id: text }).map(foundOf);

test('differences stand as if each were compared with each, equal ones as they came', async () => {
  await assert(
    asyncProperty(array(some, { maxLength: 60 }), async (found) => {
      const ordered = await orderFound(found, pause);
      expect(ordered).toEqual(plainly(found));
      expect(ordered.map((one) => found.indexOf(one))).toEqual(plainly(found).map((one) => found.indexOf(one)));
    }),
  );
});

test('many of one place stand in order too', async () => {
  const found = Array.from({ length: 5000 }, (_, at) => foundOf({ name: `n${(at * 7919) % 1000}`, id: `i${at % 13}` }));
  expect(await orderFound(found, pause)).toEqual(plainly(found));
});
