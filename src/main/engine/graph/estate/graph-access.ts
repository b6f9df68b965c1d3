import type { GraphBuilder, GraphQueryOptions, GraphStore } from '#engine/ports/index.ts';
import type { Row } from './cells.ts';

export interface GraphAccessDeps {
  readonly store: GraphStore;
  readonly builder: GraphBuilder;
}

/** Reading our own statements from a graph that is there: built first when it never was or is damaged. */
export interface GraphAccess {
  ensureReady(signal: AbortSignal): Promise<void>;
  rows(cypher: string, parameters?: GraphQueryOptions['parameters']): Promise<readonly Row[]>;
  /** Computes a value once per graph; a new graph computes it again. */
  once<Value>(name: string, compute: () => Promise<Value>): Promise<Value>;
}

/** The database refuses a parameter that the statement does not name; one filter serves several statements. */
function usedBy(cypher: string, parameters: NonNullable<GraphQueryOptions['parameters']>): typeof parameters {
  const named = new Set(cypher.match(/(?<=\$)\w+/g));
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => named.has(name)));
}

export function createGraphAccess({ store, builder }: GraphAccessDeps): GraphAccess {
  const known = new Map<string, { readonly version: string; readonly value: Promise<unknown> }>();
  return {
    async ensureReady(signal) {
      signal.throwIfAborted();
      if (!store.ready) await builder.rebuild(signal);
    },
    async rows(cypher, parameters = {}) {
      return (await store.read(cypher, { parameters: usedBy(cypher, parameters) })).rows;
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
