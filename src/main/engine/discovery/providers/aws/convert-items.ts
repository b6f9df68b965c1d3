import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import type { CellFailure } from '../../step.ts';
import type { Converted } from './facts.ts';
import type { AwsPlace } from './place.ts';

export interface ConvertedItems {
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  /** Why some items are missing; they are there in the cloud, so that the cell is not complete. */
  readonly gap: CellFailure | null;
}

/**
 * Converts the items of one page. One that cannot be read, because a field is missing or has another form than AWS
 * documents, takes none of the others away: it is told as a gap, with what was wrong with it.
 */
export function convertItems<Item>(
  items: readonly Item[],
  convert: (item: Item, place: AwsPlace) => Converted,
  { place, permission }: { readonly place: AwsPlace; readonly permission: string },
): ConvertedItems {
  const resources: ResourceFact[] = [];
  const relationships: RelationshipFact[] = [];
  const flaws: string[] = [];
  for (const item of items) {
    const converted = readable(item, convert, place);
    if (typeof converted === 'string') {
      flaws.push(converted);
      continue;
    }
    resources.push(converted.resource);
    relationships.push(...converted.relationships);
  }
  const [first] = flaws;
  if (first === undefined) return { resources, relationships, gap: null };
  const which = flaws.length === 1 ? 'an item' : `${flaws.length} items, the first of them`;
  const message = `${permission} in ${place.accountLabel}, ${place.region}: the answer has ${which} that cannot be read: ${first}`;
  return { resources, relationships, gap: { status: 'failed', message, permission: null, unreachable: false } };
}

/** The facts of an item, or what is wrong with it. */
function readable<Item>(
  item: Item,
  convert: (item: Item, place: AwsPlace) => Converted,
  place: AwsPlace,
): Converted | string {
  try {
    const converted = convert(item, place);
    const flaw = flawOf(converted);
    return flaw === null ? converted : `${flaw} has another form than it should.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The first field of an item's facts that is not what the graph can hold. Bodies are JSON whatever came. */
function flawOf({ resource, relationships }: Converted): string | null {
  const { id, name, nativeId, scopeId, region, zone, state, cidr, ip, createdAt, public: open, tags } = resource;
  const texts = { id, name, nativeId, scopeId, region };
  for (const [field, value] of Object.entries(texts)) if (typeof value !== 'string') return field;
  if (id === '') return 'id';
  for (const [field, value] of Object.entries({ zone, state, cidr, ip })) {
    if (value !== null && typeof value !== 'string') return field;
  }
  if (createdAt !== null && !Number.isFinite(createdAt)) return 'createdAt';
  if (open !== null && typeof open !== 'boolean') return 'public';
  if (!Object.values(tags).every((value) => typeof value === 'string')) return 'tags';
  const odd = relationships.find(({ from, to }) => !isId(from) || !isId(to));
  return odd === undefined ? null : odd.source;
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
