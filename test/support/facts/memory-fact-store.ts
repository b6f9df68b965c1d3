import type { CellKey, FactStore, RunWriter } from '#engine/ports/index.ts';
import type { CoverageCell, RelationshipFact, ResourceFact, Run, ScopeFact } from '#shared/model/index.ts';

/** One thing a run wrote, in order. */
type RecordedLine =
  | { readonly line: 'scopes'; readonly scopes: readonly ScopeFact[] }
  | {
      readonly line: 'page';
      readonly cell: CellKey;
      readonly resources: readonly ResourceFact[];
      readonly relationships: readonly RelationshipFact[];
    }
  | { readonly line: 'cell'; readonly cell: Omit<CoverageCell, 'run'> };

/** A fact store that keeps what runs write, for tests and for making the sample. It carries nothing from run to run. */
export interface MemoryFactStore extends Pick<
  FactStore,
  'startRun' | 'resumeRun' | 'runRequest' | 'scopesSeenBy' | 'runs' | 'coverage' | 'knownScopes'
> {
  /** What the newest run wrote. */
  readonly lines: readonly RecordedLine[];
  readonly cells: readonly CoverageCell[];
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  readonly scopes: readonly ScopeFact[];
}

export interface MemoryFactStoreOptions {
  /** Called before each page is kept; may throw, as a full disk does. */
  readonly beforePage?: (cell: CellKey) => void | Promise<void>;
}

export function createMemoryFactStore(options: MemoryFactStoreOptions = {}): MemoryFactStore {
  const runs: Run[] = [];
  let lines: RecordedLine[] = [];
  const known = new Map<string, ScopeFact>();

  function newestCells(): CoverageCell[] {
    const run = runs[0]?.id ?? 0;
    return lines.flatMap((line) => (line.line === 'cell' ? [{ run, ...line.cell }] : []));
  }

  return {
    get lines() {
      return lines;
    },
    get cells() {
      return newestCells();
    },
    get resources() {
      return lines.flatMap((line) => (line.line === 'page' ? line.resources : []));
    },
    get relationships() {
      return lines.flatMap((line) => (line.line === 'page' ? line.relationships : []));
    },
    get scopes() {
      return lines.flatMap((line) => (line.line === 'scopes' ? line.scopes : []));
    },
    startRun({ source, clouds }) {
      for (const line of lines) if (line.line === 'scopes') for (const scope of line.scopes) known.set(scope.id, scope);
      lines = [];
      const written = lines;
      const run: Run = {
        id: runs.length + 1,
        source,
        clouds,
        status: 'running',
        startedAt: Date.now(),
        finishedAt: null,
        appVersion: 'test',
        resources: 0,
        relationships: 0,
        cells: 0,
        incompleteCells: 0,
        error: null,
      };
      runs.unshift(run);
      return Promise.resolve(writerFor(run, { written, runs, options }));
    },
    // Its runs are kept in memory only: none was ever cut off.
    resumeRun: (run) => Promise.reject(new Error(`Run ${run} was not cut off.`)),
    runRequest: () => Promise.resolve(null),
    scopesSeenBy: () => Promise.resolve([]),
    runs: () => Promise.resolve([...runs]),
    coverage: () => Promise.resolve(newestCells()),
    knownScopes: () => Promise.resolve([...known.values()]),
  };
}

interface WriterContext {
  readonly written: RecordedLine[];
  readonly runs: Run[];
  readonly options: MemoryFactStoreOptions;
}

function writerFor(run: Run, { written, runs, options }: WriterContext): RunWriter {
  return {
    run,
    scopes(scopes) {
      written.push({ line: 'scopes', scopes: [...scopes] });
      return Promise.resolve();
    },
    async page(cell, { resources, relationships }) {
      await options.beforePage?.(cell);
      written.push({ line: 'page', cell, resources, relationships });
    },
    finishCell(cell) {
      written.push({ line: 'cell', cell });
      return Promise.resolve();
    },
    report: () => Promise.resolve(),
    finish({ status, error, calls, clouds = run.clouds }) {
      const cells = written.flatMap((line) => (line.line === 'cell' ? [line.cell] : []));
      const pages = written.flatMap((line) => (line.line === 'page' ? [line] : []));
      const done: Run = {
        ...run,
        clouds,
        status,
        error,
        finishedAt: Date.now(),
        ...(calls === undefined ? {} : { calls }),
        resources: pages.reduce((sum, page) => sum + page.resources.length, 0),
        relationships: pages.reduce((sum, page) => sum + page.relationships.length, 0),
        cells: cells.length,
        incompleteCells: cells.filter((cell) => cell.status !== 'complete' && cell.status !== 'disabled').length,
      };
      runs[runs.findIndex(({ id }) => id === run.id)] = done;
      return Promise.resolve(done);
    },
  };
}
