import { Connection, Database, type KuzuValue, type PreparedStatement, type QueryResult } from 'kuzu';
import { setImmediate } from 'node:timers/promises';
import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { GraphView } from '#shared/model/index.ts';
import { createDrawing } from './drawing.ts';
import { rowToJson } from './values.ts';

type Parameters = Readonly<Record<string, string | number | boolean | readonly string[] | readonly number[]>>;

export interface OpenOptions {
  readonly path: string;
  readonly readOnly: boolean;
  /** Room for pages and for what queries build up; the default of the database would be 80 % of the memory. */
  readonly bufferPoolBytes: number;
}

/** Rows with what was left out. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: Record<string, Json>[];
  readonly truncated: boolean;
  /** The nodes and relationships among the values; null without any, or when they were not wanted. */
  readonly drawing: GraphView | null;
}

export interface ReadOptions {
  readonly parameters: Parameters;
  readonly maxRows: number;
  readonly timeoutMs: number;
}

/** One connection; run one statement at a time on it. */
export interface GraphConnection {
  /** Runs a statement whose result is of no interest. */
  run(statement: string): Promise<void>;
  read(statement: string, options: ReadOptions & { readonly drawn: boolean }): Promise<Rows>;
  close(): Promise<void>;
}

export interface GraphDatabase {
  connect(): GraphConnection;
  /** Close the connections first. */
  close(): Promise<void>;
}

/** The reserved range of addresses, a power of two; the default of 8 TB is refused on many machines. */
const maxDatabaseBytes = 2 ** 36;
const threads = 2;
const preparedKept = 64;
/** Rows are read for so long between two breaths of the event loop. */
const busyMilliseconds = 5;
/** What a user's statement may answer, as JSON; a thousand rows with a picture take a hundredth of it. */
const largestAnswer = 64 * 2 ** 20;

function first(result: QueryResult | QueryResult[]): QueryResult {
  if (!Array.isArray(result)) return result;
  const [head, ...rest] = result;
  for (const other of rest) other.close();
  if (head === undefined) throw new Error('The statement gave no result.');
  return head;
}

/** Unnamed columns carry the database's inner form of an expression; the commonest ones as they were written. */
function shownColumn(name: string): string {
  const label = /^LABEL\((\w+)\._ID,/.exec(name);
  if (label !== null) return `label(${label[1]})`;
  return name === 'COUNT_STAR()' ? 'count(*)' : name;
}

interface DrainOptions {
  readonly maxRows: number;
  readonly drawn: boolean;
  /** When the statement's time is over; rows of huge lists take longer to read than to find. */
  readonly until: number;
}

async function drain(result: QueryResult, { maxRows, drawn, until }: DrainOptions): Promise<Rows> {
  const drawing = drawn ? createDrawing() : null;
  const inner = await result.getColumnNames();
  const shown = inner.map(shownColumn);
  const columns = new Set(shown).size === shown.length ? shown : inner;
  const renamed = inner.flatMap((name, index) => (columns[index] === name ? [] : [[name, columns[index] ?? name]]));
  const rows: Record<string, Json>[] = [];
  let size = 0;
  let breath = performance.now();
  // One await per row would take ten times as long; the synchronous read is paused now and then instead.
  while (rows.length < maxRows && result.hasNext()) {
    const row = result.getNextSync();
    if (row === null) break;
    for (const value of Object.values(row)) drawing?.note(value);
    const plain = rowToJson(row);
    for (const [from = '', to = ''] of renamed) {
      plain[to] = plain[from] ?? null;
      delete plain[from];
    }
    rows.push(plain);
    if (drawn) size += JSON.stringify(plain).length;
    if (size > largestAnswer) throw tooLarge(rows.length);
    const now = performance.now();
    if (drawn && now > until) throw new Error('Interrupted.');
    if (now - breath < busyMilliseconds) continue;
    await setImmediate();
    breath = performance.now();
  }
  return { columns, rows, truncated: result.hasNext(), drawing: drawing?.finish() ?? null };
}

function tooLarge(rows: number): AppError {
  const size = `${largestAnswer / 2 ** 20} MiB`;
  return new AppError('query-failed', `The answer is larger than ${size} after ${rows.toLocaleString('en')} rows.`, {
    advice: 'Answer fewer rows, or columns instead of long lists.',
  });
}

function createConnection(database: Database): GraphConnection {
  const connection = new Connection(database, threads);
  const prepared = new Map<string, PreparedStatement>();

  async function prepare(statement: string): Promise<PreparedStatement> {
    const known = prepared.get(statement);
    if (known !== undefined) return known;
    const made = await connection.prepare(statement);
    if (!made.isSuccess()) throw new Error(made.getErrorMessage());
    const [oldest] = prepared.keys();
    if (prepared.size >= preparedKept && oldest !== undefined) prepared.delete(oldest);
    prepared.set(statement, made);
    return made;
  }

  return {
    async run(statement) {
      const result = await connection.query(statement);
      for (const part of Array.isArray(result) ? result : [result]) part.close();
    },
    async read(statement, { parameters, maxRows, timeoutMs, drawn }) {
      await connection.init();
      connection.setQueryTimeout(timeoutMs);
      const until = performance.now() + timeoutMs;
      const statementReady = await prepare(statement);
      const result = first(await connection.execute(statementReady, parameters as Record<string, KuzuValue>));
      try {
        return await drain(result, { maxRows, drawn, until });
      } finally {
        result.close();
      }
    },
    async close() {
      prepared.clear();
      await connection.close();
    },
  };
}

/** Opens a graph file. Throws the database's own error when it cannot be opened. */
export async function openDatabase({ path, readOnly, bufferPoolBytes }: OpenOptions): Promise<GraphDatabase> {
  // No checkpoints on its own: the one writer asks for one at the end of a build.
  const database = new Database(path, bufferPoolBytes, true, readOnly, maxDatabaseBytes, false);
  await database.init();
  return {
    connect: () => createConnection(database),
    close: () => database.close(),
  };
}
