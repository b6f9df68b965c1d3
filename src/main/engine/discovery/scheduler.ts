import PQueue from 'p-queue';
import type { CellKey, RunWriter } from '#engine/ports/index.ts';
import { type CellPlace, type CellTask, queueKey } from './cell-task.ts';
import type { ProgressBoard } from './progress-board.ts';
import type { CellFailure, PlaceDone, StepPage } from './step.ts';

/** How hard and how long to try. */
export interface SchedulerLimits {
  /** Tasks under way over all clouds and accounts; most of the time they wait for their service's pace. */
  readonly concurrency: number;
  /** Tasks under way per scope × region × service. */
  readonly perQueue: number;
  /** After so many milliseconds without a new row a listing is closed as timed out. */
  readonly cellMilliseconds: number;
}

export const defaultLimits: SchedulerLimits = { concurrency: 32, perQueue: 2, cellMilliseconds: 300_000 };

export interface ScheduleOptions {
  readonly writer: Pick<RunWriter, 'page' | 'finishCell' | 'scopes'>;
  readonly board: ProgressBoard;
  readonly limits: SchedulerLimits;
  /** Cells that are complete already, of a run that is taken up again: they are neither listed nor sealed anew. */
  readonly isDone?: (cell: CellKey) => boolean;
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
 * Runs every task and seals every cell with its outcome, so that the ledger has no holes whatever happens. Tasks that
 * take long begin first, because a chain of paced calls cannot be made shorter by waiting for it at the end. Resolves when all is sealed, also after an abort; rejects only when facts cannot be written.
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
  await Promise.all(
    tasks.map((task) => {
      const priority = task.expectedSeconds ?? 0;
      return queueOf(task).add(() => all.add(() => runTask(task), { priority }), { priority });
    }),
  );
  if (storageFailure !== null) throw (storageFailure as StorageFailure).cause;
}

function asNotTried(failure: CellFailure): CellFailure {
  return { ...failure, status: 'not-tried', message: `Not tried, because: ${failure.message}` };
}

interface CellOptions extends ScheduleOptions {
  /** Why not to try at all; null to try. */
  readonly known: CellFailure | null;
}

interface OpenCell extends CellKey {
  pages: number;
  rows: number;
  /** Why this cell alone is not complete. */
  gap: CellFailure | null;
}

const nothingDone = (): boolean => false;

/** The tasks that have something left to list. */
export function openTasks(tasks: readonly CellTask[], isDone: (cell: CellKey) => boolean): readonly CellTask[] {
  return tasks.filter(({ places, declaration }) =>
    places.some(({ scope, region }) => declaration.kinds.some((kind) => !isDone({ scope, region, kind }))),
  );
}

function cellsOf({ places, declaration }: CellTask): Map<string, OpenCell> {
  const cells = places.flatMap(({ scope, region }) =>
    declaration.kinds.map((kind): OpenCell => ({ scope, region, kind, pages: 0, rows: 0, gap: null })),
  );
  return new Map(cells.map((cell) => [cellName(cell, cell.kind), cell]));
}

function cellName({ scope, region }: Pick<CellPlace, 'scope' | 'region'>, kind: string): string {
  return `${scope}\n${region}\n${kind}`;
}

/** Runs one task and seals all its cells. Answers why the task as a whole failed, or null. */
async function runCells(task: CellTask, options: CellOptions): Promise<CellFailure | null> {
  const { writer, board, isDone = nothingDone } = options;
  const cells = cellsOf(task);

  board.started(task);
  for (const [name, cell] of cells) {
    if (!isDone(cell)) continue;
    board.finished(cell, 'complete');
    cells.delete(name);
  }
  const failure = options.known ?? (task.vouchedBy === undefined ? await list() : null);
  // Together, so that the ledger takes them in few writes: one listing may answer for tens of thousands.
  await Promise.all([...cells.values()].map((cell) => seal(cell, failure)));
  return failure;

  async function list(): Promise<CellFailure | null> {
    using deadline = idleDeadline(options.limits.cellMilliseconds);
    try {
      for await (const page of task.list(AbortSignal.any([options.signal, deadline.signal]))) {
        if (options.signal.aborted) return cancelled;
        if ('done' in page) {
          await sealPlace(page);
          continue;
        }
        if ('found' in page) {
          openPlace(page.found);
          continue;
        }
        if (isPast(page)) continue;
        const cell = await keep(page);
        if (cell.rows >= task.maximumRows) return truncatedAt(task, cell);
        if (page.resources.length > 0) deadline.extend();
      }
      return options.signal.aborted ? cancelled : null;
    } catch (error) {
      if (error instanceof StorageFailure) throw error;
      if (options.signal.aborted) return cancelled;
      return deadline.signal.aborted ? overdue(task, options.limits.cellMilliseconds) : task.classify(error);
    }
  }

  async function seal({ gap, ...cell }: OpenCell, failed: CellFailure | null): Promise<void> {
    const why = failed ?? gap;
    const outcome = {
      error: why?.message ?? null,
      permission: why?.permission ?? null,
      ...(why?.remedy === undefined ? {} : { remedy: why.remedy }),
      ...(task.vouchedBy === undefined || why !== null ? {} : { vouchedBy: task.vouchedBy }),
      ...(task.capturedAt === undefined ? {} : { capturedAt: task.capturedAt }),
    };
    await store(() => writer.finishCell({ ...cell, ...outcome, status: why?.status ?? 'complete' }));
    board.finished(cell, why?.status ?? 'complete');
    cells.delete(cellName(cell, cell.kind));
  }

  function openPlace(place: CellPlace): void {
    board.opened(place, task.declaration.kinds.length);
    for (const [name, cell] of cellsOf({ ...task, places: [place] })) {
      if (isDone(cell)) board.finished(cell, 'complete');
      else cells.set(name, cell);
    }
  }

  async function sealPlace({ done, failure: why }: PlaceDone): Promise<void> {
    const kinds = task.declaration.kinds.filter((kind) => !isDone({ ...done, kind }));
    await Promise.all(kinds.map((kind) => seal(openCell({ kind, place: done }), why)));
  }

  /** True for a page of a cell that was complete before. */
  function isPast({ kind, place }: StepPage): boolean {
    const { scope, region } = place ?? task.places[0];
    return isDone({ scope, region, kind });
  }

  function openCell({ kind, place }: Pick<StepPage, 'kind' | 'place'>): OpenCell {
    const cell = cells.get(cellName(place ?? task.places[0], kind));
    if (cell !== undefined) return cell;
    const where = place === undefined ? '' : ` in ${place.scope}, ${place.region}`;
    throw new StorageFailure(`Step ${task.declaration.id} has no open cell of ${kind}${where}.`);
  }

  async function keep({ kind, place, resources, relationships, gap, scopes = [] }: StepPage): Promise<OpenCell> {
    const cell = openCell(place === undefined ? { kind } : { kind, place });
    const { scope, region } = cell;
    if (scopes.length > 0) await store(() => writer.scopes(scopes));
    await store(() => writer.page({ scope, region, kind }, { resources, relationships }));
    cell.pages += 1;
    cell.rows += resources.length;
    cell.gap ??= gap ?? null;
    board.found(cell, { resources: resources.length, relationships: relationships.length });
    return cell;
  }
}

/** A deadline that every sign of life puts off; ends with its scope. */
function idleDeadline(milliseconds: number): Disposable & { readonly signal: AbortSignal; extend(): void } {
  const overdueSince = new AbortController();
  const timer = setTimeout(() => overdueSince.abort(), milliseconds);
  return {
    signal: overdueSince.signal,
    extend: () => timer.refresh(),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

async function store(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new StorageFailure(error);
  }
}

/** Where a task looks, in words. */
function whereOf({ places: [first, ...others] }: CellTask): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first.scopeName}, ${first.region}${more}`;
}

function truncatedAt(task: CellTask, { kind, scope, region }: CellKey): CellFailure {
  const name = task.places.find((place) => place.scope === scope)?.scopeName ?? scope;
  return {
    status: 'truncated',
    message: `${kind} in ${name}, ${region}: stopped after ${task.maximumRows} rows.`,
    permission: null,
    unreachable: false,
  };
}

function overdue(task: CellTask, milliseconds: number): CellFailure {
  return {
    status: 'timed-out',
    message:
      `${task.service} in ${whereOf(task)}: nothing came for ${Math.round(milliseconds / 1000)} s. ` +
      'Run discovery again for this place alone.',
    permission: null,
    unreachable: true,
  };
}
