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
