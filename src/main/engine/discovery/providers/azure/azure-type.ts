import type { Json, JsonObject } from '#shared/base/json.ts';
import type { Category, RelationshipType } from '#shared/model/index.ts';
import type { EdgeList } from '../../edge-list.ts';
import { type ArmId, parseArmId } from './arm-id.ts';
import { isObject } from './json-path.ts';

/** What the columns of a resource are filled with, as far as the type says it. */
export interface Described {
  readonly name?: string | undefined;
  readonly state?: string | undefined;
  readonly public?: boolean | undefined;
  readonly cidr?: string | undefined;
  readonly ip?: string | undefined;
}

/** A reference in a body that becomes an edge. */
export interface EdgeRule {
  readonly type: RelationshipType;
  /** Leads to ids, or to objects with an `id`. */
  readonly path: string;
  /** The edge leaves what is named, and points at this resource. */
  readonly reversed?: true;
  /** What is named is a part; its network interface, balancer or network is meant. */
  readonly end?: 'owner' | 'parent';
  /** An item on the way may be a text instead of an object; another rule reads that. */
  readonly orText?: true;
  /** Reads something else than a Resource Manager id: an address, a host name. */
  readonly idOf?: (value: Json) => string | undefined;
}

/** Parts that lie inside a body and become resources of their own. */
export interface PartRule {
  /** Leads to the parts' bodies. */
  readonly path: string;
  /** The last part of their type, for example `subnets`. */
  readonly segment: string;
}

/** What a type's own code gets. */
export interface AzureContext {
  readonly arm: ArmId;
  readonly body: JsonObject;
  readonly edges: EdgeList;
}

/**
 * A type of resource as data: what it becomes, and which of its fields are edges. The permission to read it and the
 * ledger's cell follow from its name.
 */
export interface AzureType {
  /** As Azure's documentation writes it, for example `Microsoft.Network/virtualNetworks`. */
  readonly type: string;
  readonly category: Category;
  readonly table: AzureTable;
  /** Set for what Resource Graph only shows inside another body; it stands in the cell of that type. */
  readonly partOf?: string;
  readonly edges: readonly EdgeRule[];
  readonly parts: readonly PartRule[];
  readonly describe: (body: JsonObject) => Described;
  /** Edges that need more than a path, and their types. */
  readonly more: { readonly types: readonly RelationshipType[]; readonly add: (context: AzureContext) => void } | null;
  /** Paths with ids that say again what another body says better, such as a subnet's network interfaces. */
  readonly echoes: readonly string[];
  /** Paths that `more` reads besides those of edges and parts: what has another form there is told, not passed over. */
  readonly reads: readonly string[];
}

/** The tables of Resource Graph that are asked. */
export type AzureTable = 'resources' | 'resourcecontainers' | 'authorizationresources';

type Optional = 'table' | 'edges' | 'parts' | 'describe' | 'more' | 'echoes' | 'reads';

/** Declares a type, with the blanks filled in. */
export function azureType(parts: Omit<AzureType, Optional> & Partial<Pick<AzureType, Optional>>): AzureType {
  return {
    table: 'resources',
    edges: [],
    parts: [],
    describe: () => ({}),
    more: null,
    echoes: [],
    reads: [],
    ...parts,
  };
}

/** The canonical id of what a value names: an id as text, or an object with an `id`. */
export function namedResource(value: Json, end?: EdgeRule['end']): string | undefined {
  const id = isObject(value) ? value['id'] : value;
  const arm = typeof id === 'string' ? parseArmId(id) : null;
  if (arm === null) return undefined;
  if (end === 'owner') return arm.owner;
  return end === 'parent' ? (arm.parent ?? arm.id) : arm.id;
}
