import { balancingMappings, balancingTypes } from './balancing.ts';
import { computeMappings, computeTypes } from './compute.ts';
import { databaseMappings, databaseTypes } from './database.ts';
import { identityMappings, identityTypes } from './identity.ts';
import type { ResourceMapping, TypeAbout } from './mapping.ts';
import { messagingMappings, messagingTypes } from './messaging.ts';
import { networkMappings, networkTypes } from './network.ts';
import { securityGroupMappings, securityGroupTypes } from './security-group.ts';
import { storageMappings, storageTypes } from './storage.ts';

export { rawOf } from './raw.ts';
export { classicDialect, dialectOf } from './dialect.ts';
export type { Dialect, NewPart, StateOnly, TypeAbout } from './mapping.ts';

const mappings: ReadonlyMap<string, ResourceMapping> = new Map(
  [
    ...networkMappings,
    ...securityGroupMappings,
    ...databaseMappings,
    ...storageMappings,
    ...messagingMappings,
    ...balancingMappings,
    ...identityMappings,
    ...computeMappings,
  ].map((mapping) => [mapping.kind, mapping]),
);

// The order of the list is the order of the blocks in generated code: what others stand on comes first.
const types: readonly TypeAbout[] = [
  ...networkTypes,
  ...securityGroupTypes,
  ...identityTypes,
  ...databaseTypes,
  ...storageTypes,
  ...messagingTypes,
  ...computeTypes,
  ...balancingTypes,
];
const typesByName: ReadonlyMap<string, TypeAbout> = new Map(types.map((about) => [about.type, about]));
const positions: ReadonlyMap<string, number> = new Map(types.map((about, index) => [about.type, index]));

/** How resources of a kind are written as code, or undefined when nobody has written that down yet. */
export function mappingOf(kind: string): ResourceMapping | undefined {
  return mappings.get(kind);
}

/** What is known of a Terraform type. Throws for a type that no mapping makes. */
export function aboutType(type: string): TypeAbout {
  const about = typesByName.get(type);
  if (about === undefined) throw new TypeError(`No mapping makes the Terraform type ${type}.`);
  return about;
}

/** What of a Terraform type lives in the tool's state only; empty for types nobody has looked at. */
export function stateOnlyOf(type: string): NonNullable<TypeAbout['stateOnly']> {
  return typesByName.get(type)?.stateOnly ?? [];
}

/** Position of a type in generated code. */
export function positionOf(type: string): number {
  return positions.get(type) ?? types.length;
}
