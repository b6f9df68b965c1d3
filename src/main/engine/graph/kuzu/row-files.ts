import { join } from 'node:path';
import { createCsvFile, csvOptions, type CsvFile, type CsvValue } from './csv.ts';
import type { GraphConnection } from './database.ts';

/** Where a row goes: a node table, or a relationship table between two node tables. */
interface RowTarget {
  readonly table: string;
  readonly from?: string;
  readonly to?: string;
}

/** Rows of one build on their way into the database: CSV files that are copied as they fill. */
export interface RowFiles {
  /** Queues a statement behind the copies so far. */
  run(statement: string): void;
  add(target: RowTarget, values: readonly CsvValue[]): void;
  /** Ends the current file of a table and queues its `COPY`; later rows begin a new file. */
  copy(target: RowTarget): void;
  /** The same for every table that has rows: nodes first, because relationships point at them. */
  copyAll(): void;
  /** Rows waiting in the current file of a table. */
  waiting(target: RowTarget): number;
  /** Relationship tables whose current file has at least so many rows. */
  full(rows: number): readonly RowTarget[];
  /**
   * Of the relationship tables with at least so many rows waiting, and half of what they were given before, the one that
   * has had nothing new for the longest: most likely nothing more comes.
   */
  quietest(rows: number): RowTarget | null;
  /** True while the database has nothing left to do of what was queued. */
  readonly idle: boolean;
  /** Waits for all that is queued. Throws the first failure, or the reason of the abort. */
  done(): Promise<void>;
  /** Closes what is open after a failure; the files themselves lie in the build's folder. */
  abandon(): Promise<void>;
}

interface OpenFile {
  readonly target: RowTarget;
  readonly file: CsvFile;
  /** How many rows of all tables there were when its last one came. */
  last: number;
}

export interface RowFilesOptions {
  readonly connection: GraphConnection;
  readonly directory: string;
  readonly signal: AbortSignal;
}

function copyStatement(target: RowTarget, file: CsvFile): string {
  const ends = target.from === undefined ? '' : `, from='${target.from}', to='${target.to}'`;
  const parallel = file.multiline ? ', parallel=false' : '';
  // Single quotes and backslashes end or change the text of the statement.
  const path = file.path.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `COPY ${target.table} FROM '${path}' (${csvOptions}${parallel}${ends})`;
}

export function createRowFiles({ connection, directory, signal }: RowFilesOptions): RowFiles {
  /** By table, each pair of ends with a file of its own. */
  const files = new Map<string, OpenFile[]>();
  let serial = 0;
  let failure: { readonly error: unknown } | null = null;
  let queue: Promise<void> = Promise.resolve();
  let queued = 0;
  let added = 0;
  /** Relationships that were queued, by table. */
  const given = new Map<string, number>();

  // Asked for every row: a key made of the three texts would be made and hashed millions of times.
  function find({ table, from, to }: RowTarget): OpenFile | undefined {
    for (const open of files.get(table) ?? []) if (open.target.from === from && open.target.to === to) return open;
    return undefined;
  }

  function open(target: RowTarget): OpenFile {
    serial += 1;
    const file = createCsvFile(join(directory, `${serial}-${target.table}.csv`));
    const made = { target, file, last: added };
    files.set(target.table, [...(files.get(target.table) ?? []), made]);
    return made;
  }

  function opened(): readonly OpenFile[] {
    return [...files.values()].flat();
  }

  async function runOne(statement: string): Promise<void> {
    if (failure !== null || signal.aborted) return;
    try {
      await connection.run(statement);
    } catch (error) {
      failure = { error };
    }
  }

  /** One writer: statements run one after the other, while the next rows are made. */
  function enqueue(statement: string): void {
    queued += 1;
    queue = queue
      .then(() => runOne(statement))
      .finally(() => {
        queued -= 1;
      });
  }

  function copyFile(target: RowTarget): void {
    const found = find(target);
    if (found === undefined) return;
    const others = (files.get(target.table) ?? []).filter((each) => each !== found);
    if (others.length > 0) files.set(target.table, others);
    else files.delete(target.table);
    const { file } = found;
    file.end();
    if (target.from !== undefined) given.set(target.table, (given.get(target.table) ?? 0) + file.rows);
    enqueue(copyStatement(target, file));
  }

  return {
    run: enqueue,
    add(target, values) {
      const into = find(target) ?? open(target);
      into.file.add(values);
      added += 1;
      into.last = added;
    },
    copy: copyFile,
    copyAll() {
      const targets = opened().map(({ target }) => target);
      for (const target of targets) if (target.from === undefined) copyFile(target);
      for (const target of targets) if (target.from !== undefined) copyFile(target);
    },
    full(rows) {
      const entries = opened().filter(({ target, file }) => target.from !== undefined && file.rows >= rows);
      return entries.map(({ target }) => target);
    },
    quietest(rows) {
      const worth = opened().filter(({ target: { table, from }, file }) => {
        return from !== undefined && file.rows >= Math.max(rows, (given.get(table) ?? 0) / 2);
      });
      return worth.sort((left, right) => left.last - right.last)[0]?.target ?? null;
    },
    get idle() {
      return queued === 0;
    },
    waiting(target) {
      return find(target)?.file.rows ?? 0;
    },
    async done() {
      await queue;
      signal.throwIfAborted();
      if (failure !== null) throw failure.error;
    },
    async abandon() {
      await queue;
      for (const { file } of opened()) file.abandon();
      files.clear();
    },
  };
}
