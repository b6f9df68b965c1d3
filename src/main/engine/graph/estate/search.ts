import type { EstateFilter, ResourceRow } from '#shared/model/index.ts';
import { count, text } from './cells.ts';
import { compileFilter, matching, type FilterPart } from './compile-filter.ts';
import type { GraphAccess } from './graph-access.ts';
import { managedResources } from './managed.ts';
import { resourceColumns, toResourceRows } from './resource-rows.ts';
import { readScopes } from './scopes.ts';

export interface SearchInput {
  readonly filter: EstateFilter;
  readonly sort: {
    readonly by: 'name' | 'kind' | 'region' | 'scope' | 'nativeId' | 'state' | 'createdAt' | 'lastRun';
    readonly descending: boolean;
  };
  readonly offset: number;
  readonly limit: number;
}

const sortColumns: Readonly<Record<SearchInput['sort']['by'], readonly string[]>> = {
  name: ['lower(r.name)'],
  kind: ['r.kind', 'lower(r.name)'],
  region: ['r.region', 'r.kind'],
  scope: ['r.scope_id', 'r.kind'],
  nativeId: ['r.native_id'],
  state: ['r.state', 'r.kind'],
  createdAt: ['r.created_at'],
  lastRun: ['r.last_run', 'r.kind'],
};

/** One page of the selection, with the size of the whole; each row says why it matched. */
export async function searchEstate(
  graph: GraphAccess,
  { filter, sort, offset, limit }: SearchInput,
): Promise<{ total: number; rows: ResourceRow[] }> {
  const scopes = await readScopes(graph);
  const selection = compileFilter(filter, scopes);
  const { parameters, terms } = selection;
  const match = matching(selection);
  const [first = 'r.id', ...more] = sortColumns[sort.by];
  // The id last, so that pages do not overlap where the rest is equal.
  const order = [`${first}${sort.descending ? ' DESC' : ''}`, ...more, 'r.id'].join(', ');
  const [totals, rows, managed] = await Promise.all([
    graph.rows(`${match} RETURN count(*) AS total`, parameters),
    graph.rows(`${match} RETURN ${resourceColumns} ORDER BY ${order} SKIP ${offset} LIMIT ${limit}`, parameters),
    managedResources(graph),
  ]);
  const [total] = totals;
  return {
    total: total === undefined ? 0 : count(total, 'total'),
    rows: toResourceRows(rows, { scopes, managed, terms }),
  };
}

export interface Facets {
  kinds: { value: string; count: number }[];
  regions: { value: string; count: number }[];
  scopes: { value: string; label: string; count: number }[];
  tagKeys: { value: string; count: number }[];
}

/**
 * Counts per value that a filter could take. Each list is counted under the filter without its own part, so that
 * the other values of a menu keep their counts after the first choice.
 */
export async function countFacets(graph: GraphAccess, filter: EstateFilter): Promise<Facets> {
  const scopes = await readScopes(graph);
  async function counts(column: string, part: FilterPart): Promise<{ value: string; count: number }[]> {
    const selection = compileFilter(filter, scopes, part);
    const query = `${matching(selection)} RETURN r.${column} AS value, count(*) AS number ORDER BY number DESC, value`;
    const rows = await graph.rows(query, selection.parameters);
    return rows.map((row) => ({ value: text(row, 'value'), count: count(row, 'number') }));
  }
  const [kinds, regions, places, keySets] = await Promise.all([
    counts('kind', 'kinds'),
    counts('region', 'regions'),
    counts('scope_id', 'scopes'),
    counts('tag_keys', 'tags'),
  ]);
  const labels = new Map(scopes.map((scope) => [scope.id, scope.name]));
  return {
    kinds,
    regions,
    scopes: places.map(({ value, count: number }) => ({ value, label: labels.get(value) ?? value, count: number })),
    tagKeys: sumTagKeys(keySets),
  };
}

/** Resources are counted per set of keys, of which there are few; a key's count is the sum over its sets. */
function sumTagKeys(keySets: readonly { value: string; count: number }[]): { value: string; count: number }[] {
  const sums = new Map<string, number>();
  for (const { value, count: number } of keySets) {
    const keys: unknown = JSON.parse(value === '' ? '[]' : value);
    if (!Array.isArray(keys)) continue;
    for (const key of keys) if (typeof key === 'string') sums.set(key, (sums.get(key) ?? 0) + number);
  }
  const entries = [...sums].map(([value, number]) => ({ value, count: number }));
  return entries.sort((left, right) => right.count - left.count || left.value.localeCompare(right.value));
}
