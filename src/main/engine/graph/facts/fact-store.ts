import { AppError } from '#shared/errors/index.ts';
import type { Run } from '#shared/model/index.ts';
import type { CellKey, Clock, FactStore, Logger, RunWriter } from '#engine/ports/index.ts';
import { readChainResources, type CellResource } from './cell-reader.ts';
import { chainsOf, isWide, type CellChain } from './chains.ts';
import { createComparisonCache } from './compare/comparison-cache.ts';
import { readFactIndex, type FactIndex } from './fact-index.ts';
import { createFactReader } from './fact-reader.ts';
import { readImportReport } from './import-report.ts';
import { cellKey, runDirectory } from './layout.ts';
import type { SealedCell } from './ledger.ts';
import { createPartReader } from './parts.ts';
import { usesOfRuns } from './removal/needed-records.ts';
import { removeRun } from './removal/remove-run.ts';
import { createSizes } from './removal/run-sizes.ts';
import { reopenRun } from './reopen-run.ts';
import { allocateRun, writeRunRecord } from './run-record.ts';
import { readRunRequest, writeRunRequest } from './run-request.ts';
import { createRunWriter, type CellPast } from './run-writer.ts';
import { noRun, upTo } from './up-to.ts';

export interface FactStoreOptions {
  /** The folder of all runs, `.groundplan/facts`; made when the first run starts. */
  readonly root: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly appVersion: string;
}

/** The facts of one workspace. One process writes them; readers see sealed cells only. */
export function createFactStore({ root, clock, logger, appVersion }: FactStoreOptions): FactStore {
  const active = new Set<number>();
  let known: Promise<FactIndex> | null = null;

  async function readIndex(): Promise<FactIndex> {
    const index = await readFactIndex(root, active);
    for (const { file, line, why } of index.damage) logger.warn('facts.damaged', { file, line, why });
    return index;
  }

  function index(): Promise<FactIndex> {
    if (known !== null) return known;
    const reading = readIndex();
    known = reading;
    reading.catch(() => {
      if (known === reading) known = null;
    });
    return reading;
  }

  /** What the runs before knew, asked cell by cell. Many cells of one run may ask for the same listing of all regions. */
  function pastBefore(before: FactIndex): (cell: CellKey) => Promise<CellPast> {
    const wide = new Map<CellChain, Promise<CellPast>>();
    return (cell) => {
      const chains = chainsOf(before.chains, cell);
      const [first] = chains;
      if (first === undefined || !isWide(first)) return pastOf(chains);
      const known = wide.get(first) ?? pastOf(chains);
      wide.set(first, known);
      return known;
    };
  }

  function writerFor(
    run: Run,
    { before, sealed }: { readonly before: FactIndex; readonly sealed: readonly SealedCell[] },
  ): RunWriter {
    return createRunWriter({
      directory: runDirectory(root, run.id),
      run,
      clock,
      sealed,
      pastOf: pastBefore(before),
      onChange: (ended) => {
        if (ended) active.delete(run.id);
        known = null;
      },
    });
  }

  const compared = createComparisonCache();
  const sizeOf = createSizes();

  return {
    ...createFactReader(index, { root, asOf: null }),
    async startRun({ source, clouds, focus = [], asked }) {
      const before = await index();
      const id = await allocateRun(root, Math.max(0, ...before.removed.map(({ run }) => run))).catch(
        (error: unknown) => {
          if (error instanceof AppError) throw error;
          throw new AppError('read-only', `No run can be written in ${root}: ${String(error)}.`, {
            advice: 'Make the folder writable.',
            cause: error,
          });
        },
      );
      const run: Run = {
        id,
        source,
        clouds: [...clouds],
        status: 'running',
        startedAt: clock.now(),
        finishedAt: null,
        appVersion,
        resources: 0,
        relationships: 0,
        cells: 0,
        incompleteCells: 0,
        error: null,
        ...(focus.length === 0 ? {} : { focus: [...focus] }),
      };
      const directory = runDirectory(root, id);
      active.add(id);
      known = null;
      try {
        await writeRunRecord(directory, run);
        if (asked !== undefined) await writeRunRequest(directory, asked);
      } catch (error) {
        active.delete(id);
        throw error;
      }
      return writerFor(run, { before, sealed: [] });
    },
    async resumeRun(id) {
      const current = await index();
      const seen = current.seenBy(id);
      const cutOff = current.runs.find((run) => run.id === id);
      if (seen === null || cutOff === undefined) throw noRun(id);
      const directory = runDirectory(root, id);
      active.add(id);
      known = null;
      try {
        const complete = seen.cells.filter(({ cell }) => cell.status === 'complete');
        const run = await reopenRun(directory, { before: cutOff, complete });
        const writer = writerFor(run, { before: current.upTo(id - 1), sealed: seen.cells });
        const done = new Set(complete.map(({ cell }) => cellKey(cell)));
        return { writer, isDone: (cell) => done.has(cellKey(cell)) };
      } catch (error) {
        active.delete(id);
        throw error;
      }
    },
    async runRequest(run) {
      return readRunRequest(runDirectory(root, run));
    },
    async scopesSeenBy(run) {
      const seen = (await index()).seenBy(run);
      if (seen === null) throw noRun(run);
      return seen.scopes;
    },
    async importReport(run) {
      return readImportReport(runDirectory(root, run));
    },
    async compare(runs, signal) {
      const current = await index();
      return compared(current, runs, signal);
    },
    asOf: (run) => createFactReader(async () => upTo(await index(), run), { root, asOf: run }),
    async uses(options, signal) {
      return usesOfRuns(await index(), options, signal);
    },
    async sizes() {
      return sizeOf(root, (await index()).runs);
    },
    async spoilt() {
      return new Set((await index()).removed.flatMap(({ spoilt }) => spoilt));
    },
    async removeRun(run, spoilt) {
      if (active.has(run)) {
        throw new AppError('conflict', `Run ${run} is under way.`, { advice: 'Cancel it, or wait until it is done.' });
      }
      const before = await index();
      try {
        await removeRun(before, { root, run, removedAt: clock.now(), spoilt });
      } finally {
        known = null;
      }
    },
  };
}

async function pastOf(chains: readonly CellChain[]): Promise<CellPast> {
  const parts = createPartReader();
  const past = new Map<string, Pick<CellResource, 'firstRun' | 'changedRun' | 'driftHash'>>();
  for (const chain of chains) {
    // Only these three: a run over many cells keeps the past of each in memory until it is sealed.
    for (const { fact, firstRun, changedRun, driftHash } of (await readChainResources(chain, parts)).facts) {
      past.set(fact.id, { firstRun, changedRun, driftHash });
    }
  }
  return past;
}
