import { allRegions } from '#shared/model/index.ts';
import { convertAzureRow } from '../../providers/azure/index.ts';
import { listOf, textOf } from '../json-fields.ts';
import type { StateInstance } from './instances.ts';
import type { StateResource } from './state-resource.ts';

/** Attributes that say again what the columns of a resource say. */
const inColumns = new Set(['id', 'name', 'location', 'tags', 'timeouts', 'resource_group_name']);

/** What an instance of one of Azure's providers stands for; null when it has no id of Resource Manager. */
export function azureResource({ attributes }: StateInstance): StateResource | null {
  const id = textOf(attributes, 'id');
  // Associations have ids of their own making: two ids with a bar between them.
  if (id === undefined || id.includes('|')) return null;
  const properties = Object.fromEntries(Object.entries(attributes).filter(([name]) => !inColumns.has(name)));
  const { cell, resources, relationships, scopes } = convertAzureRow({
    id,
    ...(textOf(attributes, 'name') === undefined ? {} : { name: attributes['name'] ?? null }),
    location: attributes['location'] ?? null,
    tags: attributes['tags'] ?? null,
    properties,
  });
  const [resource] = resources;
  if (cell === null || resource === undefined) return null;
  const [range] = [...listOf(attributes['address_space']), ...listOf(attributes['address_prefixes'])];
  const cidr = typeof range === 'string' ? range : (textOf(attributes, 'address_prefix') ?? null);
  const own = { ...resource, cidr, ip: textOf(attributes, 'ip_address', 'private_ip_address') ?? null, sparse: true };
  return { id: resource.id, cell: { ...cell, region: allRegions }, resources: [own], relationships, scopes };
}
