import { AppError } from '#shared/errors/index.ts';
import type { Run } from '#shared/model/index.ts';
import type { CellKey, Clock, FactStore, Logger } from '#engine/ports/index.ts';
import { readCellResources } from './cell-reader.ts';
import { readFactIndex, type FactIndex } from './fact-index.ts';
import { createFactView, newestCoverage } from './fact-view.ts';
import { findBodies } from './find-bodies.ts';
import { findFact, findHistory } from './find-resource.ts';
import { cellKey, runDirectory } from './layout.ts';
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

  async function pastOf(before: FactIndex, cell: CellKey): Promise<CellPast> {
    const chain = before.chains.get(cellKey(cell));
    if (chain === undefined) return new Map();
    const { facts } = await readCellResources(chain, createPartReader());
    return new Map(facts.map((resource) => [resource.fact.id, resource]));
  }

  return {
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
        pastOf: (cell) => pastOf(before, cell),
        onChange: (ended) => {
          if (ended) active.delete(id);
          known = null;
        },
      });
    },
    async runs() {
      return (await index()).runs;
    },
    async coverage(run) {
      const current = await index();
      if (run === null) return newestCoverage(current);
      const cells = current.ledgers.get(run);
      if (cells !== undefined) return cells;
      throw new AppError('not-found', `There is no run ${run}.`, { advice: 'Look at the list of runs.' });
    },
    async view(signal) {
      const current = await index();
      signal.throwIfAborted();
      return createFactView(current, signal);
    },
    async raw(resourceId, place) {
      return findFact(await index(), resourceId, place);
    },
    async bodies(resources, signal) {
      return findBodies(await index(), resources, signal);
    },
    async history(resourceId, place) {
      return findHistory(await index(), resourceId, place);
    },
  };
}
