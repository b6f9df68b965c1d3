import { expect, test } from 'vitest';
import { excerptOf, offsetOf } from './places.ts';

test('a place is found in the text, and one behind it is its end', () => {
  expect(offsetOf('MATCH (r)\nRETURN x', { line: 2, column: 8 })).toBe(17);
  expect(offsetOf('a', { line: 5, column: 1 })).toBe(1);
});

test('a line is shown with a mark under the place', () => {
  expect(excerptOf('MATCH (r)\nRETURN foo', { line: 2, column: 8, length: 3 })).toBe('RETURN foo\n       ^^^');
});
