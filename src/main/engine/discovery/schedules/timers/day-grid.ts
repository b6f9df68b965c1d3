import { intervals, type Schedule } from '#shared/model/index.ts';
import { minutesOf } from '../next-run.ts';

const day = 1440;

/**
 * The times of a day at which a timer fires, in minutes since midnight: the schedule's interval from midnight on,
 * without the quiet hours. An interval of a day or more fires once a day, right after the quiet hours or at three.
 */
export function dayGrid({ every, quiet }: Pick<Schedule, 'every' | 'quiet'>): readonly number[] {
  const step = intervals[every] / 60_000;
  const isQuiet = quietAt(quiet);
  if (step >= day) return [quiet === undefined ? 180 : minutesOf(quiet.to)];
  const all = Array.from({ length: day / step }, (_, index) => index * step);
  const open = all.filter((minute) => !isQuiet(minute));
  // Long intervals may fall into the quiet hours every time: then it fires once they are over.
  return open.length === 0 && quiet !== undefined ? [minutesOf(quiet.to)] : open;
}

function quietAt(quiet: Schedule['quiet']): (minute: number) => boolean {
  if (quiet === undefined) return () => false;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  return (minute) => (from < to ? minute >= from && minute < to : minute >= from || minute < to);
}

/** `06:30` of minutes since midnight. */
export function timeText(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
