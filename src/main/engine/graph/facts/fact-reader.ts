import { AppError } from '#shared/errors/index.ts';
import type { FactReader } from '#engine/ports/index.ts';
import type { CoverageCell } from '#shared/model/index.ts';
import { archivedFacts } from './archived-facts.ts';
import type { CellRecord } from './chains.ts';
import type { FactIndex } from './fact-index.ts';
import { createFactView, newestCoverage } from './fact-view.ts';
import { findBodies } from './find-bodies.ts';
import { findFact, findHistory, findLookedSince } from './find-resource.ts';
import type { ReadFile } from './parts.ts';

const cellsOf = new WeakMap<readonly CellRecord[], readonly CoverageCell[]>();

/** The cells of one run; the same list for the same records. */
function runCoverage(records: readonly CellRecord[]): readonly CoverageCell[] {
  const cells = cellsOf.get(records) ?? records.map(({ sealed }) => sealed.cell);
  cellsOf.set(records, cells);
  return cells;
}

/** Reads what the runs of an index know; the index is asked for at every question. */
export function createFactReader(
  index: () => Promise<FactIndex>,
  { root, asOf, readFile }: { readonly root: string; readonly asOf: number | null; readonly readFile?: ReadFile },
): FactReader {
  return {
    async runs() {
      return (await index()).runs;
    },
    async coverage(run) {
      const current = await index();
      if (run === null) return newestCoverage(current);
      const records = current.records.get(run);
      if (records !== undefined) return runCoverage(records);
      throw new AppError('not-found', `There is no run ${run}.`, { advice: 'Look at the list of runs.' });
    },
    async knownScopes() {
      return (await index()).scopes;
    },
    async view(signal) {
      const current = await index();
      signal.throwIfAborted();
      return createFactView(current, signal, readFile);
    },
    async source() {
      const active = (await index()).runs.filter(({ status }) => status === 'running').map(({ id }) => id);
      return { root, asOf, active };
    },
    async *archived(signal) {
      yield* archivedFacts(await index(), signal);
    },
    async raw(resourceId, place) {
      return findFact(await index(), resourceId, place);
    },
    async bodies(resources, signal) {
      return findBodies(await index(), resources, signal);
    },
    async lookedSince(resourceId, place) {
      return findLookedSince(await index(), resourceId, place);
    },
    async history(resourceId, place) {
      return findHistory(await index(), resourceId, place);
    },
  };
}
