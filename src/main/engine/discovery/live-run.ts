import type { CellKey, Clock, EventSink, GraphBuilder, Logger, RunWriter } from '#engine/ports/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { Run, ScopeFact } from '#shared/model/index.ts';
import type { PlanOptions } from './cloud-provider.ts';
import type { CloudsConnection } from './connect-clouds.ts';
import { ProgressBoard } from './progress-board.ts';
import type { RunUnderWay } from './runs-under-way.ts';
import { openTasks, runTasks, type SchedulerLimits } from './scheduler.ts';
import { settleRun } from './settle-run.ts';

export interface LiveRunDeps {
  readonly graph: GraphBuilder;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: SchedulerLimits;
  /** The scopes that earlier runs saw. */
  readonly earlier: readonly ScopeFact[];
  /** Whether they saw something in a cell. */
  readonly mayHold: PlanOptions['mayHold'];
  /** Cells that a run which is taken up again had completed before. */
  readonly isDone?: (cell: CellKey) => boolean;
  /** Aborts when the workspace closes: then not even the graph is waited for. */
  readonly closing: AbortSignal;
}

const nothingDone = (): boolean => false;

/** Runs what is connected to its end: regions, listing, closing the facts, building the graph. */
export function startLiveRun(writer: RunWriter, connection: CloudsConnection, deps: LiveRunDeps): RunUnderWay {
  const board = new ProgressBoard(writer.run);
  const stop = new AbortController();
  const finished = discover(writer, connection, { ...deps, board, signal: stop.signal });
  return { board, cancel: () => stop.abort(), finished, settled: settleRun(finished, { ...deps, board }) };
}

interface RunContext extends LiveRunDeps {
  readonly board: ProgressBoard;
  readonly signal: AbortSignal;
}

async function discover(writer: RunWriter, connection: CloudsConnection, context: RunContext): Promise<Run> {
  const { board, signal } = context;
  let failure: string | null = null;
  try {
    await writer.scopes(connection.scopes);
    board.enter('regions');
    const tasks = await planOrNothing(connection, context);
    if (typeof tasks === 'string') {
      failure = tasks;
    } else {
      const { isDone = nothingDone } = context;
      const left = openTasks(tasks, isDone);
      board.plan(left);
      board.enter('listing');
      await runTasks(left, { writer, board, limits: context.limits, isDone, signal });
    }
    board.enter('writing');
    const run = await writer.finish({
      status: statusOf(board.run, signal, failure),
      error: failure,
      ...(connection.calls === undefined ? {} : { calls: connection.calls() }),
    });
    board.closed(run);
    context.events.changed(['runs'], String(run.id));
    return run;
  } finally {
    connection.close();
  }
}

/** The cells to run; a sentence when they could not be laid out, none when the run was cancelled before. */
async function planOrNothing(
  connection: CloudsConnection,
  { signal, logger, earlier, mayHold, isDone = nothingDone }: RunContext,
): Promise<Awaited<ReturnType<CloudsConnection['plan']>> | string> {
  try {
    return await connection.plan({ earlier, mayHold, isDone, signal });
  } catch (error) {
    if (signal.aborted) return [];
    const { code, message } = toAppError(error);
    logger.error('discovery.plan-failed', { code, message });
    return message;
  }
}

function statusOf(run: Run, signal: AbortSignal, failure: string | null): Run['status'] {
  if (failure !== null) return 'failed';
  if (signal.aborted) return 'cancelled';
  return run.incompleteCells === 0 ? 'complete' : 'partial';
}
