import type { FactReader, GraphBuilder, GraphStore, QuestionsService } from '#engine/ports/index.ts';
import { createGraphAccess, type GraphAccess } from './graph-access.ts';
import { readDependents } from './read-dependents.ts';
import { readExposure } from './read-exposure.ts';
import { readOverlaps } from './read-overlaps.ts';
import { readPaths } from './read-paths.ts';
import { readUses } from './read-uses.ts';

export interface QuestionsServiceDeps {
  readonly facts: FactReader;
  readonly store: GraphStore;
  readonly builder: GraphBuilder;
  /** Shared with other readers of the store; an own one when not given. */
  readonly graph?: GraphAccess;
}

/** Questions of the cloud graph. A graph that was never built, or is damaged, is built before the first answer. */
export function createQuestionsService({ facts, store, builder, ...shared }: QuestionsServiceDeps): QuestionsService {
  const graph = shared.graph ?? createGraphAccess({ store, builder });
  const sources = { graph, facts };
  return {
    blastRadius: (input, { signal }) => graph.answer(signal, () => readDependents(sources, input)),
    paths: (input, { signal }) => graph.answer(signal, () => readPaths(graph, input)),
    uses: (input, { signal }) => graph.answer(signal, () => readUses(sources, input)),
    exposure: (input, { signal }) => graph.answer(signal, () => readExposure(sources, input)),
    overlaps: (input, { signal }) => graph.answer(signal, () => readOverlaps(graph, input)),
  };
}
