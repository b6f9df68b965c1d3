import { expect, test } from 'vitest';
import { callsText } from './run-status.ts';

test.each([
  [{ made: 1204, empty: 313, throttled: 0, spared: 0 }, '1204, 26 % empty'],
  [{ made: 0, empty: 0, throttled: 0, spared: 0 }, 'none'],
])('%j is told as %s', (calls, text) => {
  expect(callsText(calls)).toBe(text);
});
