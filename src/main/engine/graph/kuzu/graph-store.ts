import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { QueryResult } from '#shared/model/index.ts';
import type { GraphQueryOptions, GraphShape, GraphStore, Logger } from '#engine/ports/index.ts';
import { guardReadOnly, withLimit } from '../queries/read-only.ts';
import { readShapeFile } from '../shape/index.ts';
import { buildGraphFile } from './build-graph.ts';
import type { ReadOptions } from './database.ts';
import { looksDamaged, toBuildError, toQueryError } from './failures.ts';
import { openGeneration, type Generation } from './generation.ts';
import {
  findDamage,
  graphFileName,
  readPointer,
  removeLeftovers,
  shapeFileName,
  writePointer,
  type GraphPointer,
} from './graph-folder.ts';

export interface GraphStoreOptions {
  /** The graph's folder, `.groundplan/graph`. */
  readonly folder: string;
  readonly logger: Logger;
}

const ownDefaults = { maxRows: Number.MAX_SAFE_INTEGER, timeoutMs: 30_000 };
const guestDefaults = { maxRows: 1000, timeoutMs: 10_000 };

function withDefaults(options: GraphQueryOptions, defaults: typeof ownDefaults): ReadOptions {
  return {
    parameters: options.parameters ?? {},
    maxRows: options.maxRows ?? defaults.maxRows,
    timeoutMs: options.timeoutMs ?? defaults.timeoutMs,
  };
}

interface OpenedGraph {
  readonly generation: Generation | null;
  readonly pointer: GraphPointer | null;
  readonly damage: string | null;
}

/** Opens what the pointer names, when it is what was built. Bad bytes never reach the database. */
async function openCurrent(folder: string): Promise<OpenedGraph> {
  let pointer: GraphPointer | null;
  try {
    pointer = await readPointer(folder);
  } catch (error) {
    return { generation: null, pointer: null, damage: `The pointer to the graph is unreadable: ${String(error)}` };
  }
  if (pointer === null) return { generation: null, pointer, damage: null };
  const damage = await findDamage(folder, pointer);
  if (damage !== null) return { generation: null, pointer, damage };
  const { generation: number, shape: written } = pointer;
  const shape = () => readShapeFile(join(folder, shapeFileName(number)), written);
  try {
    return { generation: await openGeneration({ folder, number, shape }), pointer, damage: null };
  } catch (error) {
    return { generation: null, pointer, damage: `${graphFileName(number)} cannot be opened: ${String(error)}` };
  }
}

/** Opens the graph of a workspace. A damaged one is told by `damage` and `ready`; a build replaces it. */
export async function openGraphStore({ folder, logger }: GraphStoreOptions): Promise<GraphStore> {
  let { generation, pointer, damage } = await openCurrent(folder);
  let builds: Promise<unknown> = Promise.resolve();
  const closing = new AbortController();
  const retiring = new Map<number, Promise<void>>();
  if (damage !== null) logger.warn('graph.damaged', { why: damage });

  function current(): Generation {
    if (closing.signal.aborted) throw new AppError('engine-gone', 'The workspace was closed.');
    if (generation !== null) return generation;
    throw new AppError('graph-damaged', damage ?? 'The graph has not been built yet.', {
      advice: 'It is built from the facts; try again in a moment.',
    });
  }

  async function forgetIfDamaged(error: unknown, failed: Generation): Promise<void> {
    if (!looksDamaged(error) || pointer === null || generation !== failed) return;
    const found = await findDamage(folder, pointer);
    if (found !== null) forget(failed, found);
  }

  function forget(failed: Generation, why: string): void {
    if (generation !== failed) return;
    logger.warn('graph.damaged', { why });
    damage = why;
    generation = null;
    retire(failed);
  }

  async function readShape(): Promise<GraphShape> {
    const from = current();
    try {
      return await from.shape();
    } catch (error) {
      forget(from, `${join(folder, shapeFileName(from.number))} cannot be read: ${String(error)}`);
      // Of the graph that has taken its place meanwhile; without one this throws `graph-damaged`.
      return readShape();
    }
  }

  async function run(statement: string, options: ReadOptions, by: 'read' | 'readAsGuest'): Promise<QueryResult> {
    const from = current();
    const started = performance.now();
    try {
      const rows = await from[by](statement, options);
      return { ...rows, columns: [...rows.columns], milliseconds: performance.now() - started };
    } catch (error) {
      await forgetIfDamaged(error, from);
      if (generation === null) return run(statement, options, by);
      throw toQueryError(error, statement, options.timeoutMs);
    }
  }

  /** Readers of an old file finish in their own time; only closing the store waits for them. */
  function retire(old: Generation): void {
    const ending = old.retire({ remove: true }).catch((error: unknown) => {
      logger.warn('graph.old-file-kept', { file: graphFileName(old.number), why: String(error) });
    });
    retiring.set(
      old.number,
      ending.finally(() => retiring.delete(old.number)),
    );
  }

  const build: GraphStore['build'] = async (input, signal) => {
    if (closing.signal.aborted) throw new AppError('engine-gone', 'The workspace was closed.');
    const started = performance.now();
    const built = await buildGraphFile(folder, input, signal).catch((error: unknown) => {
      throw toBuildError(error, folder);
    });
    const { generation: number } = built.pointer;
    const next = await openGeneration({ folder, number, shape: () => Promise.resolve(built.shape) });
    try {
      signal.throwIfAborted();
      await writePointer(folder, built.pointer);
    } catch (error) {
      await next.retire({ remove: true });
      throw error;
    }
    const old = generation;
    generation = next;
    pointer = built.pointer;
    damage = null;
    if (old !== null) retire(old);
    await removeLeftovers(folder, new Set([number, ...retiring.keys()]));
    const milliseconds = Math.round(performance.now() - started);
    logger.info('graph.built', { ...built.counts, milliseconds });
    return { ...built.counts, milliseconds };
  };

  return {
    build(input, signal) {
      // One writer at a time; a failed build does not stop the next.
      const mine = builds.then(() => build(input, AbortSignal.any([signal, closing.signal])));
      builds = mine.catch(() => undefined);
      return mine;
    },
    read(cypher, options = {}) {
      return run(cypher, withDefaults(options, ownDefaults), 'read');
    },
    async readUntrusted(cypher, options = {}) {
      const complete = withDefaults(options, guestDefaults);
      const limited = withLimit(guardReadOnly(cypher), complete.maxRows + 1);
      return run(limited, complete, 'readAsGuest');
    },
    shape: readShape,
    get ready() {
      return generation !== null;
    },
    get version() {
      return generation === null ? null : graphFileName(generation.number);
    },
    get damage() {
      return damage;
    },
    async close() {
      // A build that still runs is given up: its file is not missed, the facts are there.
      closing.abort(new AppError('cancelled', 'The workspace was closed while the graph was being built.'));
      await builds;
      const last = generation;
      generation = null;
      await last?.retire({ remove: false });
      await Promise.all(retiring.values());
    },
  };
}
