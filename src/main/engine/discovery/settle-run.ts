import type { Clock, EventSink, GraphBuilder, Logger } from '#engine/ports/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { Run } from '#shared/model/index.ts';
import type { ProgressBoard } from './progress-board.ts';

export interface SettleDeps {
  readonly board: ProgressBoard;
  readonly graph: GraphBuilder;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborts when the workspace closes: then not even the graph is waited for. */
  readonly closing: AbortSignal;
}

/** A million resources build in well under a minute; longer means that something hangs. */
const graphMilliseconds = 600_000;

/** What follows a run whichever way it ended: the graph shows it, or the board says why not. Never rejects. */
export function settleRun(finished: Promise<Run>, deps: SettleDeps): Promise<void> {
  const { board, clock, events, logger } = deps;
  return finished.then(
    (run) => showRun(run, deps),
    (error: unknown) => {
      const { code, message } = toAppError(error);
      logger.error('discovery.facts-not-written', { run: board.run.id, code, message });
      board.closed({ ...board.run, status: 'failed', finishedAt: clock.now(), error: message });
      board.enter('done');
      events.changed(['runs'], String(board.run.id));
    },
  );
}

/** Builds the graph with the new facts. A failure leaves the old graph in place and is told by the graph itself. */
async function showRun(run: Run, { board, graph, events, logger, closing }: SettleDeps): Promise<void> {
  board.enter('graph');
  try {
    await graph.rebuild(AbortSignal.any([AbortSignal.timeout(graphMilliseconds), closing]));
    events.changed(['estate'], String(run.id));
  } catch (error) {
    const { code, message } = toAppError(error);
    logger.error('discovery.graph-not-built', { run: run.id, code, message });
  }
  board.enter('done');
}
