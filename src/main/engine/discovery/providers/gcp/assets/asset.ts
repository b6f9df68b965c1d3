import type { JsonObject } from '#shared/base/json.ts';
import { isObject } from './body-reader.ts';
import { lastStep } from './names.ts';

/** One asset of Google's inventory, whether it came from the API, from `gcloud asset list` or from an export. */
export interface GcpAsset {
  /** The full resource name, as it was sent: `//compute.googleapis.com/projects/shop/global/networks/main`. */
  readonly name: string;
  /** For example `compute.googleapis.com/Network`. */
  readonly type: string;
  /** From the nearest upwards, projects by number: `projects/123`, `folders/45`, `organizations/6`. */
  readonly ancestors: readonly string[];
  /** A zone, a region, a multi-region or `global`; null where the inventory does not say. */
  readonly location: string | null;
  /** The resource's body; null when the listing was of another content. */
  readonly data: JsonObject | null;
  readonly iamPolicy: JsonObject | null;
  /** Content of other listings that came along and that nothing here reads, by its name: `orgPolicy`. */
  readonly unreadContent: readonly string[];
}

/** Contents of the inventory besides bodies and IAM policies, in both spellings. */
const otherContents = [
  ['orgPolicy', 'org_policy'],
  ['accessPolicy', 'access_policy'],
  ['accessLevel', 'access_level'],
  ['servicePerimeter', 'service_perimeter'],
  ['osInventory', 'os_inventory'],
  ['relatedAsset', 'related_asset'],
] as const;

/** An asset that cannot be used at all, in a sentence that names it. */
export class UnreadableAssetError extends Error {
  override name = 'UnreadableAssetError';
}

/**
 * Reads one asset. The API and `gcloud` write camel case, exports to Cloud Storage snake case; both are taken.
 * Throws `UnreadableAssetError` where there is no name or type: then nobody can say what it is.
 */
export function readAsset(value: unknown): GcpAsset {
  if (!isObject(value)) throw new UnreadableAssetError(`An asset is ${describe(value)} instead of an object.`);
  const { name } = value;
  if (typeof name !== 'string' || !name.startsWith('//')) {
    throw new UnreadableAssetError(`An asset has ${describe(name)} instead of a full resource name.`);
  }
  const type = value['assetType'] ?? value['asset_type'];
  if (typeof type !== 'string' || !/^[a-z0-9.-]+\/[A-Za-z0-9]+$/.test(type)) {
    throw new UnreadableAssetError(`${name} has ${describe(type)} instead of an asset type.`);
  }
  const resource = objectOf(value['resource']);
  const data = objectOf(resource?.['data']);
  return {
    name,
    type,
    ancestors: ancestorsOf(value, resource),
    location: locationOf(resource, data),
    data,
    iamPolicy: objectOf(value['iamPolicy'] ?? value['iam_policy']),
    unreadContent: otherContents.filter((names) => names.some((one) => hasContent(value[one]))).map(([one]) => one),
  };
}

/** The API's client writes contents that were not asked for as null or empty lists. */
function hasContent(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function objectOf(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

/** As the inventory says it, else as the body does: files made from plans have only that. */
function locationOf(resource: JsonObject | null, data: JsonObject | null): string | null {
  const places = [resource?.['location'], data?.['location'], data?.['zone'], data?.['region']];
  const written = places.find((place): place is string => typeof place === 'string' && place !== '');
  return written === undefined ? null : lastStep(written).toLowerCase() || null;
}

const ancestorForm = /^(projects|folders|organizations)\/[^/]+$/;

/**
 * The chain of scopes above an asset. Where the list is missing (in files made from plans), the path
 * `organizations/6/folders/45/project/shop` or the resource's parent stands in for it.
 */
function ancestorsOf(asset: JsonObject, resource: JsonObject | null): readonly string[] {
  const { ancestors } = asset;
  if (Array.isArray(ancestors)) {
    const readable = ancestors.filter((one): one is string => typeof one === 'string' && ancestorForm.test(one));
    if (readable.length > 0) return readable;
  }
  const path = asset['ancestryPath'] ?? asset['ancestry_path'];
  if (typeof path === 'string') {
    const found = [...path.matchAll(/(organization|folder|project)s?\/([^/]+)/g)];
    if (found.length > 0) return found.map(([, level, id]) => `${level}s/${id}`).reverse();
  }
  const parent = resource?.['parent'];
  const nearest = typeof parent === 'string' ? /\/\/cloudresourcemanager\.googleapis\.com\/(.+)$/.exec(parent) : null;
  return nearest?.[1] !== undefined && ancestorForm.test(nearest[1]) ? [nearest[1]] : [];
}

function describe(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (typeof value === 'string') return `“${value.slice(0, 80)}”`;
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
