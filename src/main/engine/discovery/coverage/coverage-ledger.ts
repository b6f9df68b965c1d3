import { createPauses } from '#engine/graph/shape/index.ts';
import {
  cloudSchema,
  completeShare,
  type Cloud,
  type CoverageCell,
  type CoverageFilter,
  type CoverageGroup,
  type CoverageGrouping,
  type CoverageSummary,
  type ScopeFact,
} from '#shared/model/index.ts';
import { inBuckets } from './in-buckets.ts';
import { containing, isIncomplete, matches } from './matches.ts';
import { createRecent } from './recent.ts';
import { eachOf, wantedOf } from './stretches.ts';

/** One scope × region and its cells, ordered by kind. */
export interface LedgerPlace {
  readonly cloud: Cloud;
  readonly scope: string;
  readonly region: string;
  readonly incomplete: number;
  readonly cells: readonly CoverageCell[];
}

export interface LedgerSort<By extends string> {
  readonly by: By;
  readonly descending: boolean;
}

export type CellOrder = LedgerSort<'scope' | 'region' | 'kind' | 'status' | 'rows' | 'run' | 'permission'>;
export type PlaceOrder = LedgerSort<'cloud' | 'scope' | 'region' | 'incomplete'>;

/**
 * The cells of one ledger, to be counted, filtered and ordered. Answers stay until others are asked for. A large company
 * has 700,000 cells: all that looks at each of them does so in slices.
 */
export interface CoverageLedger {
  readonly scopes: readonly ScopeFact[];
  /** By scope, region and kind, unless another order is asked for. */
  cells(filter: CoverageFilter, sort?: CellOrder): Promise<readonly CoverageCell[]>;
  places(filter: CoverageFilter, sort: PlaceOrder): Promise<readonly LedgerPlace[]>;
  /** Only groups whose value, or whose scope's name, contains `text`. */
  groups(
    filter: CoverageFilter,
    asked: { readonly by: CoverageGrouping; readonly text: string },
  ): Promise<readonly CoverageGroup[]>;
  summary(filter: CoverageFilter): Promise<CoverageSummary>;
}

const usual: CellOrder = { by: 'scope', descending: false };
/** Questions whose answers are kept: those of one screen. */
const kept = 6;

export function createCoverageLedger(all: readonly CoverageCell[], scopes: readonly ScopeFact[]): CoverageLedger {
  const names = new Map(scopes.map(({ id, name }) => [id, name]));
  const nameOf = (scope: string) => names.get(scope) ?? scope;
  const lists = createRecent<readonly CoverageCell[]>(kept);
  const tables = createRecent<readonly LedgerPlace[]>(kept);
  let ordered: Promise<readonly CoverageCell[]> | null = null;

  const byScope = (one: string, other: string) => compared(nameOf(one), nameOf(other)) || compared(one, other);

  /** By scope, then region, then kind: each pass keeps the order of the one before. */
  async function putInOrder(): Promise<readonly CoverageCell[]> {
    const byKind = await inBuckets(all, (cell) => cell.kind, compared);
    const byRegion = await inBuckets(byKind, (cell) => cell.region, compared);
    return inBuckets(byRegion, (cell) => cell.scope, byScope);
  }

  /** Put in order once, however many ask meanwhile. */
  function inOrder(): Promise<readonly CoverageCell[]> {
    ordered ??= putInOrder();
    return ordered;
  }

  /** To be counted: the order does not matter. */
  function matching(filter: CoverageFilter): Promise<readonly CoverageCell[]> {
    return wantedOf(all, matches(filter, nameOf));
  }

  function cells(filter: CoverageFilter, sort: CellOrder = usual): Promise<readonly CoverageCell[]> {
    return lists.get(JSON.stringify([filter, sort]), async () => {
      const { by, descending } = sort;
      if (by === 'scope' && !descending) return wantedOf(await inOrder(), matches(filter, nameOf));
      const wanted = await cells(filter);
      if (by === 'scope') return inBuckets(wanted, (cell) => cell.scope, turned(byScope, descending));
      return inBuckets(wanted, (cell) => cell[by], turned<string | number | null>(compared, descending));
    });
  }

  function places(filter: CoverageFilter, sort: PlaceOrder): Promise<readonly LedgerPlace[]> {
    return tables.get(JSON.stringify([filter, sort]), async () => {
      const found = await placesOf(await cells(filter));
      const { by, descending } = sort;
      if (by === 'scope') return inBuckets(found, (place) => place.scope, turned(byScope, descending));
      return inBuckets(found, (place) => place[by], turned<string | number>(compared, descending));
    });
  }

  return {
    scopes,
    cells,
    places,
    async groups(filter, { by, text }) {
      const groups = new Map<string, { value: string; cells: number; incomplete: number }>();
      await eachOf(await matching(filter), (cell) => {
        const value = by === 'permission' ? missingPermission(cell) : cell[by];
        if (value === null) return;
        const group = groups.get(value) ?? { value, cells: 0, incomplete: 0 };
        group.cells += 1;
        if (isIncomplete(cell.status)) group.incomplete += 1;
        groups.set(value, group);
      });
      const order = by === 'scope' ? byScope : compared;
      const has = containing(text);
      const wanted = [...groups.values()].filter(({ value }) => has(value) || (by === 'scope' && has(nameOf(value))));
      return inBuckets(wanted, ({ value }) => value, order);
    },
    async summary(filter) {
      const found = await matching(filter);
      const byStatus: CoverageSummary['byStatus'] = {};
      const permissions = new Set<string>();
      let incomplete = 0;
      await eachOf(found, (cell) => {
        byStatus[cell.status] = (byStatus[cell.status] ?? 0) + 1;
        if (isIncomplete(cell.status)) incomplete += 1;
        const missing = missingPermission(cell);
        if (missing !== null) permissions.add(missing);
      });
      const share = completeShare(found);
      return { cells: found.length, byStatus, incomplete, share, missingPermissions: permissions.size };
    },
  };
}

/** What a denied cell says is missing. */
function missingPermission({ status, permission }: CoverageCell): string | null {
  return status === 'denied' ? permission : null;
}

/** Ids of scopes begin with their cloud: `azure:subscription:…`. */
function cloudOf(scope: string): Cloud {
  return cloudSchema.catch('other').parse(scope.slice(0, Math.max(0, scope.indexOf(':'))));
}

/** Cells that stand together because they are ordered by scope and region. */
async function placesOf(cells: readonly CoverageCell[]): Promise<readonly LedgerPlace[]> {
  const pause = createPauses();
  const places: LedgerPlace[] = [];
  let start = 0;
  for (let end = 1; end <= cells.length; end += 1) {
    const first = cells[start];
    const next = cells[end];
    if (first === undefined || (next?.scope === first.scope && next.region === first.region)) continue;
    const those = cells.slice(start, end);
    const incomplete = those.filter(({ status }) => isIncomplete(status)).length;
    places.push({ cloud: cloudOf(first.scope), scope: first.scope, region: first.region, incomplete, cells: those });
    start = end;
    await pause();
  }
  return places;
}

const collator = new Intl.Collator('en', { numeric: true });

/** Texts as people sort them, numbers by size, nothing last. */
function compared(one: string | number | null, other: string | number | null): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return collator.compare(String(one), String(other));
}

function turned<Key>(order: (one: Key, other: Key) => number, descending: boolean): typeof order {
  return descending ? (one, other) => order(other, one) : order;
}
