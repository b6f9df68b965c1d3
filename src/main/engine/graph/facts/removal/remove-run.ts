import { appendFile, rename, rm } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import type { FactIndex } from '../fact-index.ts';
import { runDirectory } from '../layout.ts';
import { flushFile } from '../parts.ts';
import { removedRunsPath, type RemovedRun } from './removed-runs.ts';

export interface RemoveOptions {
  readonly root: string;
  readonly run: number;
  readonly removedAt: number;
  readonly spoilt: readonly number[];
}

/**
 * Removes a run. First it is written down with what must outlast it, then its folder goes: whenever the power goes
 * in between, it counts as removed and the folder is cleared away later. Throws `not-found`, `read-only`.
 */
export async function removeRun(index: FactIndex, { root, run: id, ...options }: RemoveOptions): Promise<void> {
  const run = index.runs.find((candidate) => candidate.id === id);
  if (run === undefined) {
    throw new AppError('not-found', `There is no run ${id}.`, { advice: 'Look at the list of runs.' });
  }
  const { removedAt, spoilt } = options;
  const removed: RemovedRun = {
    run: id,
    startedAt: run.startedAt,
    removedAt,
    scopes: [...index.scopesLeftBy(id)],
    spoilt: [...spoilt],
  };
  const path = removedRunsPath(root);
  try {
    await appendFile(path, `${JSON.stringify(removed)}\n`);
    await flushFile(path);
    await clearRun(root, id);
  } catch (cause) {
    throw new AppError('read-only', `Run ${id} could not be removed from ${root}: ${String(cause)}.`, {
      advice: 'Make the folder writable and try again.',
      details: { run: id },
      cause,
    });
  }
}

/** Takes the folder of a removed run away; one that is half gone has another name and is never read. */
async function clearRun(root: string, run: number): Promise<void> {
  const directory = runDirectory(root, run);
  const leaving = `${directory}.removed`;
  await rename(directory, leaving).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rm(leaving, { recursive: true, force: true });
}
