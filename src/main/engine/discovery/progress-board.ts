import { setTimeout as delay } from 'node:timers/promises';
import type { CoverageCell, CoverageStatus, ReadingProgress, Run, RunProgress } from '#shared/model/index.ts';
import { type CellPlace, type CellTask, cellCount } from './cell-task.ts';

type Row = RunProgress['cells'][number];
type Phase = RunProgress['phase'];
type BoardPlace = Pick<CellPlace, 'scope' | 'region'>;

/** Fast enough to look alive, slow enough for a thousand cells. */
const snapshotMilliseconds = 150;

/** Rows of one snapshot; a company with ten thousand subscriptions is told in as few. */
const mostRows = 200;

/** Which outcome a row shows when its cells differ: the later in the list, the worse. */
const severity: readonly CoverageStatus[] = [
  'complete',
  'disabled',
  'partial',
  'not-tried',
  'truncated',
  'throttled',
  'timed-out',
  'failed',
  'denied',
];

/** The progress of one run: one row per scope × region, and whoever wants to follow it. */
export class ProgressBoard {
  #run: Run;
  #phase: Phase = 'accounts';
  readonly #rows = new Map<string, Row>();
  #reading: ReadingProgress | null = null;
  #changed = Promise.withResolvers<void>();

  constructor(run: Run) {
    this.#run = run;
  }

  get run(): Run {
    return this.#run;
  }

  enter(phase: Phase): void {
    this.#phase = phase;
    this.#tell();
  }

  /** The rows in their final order: by scope name, then region. */
  plan(tasks: readonly CellTask[]): void {
    const places = tasks.flatMap((task) =>
      task.places.map((place) => ({ ...place, kinds: task.declaration.kinds.length })),
    );
    places.sort((a, b) => a.scopeName.localeCompare(b.scopeName) || a.region.localeCompare(b.region));
    for (const place of places) this.#addRow(place).total += place.kinds;
    this.#run = { ...this.#run, cells: tasks.reduce((sum, task) => sum + cellCount(task), 0) };
    this.#tell();
  }

  /** A place that nobody knew of when the cells were laid out. */
  opened(place: CellPlace, kinds: number): void {
    this.#addRow(place).total += kinds;
    this.#run = { ...this.#run, cells: this.#run.cells + kinds };
    this.#tell();
  }

  started(task: CellTask): void {
    const { kinds } = task.declaration;
    const more = kinds.length > 3 ? ` and ${kinds.length - 3} more` : '';
    const doing = `${kinds.slice(0, 3).join(', ')}${more}`;
    for (const place of task.places) this.#rowOf(place).doing = doing;
    this.#tell();
  }

  found(place: BoardPlace, facts: { readonly resources: number; readonly relationships: number }): void {
    this.#rowOf(place).resources += facts.resources;
    this.#run = {
      ...this.#run,
      resources: this.#run.resources + facts.resources,
      relationships: this.#run.relationships + facts.relationships,
    };
    this.#tell();
  }

  /** How far the files of an import are read, and what was found in them. */
  read(reading: ReadingProgress, facts: { readonly resources: number; readonly relationships: number }): void {
    this.#reading = reading;
    this.#run = { ...this.#run, ...facts };
    this.#tell();
  }

  /** One cell of the place is sealed. */
  finished(place: BoardPlace, status: CoverageStatus): void {
    const row = this.#rowOf(place);
    row.done += 1;
    row.worst = worse(row.worst, status);
    if (row.done >= row.total) row.doing = null;
    const incomplete = status === 'complete' || status === 'disabled' ? 0 : 1;
    this.#run = { ...this.#run, incompleteCells: this.#run.incompleteCells + incomplete };
    this.#tell();
  }

  /** The run as the facts store closed it. */
  closed(run: Run): void {
    this.#run = run;
    this.#tell();
  }

  snapshot(): RunProgress {
    return {
      run: this.#run,
      phase: this.#phase,
      cells: shownRows([...this.#rows.values()]).map((row) => ({ ...row })),
      ...(this.#reading === null ? {} : { reading: this.#reading }),
    };
  }

  /** Every state from now until the run is done, thinned out; the last one is always told. */
  async *watch(signal: AbortSignal): AsyncGenerator<RunProgress> {
    const aborted = Promise.withResolvers<void>();
    const onAbort = (): void => aborted.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        const next = this.#changed.promise;
        const now = this.snapshot();
        yield now;
        if (now.phase === 'done') return;
        await Promise.race([next, aborted.promise]);
        await Promise.race([delay(snapshotMilliseconds), aborted.promise]);
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #addRow({ scope, scopeName, region }: CellPlace): Row {
    const key = `${scope} ${region}`;
    const row = this.#rows.get(key) ?? emptyRow(scope, scopeName, region);
    this.#rows.set(key, row);
    return row;
  }

  /** The row of a place; one that was never planned goes by its scope's id. */
  #rowOf({ scope, region }: BoardPlace): Row {
    return this.#rows.get(`${scope} ${region}`) ?? this.#addRow({ scope, scopeName: scope, region });
  }

  #tell(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

/** The rows of a run that is over, as its ledger tells them, bounded as while it ran; scopes go by their native id. */
export function ledgerRows(cells: readonly CoverageCell[]): Row[] {
  const rows = new Map<string, Row>();
  for (const cell of cells) {
    const key = `${cell.scope} ${cell.region}`;
    const row = rows.get(key) ?? emptyRow(cell.scope, cell.scope.split(':').at(-1) ?? cell.scope, cell.region);
    row.done += 1;
    row.total += 1;
    row.resources += cell.rows;
    row.worst = worse(row.worst, cell.status);
    rows.set(key, row);
  }
  const ordered = [...rows.values()].sort(
    (a, b) => a.scopeName.localeCompare(b.scopeName) || a.region.localeCompare(b.region),
  );
  return [...shownRows(ordered)];
}

/**
 * Every row while there are few; else those with something wrong, then the others in their order, and one row that
 * adds up the rest.
 */
function shownRows(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= mostRows) return rows;
  const wrong = rows.filter(({ worst }) => worst !== null && worst !== 'complete');
  const shown = new Set([...wrong, ...rows].slice(0, mostRows - 1));
  for (const row of rows) if (shown.size < mostRows - 1) shown.add(row);
  const rest = rows.filter((row) => !shown.has(row));
  const sum: Row = {
    ...emptyRow('', `${rest.length} more places`, ''),
    doing: rest.find(({ doing }) => doing)?.doing ?? null,
  };
  for (const { done, total, resources, worst } of rest) {
    sum.done += done;
    sum.total += total;
    sum.resources += resources;
    if (worst !== null) sum.worst = worse(sum.worst, worst);
  }
  return [...rows.filter((row) => shown.has(row)), sum];
}

function emptyRow(scope: string, scopeName: string, region: string): Row {
  return { scope, scopeName, region, done: 0, total: 0, resources: 0, worst: null, doing: null };
}

function worse(known: CoverageStatus | null, status: CoverageStatus): CoverageStatus {
  if (known === null) return status;
  return severity.indexOf(status) > severity.indexOf(known) ? status : known;
}
