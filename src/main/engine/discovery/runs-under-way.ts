import { AppError } from '#shared/errors/index.ts';
import type { Run, RunProgress } from '#shared/model/index.ts';

/** A run that is under way: what it found so far, the way to stop it, and its end. */
export interface RunUnderWay {
  readonly board: {
    readonly run: Run;
    /** Every state from now until the run is done. */
    watch(signal: AbortSignal): AsyncIterable<RunProgress>;
  };
  /** Stops it. `finished` resolves soon after. */
  cancel(): void;
  /** The run as the facts store closed it; rejects only when facts could not be written. */
  readonly finished: Promise<Run>;
  /** Resolves when the graph shows the run, or the run failed. Never rejects. */
  readonly settled: Promise<void>;
}

/** The runs of an open workspace, listings and imports alike: one at a time, because each rebuilds the graph. */
export interface RunsUnderWay {
  /** Aborts when the workspace closes. */
  readonly closing: AbortSignal;
  /** Throws `conflict` while another run is under way or starting. */
  assertIdle(): void;
  /**
   * Starts a run and answers with its number. Throws `conflict` while another one still looks, or waits to start; one
   * that has looked, and whose graph is being built, is waited for.
   */
  start(begin: () => Promise<RunUnderWay>): Promise<number>;
  find(run: number): RunUnderWay | undefined;
  /** Does something to the runs there are while none is under way. Throws `conflict` while one is; a start waits. */
  alone<Output>(work: () => Promise<Output>): Promise<Output>;
  /** Cancels what is under way and waits until its facts are closed. */
  close(): Promise<void>;
}

export interface RunsUnderWayOptions {
  /** Called when a run has come to its end and the next one may start. Never rejects. */
  readonly afterRun?: () => Promise<void>;
}

const waitOrCancel = 'Wait until it is done, or cancel it.';

export function createRunsUnderWay({ afterRun }: RunsUnderWayOptions = {}): RunsUnderWay {
  const closing = new AbortController();
  let tidied: Promise<unknown> = Promise.resolve();
  const runs = new Map<number, RunUnderWay>();
  /** The runs whose facts are closed, and what still follows them: the graph, and tidying up. */
  const following = new Map<number, Promise<void>>();
  let opening: Promise<unknown> = Promise.resolve();
  let starting = false;
  let waiting = false;

  function assertIdle(): void {
    refuseBeside([...runs.keys()]);
  }

  function refuseBeside([running]: readonly number[]): void {
    if (running === undefined && !starting) return;
    const which = running === undefined ? 'is starting' : `${running} is under way`;
    throw new AppError('conflict', `Discovery run ${which}.`, {
      advice: waitOrCancel,
      details: { run: running ?? null },
    });
  }

  async function follow({ board, settled }: RunUnderWay): Promise<void> {
    const { id } = board.run;
    await settled;
    runs.delete(id);
    if (!closing.signal.aborted) await afterRun?.();
    following.delete(id);
  }

  /** Begins a run when its turn has come, unless the workspace closes meanwhile. */
  async function beginInTurn(begin: () => Promise<RunUnderWay>): Promise<number> {
    waiting = true;
    await Promise.all(following.values());
    waiting = false;
    starting = true;
    try {
      await tidied;
      if (closing.signal.aborted) throw new AppError('cancelled', 'The workspace was closed before the run started.');
      const run = await begin();
      const { id } = run.board.run;
      runs.set(id, run);
      const isOver = () => void following.set(id, follow(run));
      void run.finished.then(isOver, isOver);
      return id;
    } finally {
      starting = false;
    }
  }

  return {
    closing: closing.signal,
    assertIdle,
    async start(begin) {
      refuseBeside([...runs.keys()].filter((id) => !following.has(id)));
      if (waiting) throw new AppError('conflict', 'Another discovery run waits to start.', { advice: waitOrCancel });
      const begun = beginInTurn(begin);
      opening = begun.catch(() => undefined);
      return begun;
    },
    find: (run) => runs.get(run),
    alone(work) {
      assertIdle();
      const done = tidied.then(work);
      tidied = done.catch(() => undefined);
      return done;
    },
    async close() {
      closing.abort();
      await opening;
      const running = [...runs.values()];
      for (const run of running) run.cancel();
      await Promise.all(running.map((run) => run.settled));
      await tidied;
    },
  };
}
