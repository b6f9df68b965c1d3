import type { RelationshipFact, RelationshipType } from '#shared/model/index.ts';

/** Beyond what one desktop holds; a pair of node numbers below it is one exact number. */
const mostNodes = 2 ** 26;

/**
 * The number of the n-th address while a graph is built. Resources are numbered from 0 and addresses come up among
 * their relationships, so addresses count down from the other end until all resources are known.
 */
export function addressNumber(index: number): number {
  return mostNodes - 1 - index;
}

/** Two nodes as one number, another for each two. */
export function pairNumber(from: number, to: number): number {
  return from * mostNodes + to;
}

/** The final position of a numbered node: addresses stand behind the resources. */
export function positionOf(number: number, resources: number): number {
  return number < resources ? number : resources + (mostNodes - 1 - number);
}

/** A relationship between numbered nodes. */
export interface NumberedRelationship {
  readonly type: RelationshipType;
  readonly from: number;
  readonly to: number;
  readonly run: number;
  readonly fact: Pick<RelationshipFact, 'source' | 'confidence'>;
  /** As JSON. */
  readonly properties: string;
}
