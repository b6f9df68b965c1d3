import { expect, test } from 'vitest';
import { readMoment } from './past-moment.ts';

const now = Date.parse('2026-11-27T12:00:00');

test('an empty field is now, a moment of the last 35 days is that moment', () => {
  expect(readMoment(' ', now)).toBeNull();
  expect(readMoment('2026-11-20T08:30', now)).toBe(Date.parse('2026-11-20T08:30:00'));
  expect(readMoment('2026-10-23T12:00', now)).toBe(Date.parse('2026-10-23T12:00:00'));
});

test.each([
  ['2026-11-27T12:01', /has not come yet/],
  ['2026-10-23T11:59', /Google keeps 35 days/],
  ['yesterday', /Give a date and a time/],
])('%s is refused with the reason', (text, reason) => {
  expect(readMoment(text, now)).toMatch(reason);
});
