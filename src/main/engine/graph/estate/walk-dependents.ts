import { dependentEnd, relationshipWords } from './dependencies.ts';
import { eachRelated, labelAt, type Related, type Topology } from './topology.ts';
import type { GraphShape } from '#engine/ports/index.ts';
import type { RelationshipType } from '#shared/model/index.ts';

/** A resource that a change reaches, and over what. */
export interface Reached {
  readonly position: number;
  /** How many relationships it is away. */
  readonly hops: number;
  /** The resource it was reached from, one hop nearer. */
  readonly via: number;
  readonly type: RelationshipType;
  /** At which end of the relationship the reached resource stands. */
  readonly end: 'from' | 'to';
}

export interface DependentsWalk {
  /** How far to walk. */
  readonly hops: number;
  /** `dependents`: what feels a change of the given. `dependencies`: what the given themselves rest on. */
  readonly direction: 'dependents' | 'dependencies' | 'both';
}

function isStep({ type, end }: Related, direction: DependentsWalk['direction']): boolean {
  if (direction === 'both' || dependentEnd[type] === 'both') return true;
  return (dependentEnd[type] === end) === (direction === 'dependents');
}

/**
 * The resources a change of the given ones reaches, nearest first: breadth-first over the relationships in the
 * direction of dependence, so a changed machine does not affect its network, but a changed network its machines. Or
 * against it: what the given ones need.
 */
export function walkDependents(
  topology: Topology,
  starts: Iterable<number>,
  { hops, direction }: DependentsWalk,
): readonly Reached[] {
  const seen = new Uint8Array(topology.shape.resources);
  const reached: Reached[] = [];
  let ring = [...starts];
  for (const start of ring) seen[start] = 1;
  for (let distance = 1; distance <= hops && ring.length > 0; distance += 1) {
    const next: number[] = [];
    for (const via of ring) {
      eachRelated(topology, via, (related) => {
        const { other: position, type, end } = related;
        if (seen[position] === 1 || !isStep(related, direction)) return;
        seen[position] = 1;
        next.push(position);
        reached.push({ position, hops: distance, via, type, end });
      });
    }
    ring = next;
  }
  return reached;
}

/** One link of a chain: `web-1 lies in subnet-a`. */
export function becauseOf(shape: GraphShape, { position, via, type, end }: Reached): string {
  return `${labelAt(shape, position)} ${relationshipWords(type, end)} ${labelAt(shape, via)}`;
}

/** The links from a given resource to a reached one, for those that were reached in one walk. */
export function createChains(reached: readonly Reached[]): (last: Reached) => readonly Reached[] {
  const byPosition = new Map(reached.map((one) => [one.position, one]));
  return (last) => {
    const chain: Reached[] = [];
    for (let one: Reached | undefined = last; one !== undefined; one = byPosition.get(one.via)) chain.unshift(one);
    return chain;
  };
}
