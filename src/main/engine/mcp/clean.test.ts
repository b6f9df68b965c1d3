import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanJson, cleanText } from './clean.ts';

test('control, bidirectional, zero-width and tag characters are removed; words, tabs and emoji stay', () => {
  expect(cleanText('prod\u202Edb\u200B-1\u0007')).toBe('proddb-1');
  expect(cleanText('a\u{E0041}\u{E0042}b')).toBe('ab');
  expect(cleanText('größe\t東京 🚀')).toBe('größe\t東京 🚀');
});

test('whatever the structure, no misleading character is left in keys or values', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' }))), (value) => {
      const cleaned = JSON.stringify(cleanJson(value));
      expect(cleaned).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u);
    }),
  );
});
