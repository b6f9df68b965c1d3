import { AppError } from '#shared/errors/index.ts';
import type { FactIndex } from './fact-index.ts';

/** The index as it was once a run had ended. Throws `not-found` where that can not be told any more. */
export function upTo(index: FactIndex, run: number): FactIndex {
  const removed = index.removed.find((candidate) => candidate.run === run);
  if (removed !== undefined) {
    const day = new Date(removed.removedAt).toISOString().slice(0, 10);
    throw new AppError('not-found', `Run ${run} was removed on ${day}.`, { advice: 'Look at a run that is kept.' });
  }
  if (!index.runs.some(({ id }) => id === run)) {
    throw noRun(run);
  }
  const under = index.removed.find(({ spoilt }) => spoilt.includes(run));
  if (under === undefined) return index.upTo(run);
  throw new AppError(
    'not-found',
    `The estate can not be shown any more as it stood after run ${run}: it rested on run ${under.run}, which was removed.`,
    { advice: 'What the run itself saw is kept: compare it, or look at a later run.' },
  );
}

export function noRun(run: number): AppError {
  return new AppError('not-found', `There is no run ${run}.`, { advice: 'Look at the list of runs.' });
}
