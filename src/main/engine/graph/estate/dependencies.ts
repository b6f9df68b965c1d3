import type { RelationshipType } from '#shared/model/index.ts';

/**
 * Which end of a relationship feels a change of the other. `from`: the end it leaves depends on the end it points
 * at (an instance on its subnet); `to`: the other way round (a subnet on the network that contains it); `both`.
 */
export const dependentEnd: Readonly<Record<RelationshipType, 'from' | 'to' | 'both'>> = {
  CONTAINS: 'to',
  IN_NETWORK: 'from',
  ATTACHED_TO: 'both',
  PROTECTED_BY: 'from',
  ALLOWS: 'both',
  ROUTES_TO: 'from',
  PEERED_WITH: 'both',
  TARGETS: 'from',
  RUNS_AS: 'from',
  CAN_ACCESS: 'from',
  ENCRYPTED_BY: 'from',
  HAS_ADDRESS: 'from',
  DERIVED_FROM: 'from',
  MANAGED_BY: 'from',
  REFERENCES: 'from',
};

/** The relationship as a sentence's middle, read from the end that depends. */
const wordsFrom: Readonly<Record<RelationshipType, string>> = {
  CONTAINS: 'contains',
  IN_NETWORK: 'lies in',
  ATTACHED_TO: 'is attached to',
  PROTECTED_BY: 'is protected by',
  ALLOWS: 'lets traffic to',
  ROUTES_TO: 'routes to',
  PEERED_WITH: 'is peered with',
  TARGETS: 'sends requests to',
  RUNS_AS: 'runs as',
  CAN_ACCESS: 'may use',
  ENCRYPTED_BY: 'is encrypted by',
  HAS_ADDRESS: 'has the address',
  DERIVED_FROM: 'was made from',
  MANAGED_BY: 'is managed by',
  REFERENCES: 'refers to',
};

/** The same read from the end the relationship points at. */
const wordsTo: Readonly<Partial<Record<RelationshipType, string>>> = {
  CONTAINS: 'is part of',
  ATTACHED_TO: 'has attached to it',
  ALLOWS: 'gets traffic from',
  PEERED_WITH: 'is peered with',
};

/** `web-1 lies in subnet-a` */
export function relationshipWords(type: RelationshipType, end: 'from' | 'to'): string {
  return end === 'from' ? wordsFrom[type] : (wordsTo[type] ?? `is reached by ${type} from`);
}
