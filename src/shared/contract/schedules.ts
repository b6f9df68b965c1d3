import { z } from 'zod';
import { scheduleSchema, scheduleStateSchema } from '../model/index.ts';
import { command, query } from './procedure.ts';

const states = z.array(scheduleStateSchema);

/** Mapping by itself: kept in `groundplan.yaml`, followed while the app runs or by the system's own timer. */
export const schedulesContract = {
  list: query.output(states),
  /** Keeps the schedule of a connection, replacing the one it had. */
  save: command.input(scheduleSchema).output(states),
  /** Takes the schedule of a connection away; a timer of the system is removed on the command line. */
  remove: command.input(z.object({ connection: z.string() })).output(states),
  /** Maps what is due: of one connection, or the one that waits longest. What is not due yet is not mapped. */
  startDue: command
    .input(z.object({ connection: z.string().nullable().default(null) }))
    .output(z.object({ run: z.number().int().nullable(), connection: z.string().nullable(), why: z.string() })),
};
