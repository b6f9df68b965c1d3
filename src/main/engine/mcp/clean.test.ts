import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanJson } from './clean.ts';

test('whatever the structure, no misleading character is left in keys or values', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' }))), (value) => {
      const cleaned = JSON.stringify(cleanJson(value));
      expect(cleaned).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u);
    }),
  );
});

test('no secret that stands in a text is left, at any depth', () => {
  const value = { log: ['fatal: https://hunter2@host/x', { note: 'password: hunter2' }], name: 'db-1' };
  expect(cleanJson(value)).toEqual({
    log: ['fatal: https://(removed)@host/x', { note: 'password: (removed)' }],
    name: 'db-1',
  });
});
