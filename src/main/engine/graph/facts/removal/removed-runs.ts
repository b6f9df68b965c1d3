import { join } from 'node:path';
import { z } from 'zod';
import { scopeFactSchema } from '#shared/model/index.ts';
import { readNdjson, type ReadLines } from '../ndjson.ts';

/** What stays of a run that was removed, so that nothing else that is known changes by it. */
const removedRunSchema = z.object({
  run: z.number().int(),
  /** Its place in time: what was seen before and after it stays in its order. */
  startedAt: z.number(),
  removedAt: z.number(),
  /** The scopes that it saw and the next run did not. */
  scopes: z.array(scopeFactSchema),
  /** Runs that are kept and whose estate can not be shown any more as it stood then. */
  spoilt: z.array(z.number().int()),
});
export type RemovedRun = z.infer<typeof removedRunSchema>;

const removedFile = 'removed.ndjson';

/** Where the runs that were removed are told, one line each. */
export function removedRunsPath(root: string): string {
  return join(root, removedFile);
}

/** The runs that were removed, with what they leave behind. */
export async function readRemovedRuns(root: string): Promise<ReadLines<RemovedRun>> {
  return readNdjson(removedRunsPath(root), { schema: removedRunSchema });
}
