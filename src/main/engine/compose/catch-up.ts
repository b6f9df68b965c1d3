import { toAppError } from '#shared/errors/index.ts';
import type { FactStore, GraphBuilder, GraphStore, Logger } from '../ports/index.ts';

export interface CatchUpDeps {
  readonly facts: Pick<FactStore, 'runs'>;
  readonly store: Pick<GraphStore, 'ready' | 'read'>;
  readonly builder: GraphBuilder;
  readonly logger: Logger;
}

/** Building the map once more after opening, where that is needed. */
export interface CatchUp {
  /** Resolves when the map shows every run, or could not be made to. Never rejects. */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

/** Starts at once; closing gives a build under way up. */
export function startCatchUp(deps: CatchUpDeps): CatchUp {
  const ending = new AbortController();
  const done = catchUp(deps, ending.signal);
  return {
    done,
    close() {
      ending.abort();
      return done;
    },
  };
}

/**
 * Builds the map when a run is not in it: the program ended after the run's facts were kept and before the map showed
 * them. What fails is
 * logged: the map stays as it was, and is built again with the next run.
 */
async function catchUp({ facts, store, builder, logger }: CatchUpDeps, signal: AbortSignal): Promise<void> {
  try {
    if (!store.ready) return;
    const { rows } = await store.read('MATCH (run:Run) RETURN run.id AS id, run.finished AS finished', {});
    const shown = new Map(rows.map((row) => [Number(row['id']), row['finished'] ?? null]));
    const missing = (await facts.runs()).filter(
      ({ id, finishedAt, cells }) =>
        cells > 0 && (!shown.has(id) || shown.get(id) !== (finishedAt === null ? null : Math.round(finishedAt))),
    );
    if (missing.length === 0) return;
    logger.info('graph.catching-up', { runs: missing.map(({ id }) => id) });
    await builder.rebuild(signal);
  } catch (error) {
    const { code, message } = toAppError(error);
    if (!signal.aborted) logger.warn('graph.not-caught-up', { code, message });
  }
}
