import { z } from 'zod';
import { connectionNameSchema } from './discovery.ts';

/** How often a connection can be mapped, with its milliseconds. */
export const intervals = {
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '2h': 7_200_000,
  '3h': 10_800_000,
  '4h': 14_400_000,
  '6h': 21_600_000,
  '8h': 28_800_000,
  '12h': 43_200_000,
  '1d': 86_400_000,
  '2d': 172_800_000,
  '7d': 604_800_000,
} as const;
export const intervalSchema = z.enum(
  Object.keys(intervals) as [Interval, ...Interval[]],
  `Give one of ${Object.keys(intervals).join(', ')}.`,
);
export type Interval = keyof typeof intervals;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time of day such as 22:00.');

/** When nothing is mapped, by the clock of the machine; over midnight when it ends before it begins. */
export const quietHoursSchema = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, 'Quiet hours that never end leave no time to map.');
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** When a connection is mapped by itself, as `groundplan.yaml` keeps it. */
export const scheduleSchema = z.strictObject({
  /** The connection's name. */
  connection: connectionNameSchema.min(1),
  every: intervalSchema,
  /** Minutes by which a run may begin later, so that not all begin at once; ten when absent. */
  jitter: z.number().int().min(0).max(720).optional(),
  quiet: quietHoursSchema.optional(),
  paused: z.boolean().optional(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** A schedule and what became of it. */
export const scheduleStateSchema = z.object({
  schedule: scheduleSchema,
  /** False until somebody on this machine said so: the document may come from elsewhere, or lead elsewhere now. */
  followed: z.boolean(),
  /** When it runs next while the app runs; now or earlier when it is due; null while it is paused, not followed or cannot run. */
  nextAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  /** The run it started last, and how that ended; null when there is none any more. */
  lastRun: z.object({ id: z.number().int(), status: z.string() }).nullable(),
  /** Why the last one could not begin, or why none can; null when all is well. */
  problem: z.string().nullable(),
  /** The system's own timer, for when the app does not run: where it was written; null where there is none. */
  timer: z.string().nullable(),
});
export type ScheduleState = z.infer<typeof scheduleStateSchema>;
