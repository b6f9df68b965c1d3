import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  record,
  shuffledSubarray,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allRegions, type CoverageStatus, type ResourceFact } from '#shared/model/index.ts';
import type { ComparedRuns, FactStore } from '#engine/ports/index.ts';
import { resource } from '#test/support/estate/small-estate.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { createFactStore } from '../index.ts';

// Comparing goes by bytes, lines and the places where they stand. Here the same is found out from the facts
// themselves, one by one and with nothing left out, for runs in which everything happens that may.

type Row = ComparedRuns['differences'][number];

interface Cell {
  readonly scope: string;
  readonly kind: string;
  readonly region: string;
  readonly status: CoverageStatus;
  readonly pages: readonly (readonly ResourceFact[])[];
}

const names = [...'abcdefghijklmnopqrst'.split(''), 'né', 'a"quote', 'back\\slash', '日本', '","zone":'];

interface Item {
  readonly name: string;
  readonly region: string;
  readonly size: number;
  readonly etag: number;
  readonly sparse: boolean;
  readonly form: string;
}

const item: Arbitrary<Item> = record({
  name: constantFrom(...names),
  region: constantFrom('north', 'south'),
  size: integer({ min: 1, max: 2 }),
  etag: integer({ min: 1, max: 2 }),
  sparse: constantFrom(false, false, false, true),
  form: constantFrom('usual', 'usual', 'usual', 'tags first'),
});

/** A resource; `form` says in which order it was put together. */
function factOf(cell: Pick<Cell, 'scope' | 'kind'>, { name, region, size, etag, sparse, form }: Item): ResourceFact {
  const fact = resource({
    // Without the scope: both may see it.
    id: `${cell.kind}/${region}/${name}`,
    kind: cell.kind,
    region,
    name: `${name} of ${size}`,
    nativeId: `${name} as ${cell.scope} knows it`,
    scopeId: size === 1 ? 'a' : 'b',
    raw: { size, Etag: String(etag) },
    ...(sparse ? { sparse } : {}),
  });
  if (form === 'usual') return fact;
  const { tags: _tags, ...rest } = fact;
  return { tags: { zone: 'x', region: 'y' }, ...rest };
}

const place = record({
  scope: constantFrom('a', 'b'),
  kind: constantFrom('k1', 'k2'),
  region: constantFrom('north', 'south', allRegions),
});
const status = constantFrom<CoverageStatus>('complete', 'complete', 'complete', 'denied');

/** What became of the items of a cell, most of which stay as they were. */
const fate = record({
  kept: shuffledSubarray(Array.from({ length: 30 }, (_, at) => at)),
  inOrder: boolean(),
  changes: array(tuple(integer({ min: 0, max: 29 }), item), { maxLength: 4 }),
  added: array(item, { maxLength: 4 }),
});

const histories: Arbitrary<readonly (readonly Cell[])[]> = uniqueArray(
  record({
    place,
    statuses: tuple(status, status),
    items: array(item, { maxLength: 30 }),
    fate,
    pageSize: integer({ min: 1, max: 12 }),
    seen: constantFrom('by both', 'by both', 'by both', 'before', 'after'),
    same: boolean(),
    shared: boolean(),
  }),
  { maxLength: 6, selector: (cell) => Object.values(cell.place).join('/') },
).map((all) => {
  const runs: Cell[][] = [[], []];
  for (const { place: at, statuses, pageSize, seen, same, shared, ...own } of all) {
    const { items, fate: of } = shared ? (all[0] ?? own) : own;
    const later = same ? items : laterItems(items, of);
    for (const [run, some] of [items, later].entries()) {
      if (seen === (run === 0 ? 'after' : 'before')) continue;
      const facts = some.map((one) => factOf(at, at.region === allRegions ? one : { ...one, region: at.region }));
      const pages = Array.from({ length: Math.ceil(facts.length / pageSize) }, (_, page) =>
        facts.slice(page * pageSize, (page + 1) * pageSize),
      );
      runs[run]?.push({ ...at, status: statuses[run] ?? 'complete', pages });
    }
  }
  return runs;
});

function laterItems(
  items: readonly Item[],
  { kept, inOrder, changes, added }: { kept: number[]; inOrder: boolean; changes: [number, Item][]; added: Item[] },
): readonly Item[] {
  const changed = new Map(changes);
  const positions = inOrder ? items.map((_, at) => at).filter((at) => kept.length < 15 || kept.includes(at)) : kept;
  return [
    ...positions.flatMap((at) => {
      const one = items[at];
      const other = changed.get(at);
      if (one === undefined) return [];
      return other === undefined ? [one] : [{ ...one, size: other.size, etag: other.etag, sparse: other.sparse }];
    }),
    ...added,
  ];
}

interface Seen {
  readonly fact: ResourceFact;
  readonly cell: Cell;
}

/** What a run says of each resource of one scope × kind. */
function sightings(run: readonly Cell[], at: Pick<Cell, 'scope' | 'kind'>): Map<string, Seen> {
  const cells = run.filter(({ scope, kind }) => scope === at.scope && kind === at.kind);
  const wideFirst = [...cells.filter(isWide), ...cells.filter((cell) => !isWide(cell))];
  const seen = new Map<string, Seen>();
  for (const cell of wideFirst) {
    for (const fact of cell.pages.flat()) {
      const known = seen.get(fact.id);
      if (known === undefined || fact.sparse !== true || known.fact.sparse === true) seen.set(fact.id, { fact, cell });
    }
  }
  return seen;
}

function isWide(cell: Cell): boolean {
  return cell.region === allRegions;
}

function sawAll(run: readonly Cell[], { cell, fact }: Seen): boolean {
  const region = isWide(cell) ? fact.region : cell.region;
  return run.some(
    (other) =>
      other.scope === cell.scope &&
      other.kind === cell.kind &&
      [region, allRegions].includes(other.region) &&
      other.status === 'complete',
  );
}

function hasDrifted(was: ResourceFact, is: ResourceFact): boolean {
  const text = ({ raw, tags }: ResourceFact): string => JSON.stringify([(raw as { size: number }).size, tags]);
  return text(was) !== text(is);
}

function rowOf(change: Row['change'], { id, cloud, kind, name, nativeId, scopeId, region }: ResourceFact): Row {
  return { change, id, cloud, kind, name, nativeId, scopeId, region };
}

function plainly(before: readonly Cell[], after: readonly Cell[]): Omit<ComparedRuns, 'gaps' | 'attributes'> {
  const rows: Row[] = [];
  let [unchanged, unknown] = [0, 0];
  for (const kind of ['k1', 'k2']) {
    const scopes = [...new Set([...before, ...after].filter((cell) => cell.kind === kind).map(({ scope }) => scope))];
    const places = scopes.map((scope) => [sightings(before, { scope, kind }), sightings(after, { scope, kind })]);
    const changed = new Map<string, Row>();
    const alone = { removed: new Map<string, Seen[]>(), added: new Map<string, Seen[]>() };
    for (const [index, [was = new Map<string, Seen>(), is = new Map<string, Seen>()]] of places.entries()) {
      let others = 0;
      for (const [id, seen] of was) {
        const now = is.get(id);
        if (now === undefined) {
          others += 1;
          if (!places.some(([, there]) => there?.has(id)))
            alone.removed.set(id, [...(alone.removed.get(id) ?? []), seen]);
        } else if (hasDrifted(seen.fact, now.fact)) {
          others += 1;
          if (seen.fact.sparse !== now.fact.sparse) unknown += 1;
          else if (!changed.has(id) || now.fact.scopeId === now.cell.scope) changed.set(id, rowOf('changed', now.fact));
        }
      }
      for (const [id, seen] of is) {
        if (places.some(([there]) => there?.has(id))) continue;
        alone.added.set(id, [...(alone.added.get(id) ?? []), seen]);
      }
      const here = before.filter((cell) => cell.kind === kind && cell.scope === scopes[index]);
      unchanged += here.flatMap(({ pages }) => pages.flat()).length - others;
    }
    rows.push(...changed.values());
    for (const [change, all, other] of [
      ['removed', alone.removed, after],
      ['added', alone.added, before],
    ] as const) {
      for (const seen of all.values()) {
        const [first] = seen;
        if (first === undefined || !seen.every((one) => sawAll(other, one))) unknown += 1;
        else rows.push(rowOf(change, first.fact));
      }
    }
  }
  const order = ['kind', 'scopeId', 'region', 'name', 'id'] as const;
  const differences = rows.toSorted((left, right) => {
    const field = order.find((name) => left[name] !== right[name]);
    return field === undefined ? 0 : left[field] < right[field] ? -1 : 1;
  });
  return { differences, unchanged, unknown };
}

async function write(store: FactStore, cells: readonly Cell[]): Promise<void> {
  const writer = await store.startRun({ source: 'live', clouds: ['aws'] });
  for (const { pages, status: of, ...key } of cells) {
    for (const resources of pages) await writer.page(key, { resources, relationships: [] });
    const counts = { pages: pages.length, rows: pages.flat().length };
    await writer.finishCell({ ...key, status: of, ...counts, error: null, permission: null });
  }
  await writer.finish({ status: 'complete', error: null });
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'groundplan-compare-'));
});
afterAll(() => rm(root, { recursive: true }));

test('any two runs compare as their facts do, one by one', async () => {
  let folder = 0;
  await assert(
    asyncProperty(histories, async ([before = [], after = []]) => {
      folder += 1;
      const store = createFactStore({
        root: join(root, String(folder)),
        clock: { now: () => 1 },
        logger: recordingLogger(),
        appVersion: '1',
      });
      for (const run of [before, after]) await write(store, run);
      const found = await store.compare({ from: 1, to: 2 }, new AbortController().signal);
      expect(found).toMatchObject(plainly(before, after));
    }),
    { numRuns: 40 },
  );
}, 120_000);
