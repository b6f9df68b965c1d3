import type { ChainLink, NamedResource } from '#shared/model/index.ts';
import type { GraphShape } from '#engine/ports/index.ts';
import { relationshipWords } from './dependencies.ts';
import { labelAt, nodeAt } from './topology.ts';
import type { Reached } from './walk-dependents.ts';

/** A resource as answers name it. */
export function namedAt(shape: GraphShape, position: number): NamedResource {
  const { label, cloud: _cloud, ...node } = nodeAt(shape, position);
  return { ...node, name: label };
}

/** A step to a resource from the one before it: `web-1 lies in subnet-a`, whichever of the two it comes to. */
export function linkTo(shape: GraphShape, step: Omit<Reached, 'hops'>): ChainLink {
  const { position, type, end } = step;
  return { ...namedAt(shape, position), type, forward: end === 'to', words: wordsOf(shape, step) };
}

function wordsOf(shape: GraphShape, { position, via, type, end }: Omit<Reached, 'hops'>): string {
  const [from, to] = end === 'from' ? [position, via] : [via, position];
  return `${labelAt(shape, from)} ${relationshipWords(type, 'from')} ${labelAt(shape, to)}`;
}
