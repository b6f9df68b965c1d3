import { z } from 'zod';
import { command } from './procedure.ts';

/** Large selections of resources, kept so that one short id stands for them wherever ids are taken. */
export const selectionsContract = {
  /** Answers the id. The same resources get the same id. */
  keep: command
    .input(z.object({ ids: z.array(z.string().min(1)).min(1).max(1_000_000) }))
    .output(z.object({ id: z.string() })),
};
