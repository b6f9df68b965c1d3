import type { GraphView } from '#shared/model/index.ts';
import { resourceNode, sumEdges } from './drawing.ts';
import type { GraphAccess } from './graph-access.ts';
import { managedResources } from './managed.ts';
import { resolveResource } from './resolve.ts';
import { edgesOf, readTopology, type Topology } from './topology.ts';

export interface NeighboursInput {
  readonly id: string;
  readonly hops: number;
  readonly limit: number;
}

/** Positions within some hops of one node, whichever way the relationships point, nearest first. */
function walkAround(topology: Topology, centre: number, hops: number): readonly number[] {
  const seen = new Uint8Array(topology.nodes.length);
  seen[centre] = 1;
  const found = [centre];
  let ring = [centre];
  for (let distance = 1; distance <= hops && ring.length > 0; distance += 1) {
    const next: number[] = [];
    function visit(position: number | undefined): void {
      if (position === undefined || seen[position] === 1) return;
      seen[position] = 1;
      next.push(position);
    }
    for (const position of ring) {
      for (const edge of edgesOf(topology.leaving, position)) visit(topology.to[edge]);
      for (const edge of edgesOf(topology.arriving, position)) visit(topology.from[edge]);
    }
    ring = next.sort((left, right) => left - right);
    found.push(...ring);
  }
  return found;
}

/**
 * What lies within some hops of one resource, nearest first, with every relationship among what is shown and the
 * number of what is not.
 */
export async function readNeighbours(graph: GraphAccess, { id, hops, limit }: NeighboursInput): Promise<GraphView> {
  const [topology, managed] = await Promise.all([readTopology(graph), managedResources(graph)]);
  const around = walkAround(topology, await resolveResource(graph, id), hops);
  const shown = around.slice(0, limit);
  const drawn = new Map(shown.map((position, index) => [position, index]));
  const nodes = shown.flatMap((position) => {
    const node = topology.nodes[position];
    return node === undefined ? [] : [resourceNode(node, managed)];
  });
  const edges = shown.flatMap((position) => [...edgesOf(topology.leaving, position)]);
  const drawnAs = (position: number): number | undefined => drawn.get(position);
  return { nodes, edges: sumEdges(topology, nodes, { edges, drawnAs }), hidden: around.length - shown.length };
}
