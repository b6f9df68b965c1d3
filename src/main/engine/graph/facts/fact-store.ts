import { AppError } from '#shared/errors/index.ts';
import type { Run } from '#shared/model/index.ts';
import type { CellKey, Clock, FactStore, Logger } from '#engine/ports/index.ts';
import { readChainResources, type CellResource } from './cell-reader.ts';
import { chainsOf, isWide, type CellChain } from './chains.ts';
import { createComparisonCache } from './compare/comparison-cache.ts';
import { readFactIndex, type FactIndex } from './fact-index.ts';
import { createFactReader } from './fact-reader.ts';
import { readImportReport } from './import-report.ts';
import { runDirectory } from './layout.ts';
import { createPartReader } from './parts.ts';
import { allocateRun, writeRunRecord } from './run-record.ts';
import { createRunWriter, type CellPast } from './run-writer.ts';

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

  const compared = createComparisonCache();

  return {
    ...createFactReader(index),
    async startRun({ source, clouds }) {
      const before = await index();
      const id = await allocateRun(root).catch((error: unknown) => {
        if (error instanceof AppError) throw error;
        throw new AppError('read-only', `No run can be written in ${root}: ${String(error)}.`, {
          advice: 'Make the folder writable.',
          cause: error,
        });
      });
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
      };
      const directory = runDirectory(root, id);
      active.add(id);
      known = null;
      try {
        await writeRunRecord(directory, run);
      } catch (error) {
        active.delete(id);
        throw error;
      }
      return createRunWriter({
        directory,
        run,
        clock,
        pastOf: pastBefore(before),
        onChange: (ended) => {
          if (ended) active.delete(id);
          known = null;
        },
      });
    },
    async importReport(run) {
      return readImportReport(runDirectory(root, run));
    },
    async compare(runs, signal) {
      const current = await index();
      return compared(current, runs, signal);
    },
    asOf: (run) => createFactReader(async () => upTo(await index(), run)),
  };
}

function upTo(index: FactIndex, run: number): FactIndex {
  if (index.runs.some(({ id }) => id === run)) return index.upTo(run);
  throw new AppError('not-found', `There is no run ${run}.`, { advice: 'Look at the list of runs.' });
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
