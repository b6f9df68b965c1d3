import { z } from 'zod';

const limit = z.number().int().min(1);

/** Which runs are kept: the newest so many, and those of so many days; null for no such rule, both null for all. */
export const retentionSchema = z.object({
  runs: limit.max(100_000).nullable(),
  days: limit.max(36_500).nullable(),
});
export type Retention = z.infer<typeof retentionSchema>;

/** How much room the history takes. */
export const runHistorySchema = z.object({
  retention: retentionSchema,
  /** False until somebody on this machine set that very rule: the document may come from elsewhere. */
  followed: z.boolean(),
  bytes: z.number().int(),
  runs: z.array(
    z.object({
      run: z.number().int(),
      bytes: z.number().int(),
      /** False when the estate can not be shown any more as it stood after this run. */
      whole: z.boolean(),
    }),
  ),
});
export type RunHistory = z.infer<typeof runHistorySchema>;

/** What it would mean to remove one run. */
export const runRemovalSchema = z.object({
  run: z.number().int(),
  bytes: z.number().int(),
  /** Listings of the map of now that no later run completed; a run with any is kept. */
  cells: z.number().int(),
  /** Kept runs after which the estate could not be shown any more as it stood. */
  spoils: z.array(z.number().int()),
});
export type RunRemoval = z.infer<typeof runRemovalSchema>;

/** What the rule removes, or removed, and what it has to keep. */
export const pruningSchema = z.object({
  removed: z.array(z.object({ run: z.number().int(), bytes: z.number().int() })),
  /** Runs that the rule would let go and that stay. */
  kept: z.array(z.object({ run: z.number().int(), why: z.enum(['needed', 'looked-at']) })),
});
export type Pruning = z.infer<typeof pruningSchema>;
