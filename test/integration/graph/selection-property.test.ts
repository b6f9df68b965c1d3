import {
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  oneof,
  record,
  subarray,
  type Arbitrary,
} from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  estateFilterSchema,
  type Category,
  type Cloud,
  type EstateFilter,
  type ResourceRow,
} from '#shared/model/index.ts';
import { matchReason, parseSearch } from '#engine/graph/estate/search-terms.ts';
import { generateEstate } from '#test/support/estate/generate.ts';
import { relationship, writeRun } from '#test/support/estate/small-estate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

// The database has answered groupings wrongly before: whatever is selected, it must agree with plain code over the
// rows of an unfiltered search.

let graph: TestGraph;
let all: readonly ResourceRow[];

beforeAll(async () => {
  graph = await openTestGraph();
  const estate = generateEstate({ resources: 700 });
  const cells = [...estate.cells()].map(({ key, resources, relationships }) => ({ ...key, resources, relationships }));
  const stub = 'arn:aws:kms:us-east-1:999999999999:key/shared-with-us';
  const [first] = cells[0]?.resources ?? [];
  const extra = { scope: 'x', kind: 'x', relationships: [relationship(first?.id ?? '', 'ENCRYPTED_BY', stub)] };
  await writeRun(graph.facts, [...cells, extra], estate.scopes);
  await writeRun(
    graph.facts,
    cells.slice(0, 9).map((cell) => ({ ...cell, status: 'denied' as const, resources: [], relationships: [] })),
  );
  const managed = cells
    .flatMap((cell) => cell.resources.slice(0, 1))
    .map(({ id }, index) => ({
      resourceId: id,
      environment: 'eu',
      node: 'network',
      address: `a.b${index}`,
      version: '1.0.0',
    }));
  const environment = { name: 'eu', blueprint: 'b', version: '1.0.0', cloud: 'aws', scopeId: '', region: '' };
  const state = { status: 'live', driftState: 'none', lastDeployment: null };
  graph.overlay = { ...graph.overlay, environments: [{ ...environment, ...state }], managed };
  await graph.builder.rebuild(graph.signal);
  all = (await search(estateFilterSchema.parse({ includeStubs: true }))).rows;
});
afterAll(() => graph.close());

async function search(filter: EstateFilter) {
  const sort = { by: 'kind', descending: false } as const;
  return graph.service.search({ filter, sort, offset: 0, limit: 5000 }, graph.call);
}

function isSelected(row: ResourceRow, filter: EstateFilter): boolean {
  const company = filter.scopes.includes('aws:organization:o-generated') && !row.isStub;
  const anyOf = (values: readonly string[], value: string): boolean => values.length === 0 || values.includes(value);
  return (
    (filter.includeStubs || !row.isStub) &&
    (!filter.onlyStale || row.stale) &&
    (company || anyOf(filter.scopes, row.scopeId)) &&
    anyOf(filter.regions, row.region) &&
    anyOf(filter.kinds, row.kind) &&
    anyOf(filter.categories, row.category) &&
    anyOf(filter.ids, row.id) &&
    filter.tags.every(({ key, value }) => key in row.tags && (value === null || row.tags[key] === value)) &&
    (filter.managed === 'any' || (filter.managed === 'managed') === (row.managedBy !== null)) &&
    (filter.seen === 'any' || (filter.seen === 'stale') === row.stale) &&
    parseSearch(filter.text).every((term) => matchReason(row, [term]) !== null)
  );
}

type TagFilter = EstateFilter['tags'][number];

function either<Value>(...choices: Arbitrary<Value>[]): Arbitrary<Value> {
  return oneof(...choices);
}

function filters(): Arbitrary<EstateFilter> {
  const none = <Item>(): Arbitrary<Item[]> => constant<Item[]>([]);
  const words = ['orders', 'env=prod', 'PAYMENTS', '10.1.0.0/16', '10.0.1.9', 'subnet', 'us-east-1', 'team=', 'i-0000'];
  const distinct = (values: readonly string[]): string[] => [...new Set(values)];
  return record({
    text: array(constantFrom(...words), { maxLength: 2 }).map((chosen) => chosen.join(' ')),
    clouds: none<Cloud>(),
    scopes: either(
      constant([]),
      constant(['aws:organization:o-generated']),
      subarray(distinct(all.map((row) => row.scopeId))),
    ),
    regions: subarray(distinct(all.map((row) => row.region))),
    kinds: either(none<string>(), subarray(distinct(all.map((row) => row.kind)))),
    categories: either(none<Category>(), subarray([...new Set(all.map((row) => row.category))])),
    tags: either(
      none<TagFilter>(),
      constant<TagFilter[]>([{ key: 'env', value: 'prod' }]),
      constant<TagFilter[]>([{ key: 'team', value: null }]),
    ),
    states: none<string>(),
    managed: constantFrom<EstateFilter['managed']>('any', 'managed', 'unmanaged'),
    seen: constantFrom<EstateFilter['seen']>('any', 'fresh', 'stale'),
    includeStubs: boolean(),
    onlyStale: either(constant(false), constant(false), constant(true)),
    changedSinceRun: constant(null),
    ids: either(none<string>(), none<string>(), none<string>(), subarray(all.map((row) => row.id))),
  });
}

test('search, facets and drawing agree with plain code over all rows', async () => {
  expect(all).toHaveLength(701);
  await assert(
    asyncProperty(filters(), boolean(), async (filter, isOpen) => {
      const wanted = all.filter((row) => isSelected(row, filter));
      const { total, rows } = await search(filter);
      expect(total).toBe(wanted.length);
      expect(rows.map((row) => row.id).sort()).toEqual(wanted.map((row) => row.id).sort());

      const facets = await graph.service.facets({ filter }, graph.call);
      const byRegion = Map.groupBy(
        all.filter((row) => isSelected(row, { ...filter, regions: [] })),
        (row) => row.region,
      );
      expect(Object.fromEntries(facets.regions.map(({ value, count }) => [value, count]))).toEqual(
        Object.fromEntries([...byRegion].map(([region, members]) => [region, members.length])),
      );

      const expanded = isOpen ? [...new Set(wanted.map((row) => `${row.scopeId}|${row.region}`))] : [];
      const view = await graph.service.graphView({ filter, expanded, limit: 2000 }, graph.call);
      const keyOf = (row: ResourceRow): string => {
        if (filter.ids.length > 0) return row.id;
        return isOpen ? `${row.scopeId}|${row.region}|${row.kind}` : `${row.scopeId}|${row.region}`;
      };
      const groups = new Map(
        [...Map.groupBy(wanted, keyOf)].map(([key, members]) =>
          // A kind of which a place has only one is drawn as the resource it is.
          isOpen && members.length === 1 ? [members[0]?.id ?? key, members] : [key, members],
        ),
      );
      expect(Object.fromEntries(view.nodes.map((node) => [node.id, [node.count, node.managed, node.stale]]))).toEqual(
        Object.fromEntries(
          [...groups].map(([key, members]) => [
            key,
            [members.length, members.every((row) => row.managedBy !== null), members.every((row) => row.stale)],
          ]),
        ),
      );
      expect(view.hidden).toBe(0);
    }),
    { numRuns: 60 },
  );
});
