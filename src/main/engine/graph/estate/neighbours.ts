import type { GraphView } from '#shared/model/index.ts';
import { count, text } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { presentTypes } from './graph-words.ts';
import { managedResources } from './managed.ts';
import { resolveResource } from './resource-detail.ts';
import { createEdgeSum, nodeColumns, resourceNode } from './view-nodes.ts';

/** Edges read at most: a hub among the neighbours brings thousands that lead out of the picture. */
const edgesRead = 20_000;

export interface NeighboursInput {
  readonly id: string;
  readonly hops: number;
  readonly limit: number;
}

/**
 * What lies within some hops of one resource, nearest first, with every relationship among what is shown and the
 * number of what is not. The walk is breadth-first (`SHORTEST`), so a hub costs its neighbours once, not once per
 * path.
 */
export async function readNeighbours(graph: GraphAccess, { id, hops, limit }: NeighboursInput): Promise<GraphView> {
  const [centre, types, managed] = await Promise.all([
    resolveResource(graph, id),
    presentTypes(graph),
    managedResources(graph),
  ]);
  const walk = `MATCH (c:Resource {id: $id})-[e:${types}* SHORTEST 1..${hops}]-(o:Resource)`;
  const around = `${walk} WITH o, length(e) AS distance ORDER BY distance, o.id LIMIT ${limit - 1}`;
  const parameters = { id: centre.id };
  const edges = `[x:${types}]->(p:Resource) RETURN`;
  const [nodes, totals, between, own] = await Promise.all([
    limit > 1 ? graph.rows(`${around} RETURN ${nodeColumns('o')}`, parameters) : [],
    graph.rows(`${walk} RETURN count(*) AS total`, parameters),
    limit > 1
      ? graph.rows(
          `${around} MATCH (o)-${edges} o.id AS from_id, p.id AS to_id, label(x) AS type LIMIT ${edgesRead}`,
          parameters,
        )
      : [],
    graph.rows(
      `MATCH (c:Resource {id: $id})-${edges} c.id AS from_id, p.id AS to_id, label(x) AS type LIMIT ${edgesRead}`,
      parameters,
    ),
  ]);
  const shown = nodes.map((row) => resourceNode(row, managed));
  const centreNode = {
    id: centre.id,
    label: centre.name === '' ? centre.nativeId : centre.name,
    group: false,
    count: 1,
    category: centre.category,
    kind: centre.kind,
    cloud: centre.cloud,
    scopeId: centre.scopeId,
    region: centre.region,
    managed: centre.managedBy !== null,
    stale: centre.stale,
    isStub: centre.isStub,
  };
  const ids = new Set([centre.id, ...shown.map((node) => node.id)]);
  const sum = createEdgeSum();
  for (const row of [...own, ...between]) {
    const [from, to] = [text(row, 'from_id'), text(row, 'to_id')];
    if (ids.has(from) && ids.has(to)) sum.add(from, to, { type: text(row, 'type'), count: 1 });
  }
  const [total] = totals;
  const hidden = (total === undefined ? 0 : count(total, 'total')) - shown.length;
  return { nodes: [centreNode, ...shown], edges: sum.edges(), hidden: Math.max(0, hidden) };
}
