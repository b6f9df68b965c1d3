import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '#shared/model/index.ts';
import { coverageFile, scopesFile } from './layout.ts';
import { countLedger, type SealedCell } from './ledger.ts';
import { writeRunRecord } from './run-record.ts';

/**
 * Makes a run that was cancelled, or whose process died, ready to be written on: its record says that it runs, and
 * lines that were cut off in the middle are gone, so that none is joined to the next. Answers with the record.
 */
export async function reopenRun(
  directory: string,
  { before, complete }: { readonly before: Run; readonly complete: readonly SealedCell[] },
): Promise<Run> {
  for (const name of [coverageFile, scopesFile]) await cutTornLine(join(directory, name));
  const run: Run = {
    ...before,
    // What was not complete is looked at again, and counted then.
    ...countLedger(complete),
    status: 'running',
    finishedAt: null,
    error: null,
    resumed: (before.resumed ?? 0) + 1,
  };
  await writeRunRecord(directory, run);
  return run;
}

async function cutTornLine(path: string): Promise<void> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const whole = bytes === null ? 0 : bytes.lastIndexOf(0x0a) + 1;
  if (bytes !== null && whole < bytes.length) await truncate(path, whole);
}
