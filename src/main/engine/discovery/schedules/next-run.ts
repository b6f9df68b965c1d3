import { hash } from 'node:crypto';
import { intervals, type QuietHours, type Schedule } from '#shared/model/index.ts';

const minute = 60_000;
const usualJitterMinutes = 10;

export function jitterOf({ jitter = usualJitterMinutes }: Pick<Schedule, 'jitter'>): number {
  return jitter * minute;
}

/**
 * When a schedule runs next: its interval after it last began and up to its jitter later, the same each time one asks;
 * at once when that is past or it never ran, so that runs missed are made up by one; after the quiet hours when it
 * falls into them.
 */
export function nextRunAt(schedule: Schedule, lastAt: number | null, now: number): number {
  const due = lastAt === null ? now : lastAt + intervals[schedule.every] + delayOf(schedule, lastAt);
  const { quiet } = schedule;
  const at = Math.max(due, now);
  // A clock that was put back must not keep a schedule from running for longer than its interval.
  const latest = now + intervals[schedule.every] + jitterOf(schedule);
  const bounded = Math.min(at, latest);
  return quiet === undefined ? bounded : afterQuiet(quiet, bounded);
}

/** True when a timer of the system that fires on its own grid may map now; it may come earlier than the app would. */
export function isDue(schedule: Schedule, lastAt: number | null, now: number): boolean {
  if (schedule.quiet !== undefined && afterQuiet(schedule.quiet, now) !== now) return false;
  const interval = intervals[schedule.every];
  const early = Math.min(interval / 2, interval / 10 + jitterOf(schedule));
  return lastAt === null || now >= lastAt + interval - early || now < lastAt;
}

function delayOf(schedule: Schedule, lastAt: number): number {
  const share = Number.parseInt(hash('sha256', `${schedule.connection} ${lastAt}`, 'hex').slice(0, 8), 16) / 2 ** 32;
  return Math.floor(share * jitterOf(schedule));
}

/** The moment itself, or the end of the quiet hours it falls into, by the clock of the machine. */
export function afterQuiet({ from, to }: QuietHours, at: number): number {
  const date = new Date(at);
  const time = date.getHours() * 60 + date.getMinutes();
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  const isQuiet = begin < end ? time >= begin && time < end : time >= begin || time < end;
  if (!isQuiet) return at;
  const over = new Date(at);
  over.setHours(Math.floor(end / 60), end % 60, 0, 0);
  // Over midnight the end is tomorrow's.
  if (over.getTime() <= at) over.setDate(over.getDate() + 1);
  return over.getTime();
}

/** Minutes since midnight of `22:00`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
