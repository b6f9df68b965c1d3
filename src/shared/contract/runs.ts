import { z } from 'zod';
import {
  pruningSchema,
  retentionSchema,
  runChangeSchema,
  runComparisonSchema,
  runDifferenceSchema,
  runGapSchema,
  runHistorySchema,
  runRemovalSchema,
} from '../model/index.ts';
import { command, query } from './procedure.ts';

const pair = z.object({ from: z.number().int(), to: z.number().int() });
const page = z.object({
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(5000).default(200),
});

/** What runs left behind: their history. */
export const runsContract = {
  /** What two runs saw, compared cell by cell: only where both saw everything can something be added or gone. */
  compare: query.input(pair).output(runComparisonSchema),
  /** The resources that differ, ordered by kind, scope, region and name; empty lists restrict nothing. */
  differences: query
    .input(
      pair.extend({
        ...page.shape,
        changes: z.array(runChangeSchema).default([]),
        kinds: z.array(z.string()).default([]),
        /** Part of a name or an id. */
        text: z.string().default(''),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(runDifferenceSchema) })),
  /** The places that could not be compared, and why. */
  gaps: query.input(pair.extend(page.shape)).output(z.object({ total: z.number().int(), rows: z.array(runGapSchema) })),
  /** How much room the runs take, and which of them the workspace's rule keeps. */
  history: query.output(runHistorySchema),
  /** Keeps a rule in `groundplan.yaml`, to be followed on this machine after each run; nothing is removed at once. */
  retain: command.input(retentionSchema).output(retentionSchema),
  /** Removes what the rule lets go, or with `dryRun` tells it: never what the map of now still rests on. */
  prune: command.input(z.object({ dryRun: z.boolean().default(false) })).output(pruningSchema),
  /** What it would mean to remove a run. */
  removal: query.input(z.object({ run: z.number().int() })).output(runRemovalSchema),
  /** Removes one run. Refused while the map of now rests on it. */
  remove: command.input(z.object({ run: z.number().int() })).output(runRemovalSchema),
};
