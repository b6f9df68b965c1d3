import type { Interval, Schedule, ScheduleState } from '#shared/model/index.ts';

/** How often, in words. */
export const intervalNames: Readonly<Record<Interval, string>> = {
  '15m': 'every 15 minutes',
  '30m': 'every 30 minutes',
  '1h': 'every hour',
  '2h': 'every 2 hours',
  '3h': 'every 3 hours',
  '4h': 'every 4 hours',
  '6h': 'every 6 hours',
  '8h': 'every 8 hours',
  '12h': 'every 12 hours',
  '1d': 'every day',
  '2d': 'every 2 days',
  '7d': 'every week',
};

/** `every 6 hours, not from 22:00 to 06:00`. */
export function describeSchedule({ every, quiet }: Schedule): string {
  return quiet === undefined ? intervalNames[every] : `${intervalNames[every]}, not from ${quiet.from} to ${quiet.to}`;
}

/** What a schedule waits for, when it is not its time. */
export function waitingFor({ schedule, followed, nextAt, problem }: ScheduleState): string | null {
  if (schedule.paused === true) return 'paused';
  if (!followed && problem === null) return 'not followed on this machine';
  return nextAt === null ? 'cannot run' : null;
}

/** The command that writes the system's own timer. */
export function installCommand(connection: string): string {
  const word = /^[\w.-]+$/u.test(connection) ? connection : `'${connection.replaceAll("'", "'\\''")}'`;
  return `groundplan schedule install ${word}`;
}
