import type { Neighbours, RelationshipType } from '#shared/model/index.ts';
import { resourceNode, sumEdges } from './drawing.ts';
import type { GraphAccess } from './graph-access.ts';
import { readManaged } from './managed.ts';
import { resolveResource } from './resolve.ts';
import { eachRelated, readTopology, type Topology } from './topology.ts';

export interface NeighboursInput {
  readonly id: string;
  readonly hops: number;
  /** Only over these relationships; empty means all. */
  readonly types: readonly RelationshipType[];
  readonly direction: 'out' | 'in' | 'both';
  readonly limit: number;
}

interface Near {
  readonly position: number;
  readonly hops: number;
}

/** What lies within some hops of one node, nearest first. */
function walkAround(topology: Topology, centre: number, options: NeighboursInput): readonly Near[] {
  const { hops, types, direction } = options;
  const allowed = types.length === 0 ? null : new Set(types);
  const seen = new Uint8Array(topology.shape.resources);
  seen[centre] = 1;
  const found: Near[] = [{ position: centre, hops: 0 }];
  let ring = [centre];
  for (let distance = 1; distance <= hops && ring.length > 0; distance += 1) {
    const next: number[] = [];
    for (const position of ring) {
      eachRelated(topology, position, ({ type, other, end }) => {
        const isWay = direction === 'both' || (direction === 'out') === (end === 'to');
        if (seen[other] === 1 || !isWay || allowed?.has(type) === false) return;
        seen[other] = 1;
        next.push(other);
      });
    }
    ring = next.sort((left, right) => left - right);
    for (const position of ring) found.push({ position, hops: distance });
  }
  return found;
}

/**
 * What lies within some hops of one resource, nearest first, with every relationship among what is shown and the
 * number of what is not.
 */
export async function readNeighbours(graph: GraphAccess, input: NeighboursInput): Promise<Neighbours> {
  const [topology, managed] = await Promise.all([readTopology(graph), readManaged(graph)]);
  const { shape, leaving } = topology;
  const around = walkAround(topology, await resolveResource(graph, input.id), input);
  const shown = around.slice(0, input.limit);
  const drawn = new Map(shown.map(({ position }, index) => [position, index]));
  const nodes = shown.map(({ position }) => resourceNode(shape, position, managed.isManaged(position)));
  function* edges(): Generator<number> {
    for (const { position } of shown) {
      for (let edge = leaving[position] ?? 0; edge < (leaving[position + 1] ?? 0); edge += 1) yield edge;
    }
  }
  const drawnAs = (position: number): number | undefined => drawn.get(position);
  return {
    nodes,
    edges: await sumEdges(shape, nodes, { edges: edges(), drawnAs }),
    hidden: around.length - shown.length,
    hops: shown.map(({ hops }) => hops),
  };
}
