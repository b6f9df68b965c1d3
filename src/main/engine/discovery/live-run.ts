import type { Clock, EventSink, GraphBuilder, Logger, RunWriter } from '#engine/ports/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import type { Run, ScopeFact } from '#shared/model/index.ts';
import type { ProviderConnection } from './cloud-provider.ts';
import { ProgressBoard } from './progress-board.ts';
import { runTasks, type SchedulerLimits } from './scheduler.ts';

export interface LiveRunDeps {
  readonly graph: GraphBuilder;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: SchedulerLimits;
  /** Only these kinds; empty means all of them. */
  readonly kinds: readonly string[];
  /** The scopes that earlier runs saw. */
  readonly earlier: readonly ScopeFact[];
  /** Aborts when the workspace closes: then not even the graph is waited for. */
  readonly closing: AbortSignal;
}

/** A run that is under way: what it found so far, the way to stop it, and its end. */
export interface LiveRun {
  readonly board: ProgressBoard;
  /** Stops listing. `finished` resolves soon after, with what was complete kept. */
  cancel(): void;
  /** The run as the facts store closed it; rejects only when facts could not be written. */
  readonly finished: Promise<Run>;
  /** Resolves when the graph shows the run, or the run failed. Never rejects. */
  readonly settled: Promise<void>;
}

/** Runs one connected provider to its end: regions, listing, closing the facts, building the graph. */
export function startLiveRun(writer: RunWriter, connection: ProviderConnection, deps: LiveRunDeps): LiveRun {
  const board = new ProgressBoard(writer.run);
  const stop = new AbortController();
  const finished = discover(writer, connection, { ...deps, board, signal: stop.signal });
  const settled = finished.then(
    (run) => showRun(run, { ...deps, board }),
    (error: unknown) => {
      const { code, message } = toAppError(error);
      deps.logger.error('discovery.facts-not-written', { run: writer.run.id, code, message });
      const finishedAt = deps.clock.now();
      board.closed({ ...board.run, status: 'failed', finishedAt, error: message });
      board.enter('done');
      deps.events.changed(['runs'], String(writer.run.id));
    },
  );
  return { board, cancel: () => stop.abort(), finished, settled };
}

interface RunContext extends LiveRunDeps {
  readonly board: ProgressBoard;
  readonly signal: AbortSignal;
}

async function discover(writer: RunWriter, connection: ProviderConnection, context: RunContext): Promise<Run> {
  const { board, signal } = context;
  let failure: string | null = null;
  try {
    await writer.scopes(connection.scopes);
    board.enter('regions');
    const tasks = await planOrNothing(connection, context);
    if (typeof tasks === 'string') {
      failure = tasks;
    } else {
      board.plan(tasks);
      board.enter('listing');
      await runTasks(tasks, { writer, board, limits: context.limits, signal });
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
  connection: ProviderConnection,
  { signal, logger, kinds, earlier }: RunContext,
): Promise<Awaited<ReturnType<ProviderConnection['plan']>> | string> {
  try {
    return await connection.plan({ kinds, earlier, signal });
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

/** Builds the graph with the new facts. A failure leaves the old graph in place and is told by the graph itself. */
async function showRun(run: Run, context: LiveRunDeps & { readonly board: ProgressBoard }): Promise<void> {
  context.board.enter('graph');
  try {
    await context.graph.rebuild(AbortSignal.any([AbortSignal.timeout(graphMilliseconds), context.closing]));
    context.events.changed(['estate'], String(run.id));
  } catch (error) {
    const { code, message } = toAppError(error);
    context.logger.error('discovery.graph-not-built', { run: run.id, code, message });
  }
  context.board.enter('done');
}

/** A million resources build in well under a minute; longer means that something hangs. */
const graphMilliseconds = 600_000;
