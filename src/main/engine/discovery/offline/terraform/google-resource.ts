import type { Json, JsonObject } from '#shared/base/json.ts';
import { allRegions } from '#shared/model/index.ts';
import { fullNameOf, GcpConverter, nameIn, UnreadableAssetError } from '../../providers/gcp/index.ts';
import { isObject, textOf } from '../json-fields.ts';
import { googleTypes } from './google-types.ts';
import type { StateInstance } from './instances.ts';
import type { StateResource } from './state-resource.ts';

/** What an instance of Google's provider stands for; null when nothing of it is a full resource name. */
export function googleResource({ attributes, type }: StateInstance): StateResource | null {
  const assetType = googleTypes.get(type);
  const name = nameOf(attributes, assetType);
  if (name === null) return null;
  if (assetType === undefined) return { id: name, cell: null, resources: [], relationships: [], scopes: [] };
  const [service, kind] = assetType.split('/');
  const project = /\/projects\/([^/]+)/.exec(name)?.[1] ?? textOf(attributes, 'project');
  const converter = new GcpConverter();
  try {
    const [facts] = converter.convert({
      name,
      assetType: `${service}.googleapis.com/${kind}`,
      ancestors: project === undefined ? [] : [`projects/${project}`],
      resource: { data: camelCase(attributes), location: textOf(attributes, 'zone', 'region', 'location') ?? null },
    });
    if (facts === undefined) return null;
    const { scopeId, kind: cellKind, resources, relationships } = facts;
    const [resource] = resources;
    if (resource === undefined) return null;
    return {
      id: resource.id,
      cell: { scope: scopeId, region: allRegions, kind: cellKind },
      resources: [{ ...resource, sparse: true }],
      relationships,
      scopes: converter.scopes(),
    };
  } catch (error) {
    // Attributes that the reading of bodies cannot make sense of; what is managed is known all the same.
    if (!(error instanceof UnreadableAssetError)) throw error;
    return { id: name, cell: null, resources: [], relationships: [], scopes: [] };
  }
}

/** The full resource name: from its link, or from the id in a service that is known. */
function nameOf(attributes: JsonObject, assetType: string | undefined): string | null {
  const link = textOf(attributes, 'self_link');
  const linked = link === undefined ? null : fullNameOf(link);
  if (linked !== null) return linked;
  const id = textOf(attributes, 'id') ?? '';
  const [service = ''] = assetType?.split('/') ?? [];
  if (service === 'storage') return nameIn(service, textOf(attributes, 'name') ?? id);
  return service !== '' && id.startsWith('projects/') ? nameIn(service, id) : null;
}

/** As Google's own bodies spell it: `ip_cidr_range` → `ipCidrRange`. Labels and the like keep their keys. */
function camelCase(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]): [string, Json] => {
      const spelt = name.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
      return [spelt, name.endsWith('labels') ? inner : camelValue(inner)];
    }),
  );
}

function camelValue(value: Json): Json {
  if (Array.isArray(value)) return value.map(camelValue);
  return isObject(value) ? camelCase(value) : value;
}
