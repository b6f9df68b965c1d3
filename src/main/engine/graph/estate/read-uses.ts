import type { RelationshipType, Uses } from '#shared/model/index.ts';
import { codedAt } from '../shape/index.ts';
import { inPlaces, readBlindSpots } from './blind-spots.ts';
import { readManaged } from './managed.ts';
import { linkTo, namedAt } from './named.ts';
import type { Sources } from './read-dependents.ts';
import { resolveResource } from './resolve.ts';
import { readTopology, type Topology } from './topology.ts';
import { createChains, walkDependents, type Reached } from './walk-dependents.ts';

/**
 * What only stands between a resource and its user: a machine uses a security group by its interface, and a role by a
 * profile.
 */
function isBetween({ shape }: Topology, { position }: Reached): boolean {
  return (
    codedAt(shape.categories, position) === 'interface' || codedAt(shape.kinds, position).endsWith('.instance-profile')
  );
}

/** Who uses a resource: what depends on it directly, or by something that only stands between. */
export async function readUses(
  { graph, facts }: Sources,
  { id, limit }: { readonly id: string; readonly limit: number },
): Promise<Uses> {
  const [topology, managed] = await Promise.all([readTopology(graph), readManaged(graph)]);
  const { shape } = topology;
  const position = await resolveResource(graph, id);
  const direct = walkDependents(topology, [position], { hops: 1, direction: 'dependents' });
  const between = new Map(direct.filter((one) => isBetween(topology, one)).map((one) => [one.position, one]));
  const beyond = walkDependents(topology, between.keys(), { hops: 1, direction: 'dependents' }).filter(
    (one) => one.position !== position,
  );
  const known = new Set(direct.map((one) => one.position));
  const behind = beyond.filter((one) => !known.has(one.position));
  const passed = new Set(beyond.map((one) => one.via));
  // What stands between is told by those behind it; alone it is a user itself.
  const users = [...direct.filter((one) => !passed.has(one.position)), ...behind];
  const chainOf = createChains([...direct, ...behind]);
  const groups = Map.groupBy(users, (one) => `${typeOfUse(one, between)}\n${codedAt(shape.kinds, one.position)}`);
  const named = namedAt(shape, position);
  const told = users.slice(0, limit);
  return {
    resource: named,
    total: users.length,
    groups: [...groups]
      .map(([, [first, ...rest]]) => ({
        type: first === undefined ? 'REFERENCES' : typeOfUse(first, between),
        kind: first === undefined ? '' : codedAt(shape.kinds, first.position),
        count: rest.length + 1,
      }))
      .sort((left, right) => right.count - left.count),
    users: told.map((one) => ({
      ...namedAt(shape, one.position),
      managedBy: managed.managerOf(one.position),
      chain: chainOf(one).map((step) => linkTo(shape, step)),
    })),
    blind: await readBlindSpots(facts, inPlaces([named])),
  };
}

/** The relationship that touches what is used: that of the one between, where there is one. */
function typeOfUse(one: Reached, between: ReadonlyMap<number, Reached>): RelationshipType {
  return between.get(one.via)?.type ?? one.type;
}
