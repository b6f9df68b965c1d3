import type { ComparedRuns } from '#engine/ports/index.ts';
import type { FactIndex } from '../fact-index.ts';
import { compareRuns, type RunPair } from './compare-runs.ts';

/** Compares two runs, or hands out the last comparison again while its runs stay as they are. */
export function createComparisonCache(): (
  index: FactIndex,
  runs: RunPair,
  signal: AbortSignal,
) => Promise<ComparedRuns> {
  let last: { readonly key: string; readonly compared: ComparedRuns } | null = null;
  return async (index, runs, signal) => {
    const key = [runs.from, runs.to].map((run) => stateOf(index, run)).join(' → ');
    if (last?.key === key) return last.compared;
    const compared = await compareRuns(index, runs, signal);
    last = { key, compared };
    return compared;
  };
}

/** Another text whenever a run has more to say: it was still under way, or was taken up again. */
function stateOf({ runs }: FactIndex, id: number): string {
  const run = runs.find((candidate) => candidate.id === id);
  return [id, run?.status, run?.finishedAt, run?.cells, run?.resources].join(' ');
}
