import { join } from 'node:path';
import { AppError, toAppError } from '#shared/errors/index.ts';
import type { QueryResult } from '#shared/model/index.ts';
import type {
  FactDamage,
  GraphBuildReport,
  GraphQueryOptions,
  GraphShape,
  GraphSource,
  GraphStore,
  Logger,
} from '#engine/ports/index.ts';
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

/** A graph that lies in the folder, closed and safe on the disk, and is not the current one yet. */
export interface MadeGraph {
  readonly pointer: GraphPointer;
  readonly counts: Omit<GraphBuildReport, 'milliseconds'>;
  /** Where it was made in this process; else it is read when it is asked for. */
  readonly shape?: GraphShape;
}

/** Makes a graph in the folder in a process of its own. Throws an `AppError`, or the abort's reason. */
export type BuildApart = (
  folder: string,
  source: GraphSource,
  signal: AbortSignal,
) => Promise<MadeGraph & { readonly damage: readonly FactDamage[] }>;

export interface GraphStoreOptions {
  /** The graph's folder, `.groundplan/graph`. */
  readonly folder: string;
  readonly logger: Logger;
  /** Null or absent where no other process can be started. */
  readonly buildApart?: BuildApart | null;
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
export async function openGraphStore({
  folder,
  logger,
  buildApart: makeApart = null,
}: GraphStoreOptions): Promise<GraphStore> {
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

  async function swapIn<Made extends MadeGraph>(
    make: () => Promise<Made>,
    signal: AbortSignal,
  ): Promise<GraphBuildReport & { readonly made: Made }> {
    if (closing.signal.aborted) throw new AppError('engine-gone', 'The workspace was closed.');
    const started = performance.now();
    const made = await make();
    const { pointer: written, shape } = made;
    const number = written.generation;
    const readWritten = () => readShapeFile(join(folder, shapeFileName(number)), written.shape);
    const next = await openGeneration({
      folder,
      number,
      shape: shape === undefined ? readWritten : () => Promise.resolve(shape),
    });
    try {
      signal.throwIfAborted();
      await writePointer(folder, written);
    } catch (error) {
      await next.retire({ remove: true });
      throw error;
    }
    const old = generation;
    generation = next;
    pointer = written;
    damage = null;
    if (old !== null) retire(old);
    await sweep();
    const milliseconds = Math.round(performance.now() - started);
    logger.info('graph.built', { ...made.counts, milliseconds });
    return { ...made.counts, milliseconds, made };
  }

  /** Removes what lies in the folder and belongs to no graph in use. */
  async function sweep(): Promise<void> {
    // One that was found damaged is kept too: what happened to it can be looked into.
    const used = [generation?.number, pointer?.generation].filter((number) => number !== undefined);
    await removeLeftovers(folder, new Set([...used, ...retiring.keys()]));
  }

  /** One writer at a time; a failed build does not stop the next. */
  function inTurn<Made extends MadeGraph>(
    make: (signal: AbortSignal) => Promise<Made>,
    signal: AbortSignal,
  ): ReturnType<typeof swapIn<Made>> {
    const either = AbortSignal.any([signal, closing.signal]);
    const mine = builds.then(() => swapIn(() => make(either), either));
    builds = mine.catch(() => undefined);
    return mine;
  }

  return {
    async build(input, signal) {
      const { made: _made, ...report } = await inTurn((either) => {
        return buildGraphFile(folder, input, either).catch((error: unknown) => {
          throw toBuildError(error, folder);
        });
      }, signal);
      return report;
    },
    buildApart:
      makeApart === null
        ? null
        : async (source, signal) => {
            const { made, ...report } = await inTurn((either) => {
              // Whoever is killed leaves something behind, and this process is the one to know.
              return makeApart(folder, source, either).catch(async (error: unknown) => {
                await sweep().catch((failure: unknown) => {
                  logger.warn('graph.leftovers-kept', { folder, why: String(failure) });
                });
                const { code, message } = toAppError(error);
                if (code === 'tool-missing') logger.warn('graph.not-apart', { why: message });
                throw toBuildError(error, folder);
              });
            }, signal);
            return { ...report, damage: made.damage };
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
