import type { GraphBuilder, GraphQueryOptions, GraphShape, GraphStore } from '#engine/ports/index.ts';
import type { Row } from './cells.ts';

export interface GraphAccessDeps {
  readonly store: GraphStore;
  readonly builder: GraphBuilder;
  /** Waited for before the first answer: what has to be done to the graph before it is true. Never rejects. */
  readonly caughtUp?: Promise<void>;
}

/** Reading our own statements from a graph that is there: built first when it never was or is damaged. */
export interface GraphAccess {
  /**
   * Does some reading on one graph: builds it first when there is none, and reads again when another was swapped in
   * meanwhile, because positions and counts of two graphs do not go together.
   */
  answer<Value>(signal: AbortSignal, read: () => Promise<Value>): Promise<Value>;
  shape(): Promise<GraphShape>;
  rows(cypher: string, parameters?: GraphQueryOptions['parameters']): Promise<readonly Row[]>;
  /** Computes a value once per graph; a new graph computes it again. */
  once<Value>(name: string, compute: () => Promise<Value>): Promise<Value>;
}

/** Swaps that one answer outlives; they are seconds apart, answers take milliseconds. */
const attempts = 3;

/** One for all readers of a store: what it keeps per graph is then kept once. */
export function createGraphAccess({ store, builder, caughtUp }: GraphAccessDeps): GraphAccess {
  const known = new Map<string, { readonly version: string; readonly value: Promise<unknown> }>();
  return {
    async answer(signal, read) {
      await caughtUp;
      for (let attempt = 1; ; attempt += 1) {
        signal.throwIfAborted();
        if (!store.ready) await builder.rebuild(signal);
        const { version } = store;
        try {
          const value = await read();
          if (store.version === version || attempt === attempts) return value;
        } catch (error) {
          // A graph found damaged while it was read is built again; anything else is the reader's to know.
          if (store.version === version || attempt === attempts) throw error;
        }
      }
    },
    shape: () => store.shape(),
    async rows(cypher, parameters = {}) {
      return (await store.read(cypher, { parameters })).rows;
    },
    once<Value>(name: string, compute: () => Promise<Value>): Promise<Value> {
      const version = store.version ?? '';
      const entry = known.get(name);
      // The name stands for one computation, so what is kept under it has the type it computes.
      if (entry?.version === version) return entry.value as Promise<Value>;
      const value = compute();
      known.set(name, { version, value });
      value.catch(() => {
        if (known.get(name)?.value === value) known.delete(name);
      });
      return value;
    },
  };
}
