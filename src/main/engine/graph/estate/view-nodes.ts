import type { GraphView, GraphViewNode } from '#shared/model/index.ts';
import { categoryOf, cloudOf, flag, text, type Row } from './cells.ts';
import type { ManagedBy } from './managed.ts';

/** What a drawn node needs of a resource bound to `name`, for a `RETURN`. */
export function nodeColumns(name: string): string {
  const columns = ['id', 'name', 'native_id', 'kind', 'category', 'cloud', 'scope_id', 'region', 'is_stub', 'stale'];
  return columns.map((column) => `${name}.${column} AS ${column}`).join(', ');
}

/** A node for one resource. */
export function resourceNode(row: Row, managed: ReadonlyMap<string, ManagedBy>): GraphViewNode {
  const id = text(row, 'id');
  const name = text(row, 'name');
  return {
    id,
    label: name === '' ? text(row, 'native_id') : name,
    group: false,
    count: 1,
    category: categoryOf(row, 'category'),
    kind: text(row, 'kind'),
    cloud: cloudOf(row, 'cloud'),
    scopeId: text(row, 'scope_id'),
    region: text(row, 'region'),
    managed: managed.has(id),
    stale: flag(row, 'stale'),
    isStub: flag(row, 'is_stub'),
  };
}

/** Adds up drawn edges: one line per pair and type, with how many relationships it stands for. */
export interface EdgeSum {
  add(from: string, to: string, edge: { readonly type: string; readonly count: number }): void;
  edges(): GraphView['edges'];
}

export function createEdgeSum(): EdgeSum {
  const sums = new Map<string, GraphView['edges'][number]>();
  return {
    add(from, to, { type, count }) {
      const key = `${from}\n${to}\n${type}`;
      const known = sums.get(key);
      if (known === undefined) sums.set(key, { from, to, type, count });
      else known.count += count;
    },
    edges: () => [...sums.values()],
  };
}
