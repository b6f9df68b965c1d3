import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphShape } from '#engine/ports/index.ts';
import { openDatabase, type GraphConnection, type GraphDatabase, type ReadOptions, type Rows } from './database.ts';
import { graphFileName, shapeFileName } from './graph-folder.ts';

const readerConnections = 2;
const readerPoolBytes = 512 * 2 ** 20;
/** A user's statement gets its own door to the file, with less room: it can fill that and no more. */
const guestPoolBytes = 256 * 2 ** 20;

/** One graph, open for reading. */
export interface Generation {
  readonly number: number;
  /** Asked for at most once; a failure is kept, because the file is damaged then. */
  shape(): Promise<GraphShape>;
  read(statement: string, options: ReadOptions): Promise<Rows>;
  readAsGuest(statement: string, options: ReadOptions): Promise<Rows>;
  /** Closes the files when the last reader has ended, and then removes them when asked to. */
  retire(options: { readonly remove: boolean }): Promise<void>;
}

/** Connections lent out one statement at a time: more would only block the threads that file access needs too. */
function createLender(connections: GraphConnection[]): {
  use<Output>(work: (connection: GraphConnection) => Promise<Output>): Promise<Output>;
} {
  const free = [...connections];
  const waiting: ((connection: GraphConnection) => void)[] = [];
  return {
    async use(work) {
      const connection = free.pop() ?? (await new Promise<GraphConnection>((resolve) => waiting.push(resolve)));
      try {
        return await work(connection);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(connection);
        else next(connection);
      }
    },
  };
}

async function closeAll(database: GraphDatabase, connections: readonly GraphConnection[]): Promise<void> {
  for (const connection of connections) await connection.close();
  await database.close();
}

export interface GenerationOptions {
  readonly folder: string;
  readonly number: number;
  readonly shape: () => Promise<GraphShape>;
}

/** Opens a finished graph file. Throws the database's error when it is none. */
export async function openGeneration({ folder, number, ...options }: GenerationOptions): Promise<Generation> {
  const path = join(folder, graphFileName(number));
  const database = await openDatabase({ path, readOnly: true, bufferPoolBytes: readerPoolBytes });
  const connections = Array.from({ length: readerConnections }, () => database.connect());
  const lender = createLender(connections);
  let guest: Promise<{ readonly database: GraphDatabase; readonly connection: GraphConnection }> | null = null;
  let guestLender: ReturnType<typeof createLender> | null = null;
  let readers = 0;
  let ended: (() => void) | null = null;
  let shape: Promise<GraphShape> | null = null;

  async function openGuest(): Promise<ReturnType<typeof createLender>> {
    guest ??= (async () => {
      const own = await openDatabase({ path, readOnly: true, bufferPoolBytes: guestPoolBytes });
      return { database: own, connection: own.connect() };
    })();
    const { connection } = await guest;
    guestLender ??= createLender([connection]);
    return guestLender;
  }

  async function counted<Output>(work: () => Promise<Output>): Promise<Output> {
    readers += 1;
    try {
      return await work();
    } finally {
      readers -= 1;
      if (readers === 0) ended?.();
    }
  }

  return {
    number,
    shape: () => (shape ??= counted(options.shape)),
    read: (statement, options) =>
      counted(() => lender.use((connection) => connection.read(statement, { ...options, drawn: false }))),
    readAsGuest: (statement, options) =>
      counted(async () =>
        (await openGuest()).use((connection) => connection.read(statement, { ...options, drawn: true })),
      ),
    async retire({ remove }) {
      if (readers > 0) await new Promise<void>((resolve) => (ended = resolve));
      await closeAll(database, connections);
      if (guest !== null) {
        const opened = await guest;
        await closeAll(opened.database, [opened.connection]);
      }
      if (!remove) return;
      for (const file of [path, join(folder, shapeFileName(number))]) await rm(file, { force: true });
    },
  };
}
