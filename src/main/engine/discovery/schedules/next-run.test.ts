import { describe, expect, test } from 'vitest';
import type { Schedule } from '#shared/model/index.ts';
import { afterQuiet, isDue, nextRunAt } from './next-run.ts';

const hour = 3_600_000;
const at = (hours: number, minutes = 0, day = 5) => new Date(2026, 0, day, hours, minutes).getTime();
const sixHourly: Schedule = { connection: 'shop', every: '6h', jitter: 0 };

describe('the next run', () => {
  test('is at once when it never ran, and once when some were missed', () => {
    expect(nextRunAt(sixHourly, null, at(9))).toBe(at(9));
    expect(nextRunAt(sixHourly, at(9, 0, 1), at(9))).toBe(at(9));
    expect(nextRunAt(sixHourly, at(9), at(9, 1))).toBe(at(15));
  });

  test('is later by less than the jitter, the same each time and another for another run', () => {
    const schedule: Schedule = { ...sixHourly, jitter: 30 };
    const next = [9, 10, 11].map((hours) => nextRunAt(schedule, at(hours), at(hours)) - at(hours) - 6 * hour);
    for (const delay of next) {
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThan(hour / 2);
    }
    expect(new Set(next).size).toBe(3);
    expect(nextRunAt(schedule, at(9), at(10))).toBe(nextRunAt(schedule, at(9), at(9)));
  });

  test('waits for the end of the quiet hours', () => {
    const schedule: Schedule = { ...sixHourly, quiet: { from: '22:00', to: '06:30' } };
    expect(nextRunAt(schedule, at(17), at(18))).toBe(at(6, 30, 6));
    expect(nextRunAt(schedule, null, at(2))).toBe(at(6, 30));
    expect(nextRunAt(schedule, at(9), at(10))).toBe(at(15));
  });

  test('does not wait for a clock that was put back', () => {
    expect(nextRunAt(sixHourly, at(9, 0, 20), at(9))).toBe(at(15));
  });
});

test.each([
  ['08:00', '17:00', at(12), at(17)],
  ['08:00', '17:00', at(17), at(17)],
  ['08:00', '17:00', at(7, 59), at(7, 59)],
  ['22:00', '06:00', at(23), at(6, 0, 6)],
  ['22:00', '06:00', at(5, 59), at(6)],
  ['22:00', '06:00', at(12), at(12)],
])('quiet from %s to %s', (from, to, moment, over) => {
  expect(afterQuiet({ from, to }, moment)).toBe(over);
});

describe('what a timer of the system finds due', () => {
  test('is what ran an interval ago, give or take its delay', () => {
    const schedule: Schedule = { ...sixHourly, jitter: 10 };
    expect(isDue(schedule, null, at(9))).toBe(true);
    expect(isDue(schedule, at(3), at(9))).toBe(true);
    expect(isDue(schedule, at(3, 10), at(9))).toBe(true);
    expect(isDue(schedule, at(5), at(9))).toBe(false);
    expect(isDue(schedule, at(9, 0, 20), at(9))).toBe(true);
  });

  test('is nothing in the quiet hours', () => {
    expect(isDue({ ...sixHourly, quiet: { from: '08:00', to: '10:00' } }, null, at(9))).toBe(false);
  });
});
