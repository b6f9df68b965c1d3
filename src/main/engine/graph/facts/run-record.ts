import { mkdir, open, readFile, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { runSchema, type Run } from '#shared/model/index.ts';
import { countLedger, type SealedCell } from './ledger.ts';
import { runDirectory, runFile, runOfDirectory } from './layout.ts';

/** The runs under the facts folder, newest first; a folder that does not exist yet has none. */
export async function listRuns(root: string): Promise<readonly number[]> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .map(runOfDirectory)
    .filter((run) => run !== null)
    .sort((left, right) => right - left);
}

/**
 * Makes the folder of the next run, whose number is above `used`: the number of a run that was removed is never given
 * again. Making the folder takes the number, so two runs never share one.
 */
export async function allocateRun(root: string, used: number): Promise<number> {
  await mkdir(root, { recursive: true });
  const [last = 0] = await listRuns(root);
  const newest = Math.max(last, used);
  for (let run = newest + 1; run < newest + 1000; run += 1) {
    try {
      await mkdir(runDirectory(root, run));
      return run;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  throw new AppError('conflict', `No free run number was found in ${root}.`, {
    advice: 'Look for folders with numbers as names that are not runs, and move them away.',
  });
}

/** Writes a file so that a reader sees the old or the new one, never half of one. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

export async function writeRunRecord(directory: string, run: Run): Promise<void> {
  await writeWhole(join(directory, runFile), `${JSON.stringify(run, null, 2)}\n`);
}

/** A run that is not being written now but has no end: the process died in it. What it sealed is kept. */
export async function readRunRecord(
  root: string,
  options: { readonly run: number; readonly cells: readonly SealedCell[]; readonly isActive: boolean },
): Promise<Run> {
  const directory = runDirectory(root, options.run);
  let record: Run;
  try {
    record = runSchema.parse(JSON.parse(await readFile(join(directory, runFile), 'utf8')));
  } catch {
    // The record only repeats what the ledger says; without it the run is still told, with what is known.
    const { mtimeMs } = await stat(directory);
    return {
      id: options.run,
      source: 'live',
      clouds: [],
      status: 'failed',
      startedAt: Math.round(mtimeMs),
      finishedAt: null,
      appVersion: '',
      ...countLedger(options.cells),
      error: `The record of this run cannot be read (${join(directory, runFile)}); its sealed cells are kept.`,
    };
  }
  if (record.status !== 'running') return record;
  const counts = countLedger(options.cells);
  if (options.isActive) return { ...record, ...counts };
  const error = 'Groundplan ended during this run; the cells that were complete are kept.';
  return { ...record, ...counts, status: 'failed', error };
}
