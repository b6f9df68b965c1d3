import type { FactReader } from '#engine/ports/index.ts';
import type { Dependents } from '#shared/model/index.ts';
import { inPlaces, readBlindSpots } from './blind-spots.ts';
import type { GraphAccess } from './graph-access.ts';
import { readManaged } from './managed.ts';
import { linkTo, namedAt } from './named.ts';
import { resolveAll } from './resolve.ts';
import { readTopology } from './topology.ts';
import { createChains, walkDependents } from './walk-dependents.ts';

export interface Sources {
  readonly graph: GraphAccess;
  readonly facts: Pick<FactReader, 'coverage'>;
}

export interface DependentsInput {
  readonly ids: readonly string[];
  readonly hops: number;
  readonly direction: 'dependents' | 'dependencies';
  readonly limit: number;
}

/**
 * What feels a change of the given resources, or what they need themselves, nearest first, each with why; and where
 * the map is blind near them.
 */
export async function readDependents({ graph, facts }: Sources, input: DependentsInput): Promise<Dependents> {
  const [topology, managed] = await Promise.all([readTopology(graph), readManaged(graph)]);
  const { shape } = topology;
  const { positions, unknown } = await resolveAll(graph, input.ids);
  const reached = walkDependents(topology, positions, input);
  const chainOf = createChains(reached);
  const perHop = Array.from({ length: input.hops }, () => 0);
  for (const { hops } of reached) perHop[hops - 1] = (perHop[hops - 1] ?? 0) + 1;
  const told = reached.slice(0, input.limit);
  const near = [...positions, ...told.map(({ position }) => position)].map((position) => namedAt(shape, position));
  return {
    hops: input.hops,
    total: reached.length,
    perHop,
    affected: told.map((one) => ({
      ...namedAt(shape, one.position),
      hops: one.hops,
      managedBy: managed.managerOf(one.position),
      chain: chainOf(one).map((step) => linkTo(shape, step)),
    })),
    unknown: [...unknown],
    blind: await readBlindSpots(facts, inPlaces(near)),
  };
}
