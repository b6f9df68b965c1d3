import { expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';

test('control, bidirectional, zero-width and tag characters are removed; words, tabs and emoji stay', () => {
  expect(cleanText('prod\u202Edb\u200B-1\u0007')).toBe('proddb-1');
  expect(cleanText('a\u{E0041}\u{E0042}b')).toBe('ab');
  expect(cleanText('größe\t東京 🚀')).toBe('größe\t東京 🚀');
});
