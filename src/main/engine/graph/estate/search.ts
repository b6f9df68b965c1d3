import type { CodedColumn, TagColumns } from '#engine/ports/index.ts';
import type { EstateFilter, ResourceRow } from '#shared/model/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readOrder, type SortOrder } from './orders.ts';
import { readRowsAt } from './resource-rows.ts';
import { readScopes } from './scopes.ts';
import { parseSearch } from './search-terms.ts';
import { selectNodes } from './selection.ts';

export interface SearchInput {
  readonly filter: EstateFilter;
  readonly sort: SortOrder;
  readonly offset: number;
  readonly limit: number;
}

/** One page of the selection, with the size of the whole; each row says why it matched. */
export async function searchEstate(
  graph: GraphAccess,
  { filter, sort, offset, limit }: SearchInput,
): Promise<{ total: number; rows: ResourceRow[] }> {
  const [selected, order] = await Promise.all([selectNodes(graph, filter), readOrder(graph, sort)]);
  const page: number[] = [];
  let total = 0;
  for (const position of order) {
    if (selected[position] !== 1) continue;
    if (total >= offset && page.length < limit) page.push(position);
    total += 1;
  }
  return { total, rows: await readRowsAt(graph, page, parseSearch(filter.text)) };
}

export interface Facets {
  kinds: { value: string; count: number }[];
  regions: { value: string; count: number }[];
  scopes: { value: string; label: string; count: number }[];
  tagKeys: { value: string; count: number }[];
}

type Counts = { value: string; count: number }[];

/** The values that occur with how often they do, the commonest first. */
function inOrder(values: readonly string[], counts: Uint32Array): Counts {
  return values
    .map((value, code) => ({ value, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => right.count - left.count || left.value.localeCompare(right.value, 'en'));
}

function countValues({ values, codes }: CodedColumn, selected: Uint8Array): Counts {
  const counts = new Uint32Array(values.length);
  for (let position = 0; position < selected.length; position += 1) {
    if (selected[position] !== 1) continue;
    const code = codes[position] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return inOrder(values, counts);
}

function countTagKeys({ starts, pairs, keys }: TagColumns, selected: Uint8Array): Counts {
  const counts = new Uint32Array(keys.values.length);
  for (let position = 0; position < selected.length; position += 1) {
    if (selected[position] !== 1) continue;
    const end = starts[position + 1] ?? 0;
    for (let place = starts[position] ?? 0; place < end; place += 1) {
      const key = keys.codes[pairs[place] ?? 0] ?? 0;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return inOrder(keys.values, counts);
}

/**
 * Counts per value that a filter could take. Each list is counted under the filter without its own part, so that
 * the other values of a menu keep their counts after the first choice.
 */
export async function countFacets(graph: GraphAccess, filter: EstateFilter): Promise<Facets> {
  const [shape, scopes] = await Promise.all([graph.shape(), readScopes(graph)]);
  const [ofKinds, ofRegions, ofScopes, ofTags] = await Promise.all([
    selectNodes(graph, filter, 'kinds'),
    selectNodes(graph, filter, 'regions'),
    selectNodes(graph, filter, 'scopes'),
    selectNodes(graph, filter, 'tags'),
  ]);
  const labels = new Map(scopes.map((scope) => [scope.id, scope.name]));
  return {
    kinds: countValues(shape.kinds, ofKinds),
    regions: countValues(shape.regions, ofRegions),
    scopes: countValues(shape.scopes, ofScopes).map(({ value, count }) => ({
      value,
      label: labels.get(value) ?? value,
      count,
    })),
    tagKeys: countTagKeys(shape.tags, ofTags),
  };
}
