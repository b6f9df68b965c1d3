import type { GraphShape } from '#engine/ports/index.ts';
import type { GraphView, GraphViewNode } from '#shared/model/index.ts';
import { createPauses } from '../shape/index.ts';
import { nodeAt } from './topology.ts';

/** A drawn node for one resource. */
export function resourceNode(shape: GraphShape, position: number, managed: boolean): GraphViewNode {
  return { ...nodeAt(shape, position), group: false, count: 1, managed };
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
export async function sumEdges(
  { relationships: { from, to, type, types } }: GraphShape,
  drawn: readonly GraphViewNode[],
  { edges, drawnAs }: DrawnEdges,
): Promise<GraphView['edges']> {
  const pause = createPauses();
  const sums = new Map<number, number>();
  const width = drawn.length;
  for (const edge of edges) {
    if (edge % 65_536 === 0) await pause();
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
