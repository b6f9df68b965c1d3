import { expect, test } from 'vitest';
import { callsText } from './run-status.ts';

test.each([
  [{ made: 1204, empty: 313, throttled: 0, spared: 0 }, '1204, 26 % empty'],
  [
    { made: 900, empty: 45, throttled: 2, spared: 310 },
    '900, 5 % empty, 310 spared by a census, 2 refused as too many',
  ],
  [{ made: 0, empty: 0, throttled: 0, spared: 0 }, 'none'],
])('%j is told as %s', (calls, text) => {
  expect(callsText(calls)).toBe(text);
});
