import type { GraphView, GraphViewNode } from '#shared/model/index.ts';
import type { ManagedBy } from './managed.ts';
import type { Topology, TopologyNode } from './topology.ts';

/** A drawn node for one resource. */
export function resourceNode(node: TopologyNode, managed: ReadonlyMap<string, ManagedBy>): GraphViewNode {
  const { id, label, kind, category, cloud, scopeId, region, isStub, stale } = node;
  const isManaged = managed.has(id);
  return {
    id,
    label,
    group: false,
    count: 1,
    category,
    kind,
    cloud,
    scopeId,
    region,
    managed: isManaged,
    stale,
    isStub,
  };
}

/** Which relationships to look at, and which drawn node stands for a position; undefined for none. */
export interface DrawnEdges {
  readonly edges: Iterable<number>;
  readonly drawnAs: (position: number) => number | undefined;
}

/**
 * Adds up the lines of a drawing: for every relationship whose ends are both drawn, alone or inside a group, one line
 * per pair and type with how many relationships it stands for.
 */
export function sumEdges(
  { from, to, type, types }: Topology,
  drawn: readonly GraphViewNode[],
  { edges, drawnAs }: DrawnEdges,
): GraphView['edges'] {
  const sums = new Map<number, number>();
  const width = drawn.length;
  for (const edge of edges) {
    const left = drawnAs(from[edge] ?? 0);
    const right = drawnAs(to[edge] ?? 0);
    if (left === undefined || right === undefined || left === right) continue;
    const key = ((type[edge] ?? 0) * width + left) * width + right;
    sums.set(key, (sums.get(key) ?? 0) + 1);
  }
  return [...sums].map(([key, count]) => {
    const right = key % width;
    const rest = (key - right) / width;
    const left = rest % width;
    const name = types[(rest - left) / width] ?? '';
    return { from: drawn[left]?.id ?? '', to: drawn[right]?.id ?? '', type: name, count };
  });
}
