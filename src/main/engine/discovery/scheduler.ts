import PQueue from 'p-queue';
import type { CellKey, RunWriter } from '#engine/ports/index.ts';
import { type CellTask, queueKey } from './cell-task.ts';
import type { ProgressBoard } from './progress-board.ts';
import type { CellFailure, StepPage } from './step.ts';

/** How hard and how long to try. */
export interface SchedulerLimits {
  /** Calls in flight over all clouds and accounts. */
  readonly concurrency: number;
  /** Calls in flight per scope × region × service. */
  readonly perQueue: number;
  /** After so many milliseconds a cell is closed as timed out. */
  readonly cellMilliseconds: number;
}

export const defaultLimits: SchedulerLimits = { concurrency: 16, perQueue: 2, cellMilliseconds: 300_000 };

export interface ScheduleOptions {
  readonly writer: Pick<RunWriter, 'page' | 'finishCell'>;
  readonly board: ProgressBoard;
  readonly limits: SchedulerLimits;
  /** Aborting stops every listing at once; what is complete stays, the rest is told as not tried. */
  readonly signal: AbortSignal;
}

/** The facts store failed, which no cell can tell: the run as a whole ends. */
class StorageFailure extends Error {
  constructor(cause: unknown) {
    super('The facts could not be written.', { cause });
  }
}

const cancelled: CellFailure = {
  status: 'not-tried',
  message: 'The run was cancelled before this was complete.',
  permission: null,
  unreachable: false,
};

/**
 * Runs every task and seals every cell with its outcome, so that the ledger has no holes whatever happens.
 * Resolves when all is sealed, also after an abort; rejects only when facts cannot be written.
 */
export async function runTasks(tasks: readonly CellTask[], options: ScheduleOptions): Promise<void> {
  const all = new PQueue({ concurrency: options.limits.concurrency });
  const queues = new Map<string, PQueue>();
  const silent = new Map<string, CellFailure>();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  let storageFailure: StorageFailure | null = null;

  async function runTask(task: CellTask): Promise<void> {
    if (storageFailure !== null) return;
    try {
      const known = signal.aborted ? cancelled : (silent.get(queueKey(task)) ?? task.failure);
      const failure = await runCells(task, { ...options, signal, known });
      if (failure?.unreachable === true) silent.set(queueKey(task), asNotTried(failure));
    } catch (error) {
      storageFailure = error instanceof StorageFailure ? error : new StorageFailure(error);
      stop.abort();
    }
  }

  const queueOf = (task: CellTask): PQueue => {
    const key = queueKey(task);
    const queue = queues.get(key) ?? new PQueue({ concurrency: options.limits.perQueue });
    queues.set(key, queue);
    return queue;
  };
  await Promise.all(tasks.map((task) => queueOf(task).add(() => all.add(() => runTask(task)))));
  if (storageFailure !== null) throw (storageFailure as StorageFailure).cause;
}

function asNotTried(failure: CellFailure): CellFailure {
  return { ...failure, status: 'not-tried', message: `Not tried, because: ${failure.message}` };
}

interface CellOptions extends ScheduleOptions {
  /** Why not to try at all; null to try. */
  readonly known: CellFailure | null;
}

/** Runs one task and seals the cells of all its kinds. Answers why they are not complete, or null. */
async function runCells(task: CellTask, options: CellOptions): Promise<CellFailure | null> {
  const { writer, board } = options;
  const kinds = task.declaration.kinds;
  const counts = new Map(kinds.map((kind) => [kind, { pages: 0, rows: 0 }]));
  const cellOf = (kind: string): CellKey => ({ scope: task.scope, region: task.region, kind });

  board.started(task);
  const failure = options.known ?? (await list());
  for (const kind of kinds) {
    const count = counts.get(kind) ?? { pages: 0, rows: 0 };
    await store(() =>
      writer.finishCell({
        ...cellOf(kind),
        ...count,
        status: failure?.status ?? 'complete',
        error: failure?.message ?? null,
        permission: failure?.permission ?? null,
      }),
    );
  }
  board.finished(task, failure?.status ?? 'complete');
  return failure;

  async function list(): Promise<CellFailure | null> {
    const deadline = AbortSignal.timeout(options.limits.cellMilliseconds);
    let gap: CellFailure | null = null;
    try {
      for await (const page of task.list(AbortSignal.any([options.signal, deadline]))) {
        if (options.signal.aborted) return cancelled;
        gap ??= page.gap ?? null;
        const rows = await keep(page);
        if (rows >= task.maximumRows) return truncatedAt(task, page.kind);
      }
      return options.signal.aborted ? cancelled : gap;
    } catch (error) {
      if (error instanceof StorageFailure) throw error;
      if (options.signal.aborted) return cancelled;
      return deadline.aborted ? overdue(task, options.limits.cellMilliseconds) : task.classify(error);
    }
  }

  async function keep(page: StepPage): Promise<number> {
    const count = counts.get(page.kind);
    if (count === undefined) throw new StorageFailure(`Step ${task.declaration.id} does not declare ${page.kind}.`);
    await store(() => writer.page(cellOf(page.kind), { resources: page.resources, relationships: page.relationships }));
    count.pages += 1;
    count.rows += page.resources.length;
    board.found(task, { resources: page.resources.length, relationships: page.relationships.length });
    return count.rows;
  }
}

async function store(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new StorageFailure(error);
  }
}

function truncatedAt(task: CellTask, kind: string): CellFailure {
  return {
    status: 'truncated',
    message: `${kind} in ${task.scopeName}, ${task.region}: stopped after ${task.maximumRows} rows.`,
    permission: null,
    unreachable: false,
  };
}

function overdue(task: CellTask, milliseconds: number): CellFailure {
  return {
    status: 'timed-out',
    message:
      `${task.service} in ${task.scopeName}, ${task.region}: not finished after ${Math.round(milliseconds / 1000)} s. ` +
      'Run discovery again for this region alone.',
    permission: null,
    unreachable: true,
  };
}
