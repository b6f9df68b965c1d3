import type { EstateService, FactReader, GraphBuilder, GraphStore } from '#engine/ports/index.ts';
import { createGraphAccess, type GraphAccess } from './graph-access.ts';
import { readGraphView } from './graph-view.ts';
import { readNeighbours } from './neighbours.ts';
import { readResource } from './resource-detail.ts';
import { readScopes } from './scopes.ts';
import { countFacets, searchEstate } from './search.ts';
import { readTables } from './tables.ts';
import { readStats } from './stats.ts';

export interface EstateServiceDeps {
  readonly facts: FactReader;
  readonly store: GraphStore;
  readonly builder: GraphBuilder;
  /** Shared with other readers of the store; an own one when not given. */
  readonly graph?: GraphAccess;
}

/** Reading the cloud graph. A graph that was never built, or is damaged, is built before the first answer. */
export function createEstateService({ facts, store, builder, ...shared }: EstateServiceDeps): EstateService {
  const graph = shared.graph ?? createGraphAccess({ store, builder });
  return {
    stats: (_input, { signal }) => graph.answer(signal, () => readStats(graph)),
    scopes: (_input, { signal }) => graph.answer(signal, async () => [...(await readScopes(graph))]),
    search: (input, { signal }) => graph.answer(signal, () => searchEstate(graph, input)),
    facets: ({ filter }, { signal }) => graph.answer(signal, () => countFacets(graph, filter)),
    resource: ({ id }, { signal }) => graph.answer(signal, () => readResource({ graph, facts }, id)),
    graphView: (input, { signal }) => graph.answer(signal, () => readGraphView(graph, input)),
    neighbours: (input, { signal }) => graph.answer(signal, () => readNeighbours(graph, input)),
    query: ({ cypher, limit, timeoutMs }, { signal }) =>
      graph.answer(signal, () => store.readUntrusted(cypher, { maxRows: limit, timeoutMs })),
    tables: (_input, { signal }) => graph.answer(signal, () => readTables(graph)),
    async rebuild(_input, { signal }) {
      await builder.rebuild(signal);
      return graph.answer(signal, () => readStats(graph));
    },
  };
}
