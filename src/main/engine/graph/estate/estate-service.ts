import type { EstateService, FactStore, GraphBuilder, GraphStore } from '#engine/ports/index.ts';
import { createGraphAccess } from './graph-access.ts';
import { readGraphView } from './graph-view.ts';
import { readNeighbours } from './neighbours.ts';
import { readResource } from './resource-detail.ts';
import { readScopes } from './scopes.ts';
import { countFacets, searchEstate } from './search.ts';
import { readStats } from './stats.ts';

export interface EstateServiceDeps {
  readonly facts: FactStore;
  readonly store: GraphStore;
  readonly builder: GraphBuilder;
}

/** Reading the cloud graph. A graph that was never built, or is damaged, is built before the first answer. */
export function createEstateService({ facts, store, builder }: EstateServiceDeps): EstateService {
  const graph = createGraphAccess({ store, builder });
  return {
    async stats(_input, { signal }) {
      await graph.ensureReady(signal);
      return readStats(graph);
    },
    async scopes(_input, { signal }) {
      await graph.ensureReady(signal);
      return [...(await readScopes(graph))];
    },
    async search(input, { signal }) {
      await graph.ensureReady(signal);
      return searchEstate(graph, input);
    },
    async facets({ filter }, { signal }) {
      await graph.ensureReady(signal);
      return countFacets(graph, filter);
    },
    async resource({ id }, { signal }) {
      await graph.ensureReady(signal);
      return readResource({ graph, facts }, id);
    },
    async graphView(input, { signal }) {
      await graph.ensureReady(signal);
      return readGraphView(graph, input);
    },
    async neighbours(input, { signal }) {
      await graph.ensureReady(signal);
      return readNeighbours(graph, input);
    },
    async query({ cypher, limit, timeoutMs }, { signal }) {
      await graph.ensureReady(signal);
      return store.readUntrusted(cypher, { maxRows: limit, timeoutMs });
    },
    async rebuild(_input, { signal }) {
      await builder.rebuild(signal);
      return readStats(graph);
    },
  };
}
