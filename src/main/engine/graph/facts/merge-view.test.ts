import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, constant, constantFrom, integer, oneof, record, uniqueArray } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allRegions, coverageStatuses, type CoverageStatus, type ResourceFact } from '#shared/model/index.ts';
import type { FactStore, FactView } from '#engine/ports/index.ts';
import { relationship, resource } from '#test/support/estate/small-estate.ts';
import { createFactStore } from './index.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const regions = ['global', 'north', 'south'] as const;

interface CellStep {
  readonly scope: string;
  readonly kind: string;
  /** A region, or all of them. */
  readonly region: string;
  readonly status: CoverageStatus;
  readonly seen: readonly Seen[];
}

interface Seen {
  readonly name: string;
  /** The size is the body, and what the resource points at. */
  readonly size: number;
  /** Where it lies when all regions were listed at once. */
  readonly region: string;
}

interface Expected {
  readonly size: number;
  readonly firstRun: number;
  readonly lastRun: number;
  readonly changedRun: number;
  readonly stale: boolean;
}

/** What a store tells after some runs. */
interface Told {
  readonly resources: Record<string, Expected>;
  readonly relationships: Record<string, number>;
  readonly coverage: Record<string, string>;
  readonly raw: Record<string, unknown>;
  readonly bodies: Record<string, unknown>;
  readonly isKnown: Record<string, boolean>;
}

/** What is known of one scope × kind. */
interface Known {
  readonly resources: ReadonlyMap<string, Expected & { readonly region: string }>;
  /** Newest run of each relationship, with the region of its resource. */
  readonly relationships: ReadonlyMap<string, { readonly run: number; readonly region: string }>;
  /** Run and status of each region's newest cell. */
  readonly coverage: ReadonlyMap<string, string>;
}

const nothing: Known = { resources: new Map(), relationships: new Map(), coverage: new Map() };

function cellSteps(regionOfCell: Arbitrary<string>): Arbitrary<readonly CellStep[]> {
  const seen = record({
    name: constantFrom('w', 'x', 'y'),
    size: integer({ min: 1, max: 2 }),
    region: constantFrom(...regions),
  });
  const cell = record({
    scope: constantFrom('a', 'b'),
    kind: constantFrom('k.one', 'k.two'),
    region: regionOfCell,
    status: oneof(constant('complete' as const), constantFrom(...coverageStatuses)),
    seen: uniqueArray(seen, { maxLength: 4, selector: ({ name, region }) => `${region}/${name}` }),
  });
  return uniqueArray(cell, { maxLength: 5, selector: (one) => `${one.scope}/${one.kind}/${one.region}` });
}

/** The ids a cell saw; a region's cell sees what lies there. */
function seenBy(cell: CellStep): ReadonlyMap<string, { readonly size: number; readonly region: string }> {
  return new Map(
    cell.seen.map(({ name, size, region: own }) => {
      const region = cell.region === allRegions ? own : cell.region;
      return [`${cell.scope}/${cell.kind}/${region}/${name}`, { size, region }];
    }),
  );
}

/** Every id that was ever seen. */
function idsOf(runs: readonly (readonly CellStep[])[]): readonly string[] {
  return [...new Set(runs.flat().flatMap((cell) => [...seenBy(cell).keys()]))];
}

function edgeOf(id: string, size: number): string {
  return `${id} → target-${size}`;
}

/**
 * The rule said forwards: in its regions a complete cell replaces what earlier runs knew, any other ages it and adds
 * to it, one from an export only adds; cells of one run add up.
 */
function afterRun(known: Known, cells: readonly CellStep[], run: number): Known {
  const listed = cells.filter(({ status }) => status !== 'partial');
  const over = (region: string) => listed.filter((cell) => [region, allRegions].includes(cell.region));
  const isClosed = (region: string) => over(region).some(({ status }) => status === 'complete');
  const resources = new Map<string, Expected & { readonly region: string }>();
  for (const [id, entry] of known.resources) {
    const stale = entry.stale || over(entry.region).length > 0;
    if (!isClosed(entry.region)) resources.set(id, { ...entry, stale });
  }
  const relationships = new Map([...known.relationships].filter(([, { region }]) => !isClosed(region)));
  const wide = listed.some(({ region }) => region === allRegions);
  const coverage = new Map(wide ? [] : known.coverage);
  const isListed = (region: string) =>
    [region, allRegions].some((one) => /^\d+ (?!partial)/.test(coverage.get(one) ?? 'none')) || over(region).length > 0;
  // Of two sightings in one run the one of the region's own cell counts, so that one is put in last.
  const ordered = cells.toSorted(
    (left, right) => (left.region === allRegions ? -1 : 0) - (right.region === allRegions ? -1 : 0),
  );
  for (const cell of ordered) {
    if (cell.status !== 'partial' || !isListed(cell.region)) coverage.set(cell.region, `${run} ${cell.status}`);
    for (const [id, { size, region }] of seenBy(cell)) {
      const old = known.resources.get(id);
      const changedRun = old?.size === size ? old.changedRun : run;
      const firstRun = old?.firstRun ?? run;
      resources.set(id, { size, region, firstRun, lastRun: run, changedRun, stale: false });
      relationships.set(edgeOf(id, size), { run, region });
    }
  }
  return { resources, relationships, coverage };
}

function expected(runs: readonly (readonly CellStep[])[]): ReadonlyMap<string, Known> {
  const places = new Map<string, Known>();
  for (const [index, cells] of runs.entries()) {
    for (const place of new Set(cells.map(({ scope, kind }) => `${scope}/${kind}`))) {
      const here = cells.filter(({ scope, kind }) => `${scope}/${kind}` === place);
      places.set(place, afterRun(places.get(place) ?? nothing, here, index + 1));
    }
  }
  return places;
}

async function replay(store: FactStore, runs: readonly (readonly CellStep[])[]): Promise<void> {
  for (const cells of runs) {
    const writer = await store.startRun({ source: 'live', clouds: ['aws'] });
    for (const cell of cells) {
      const { scope, region, kind, status } = cell;
      const seen = [...seenBy(cell)];
      for (const [id, found] of seen) {
        const fact: ResourceFact = resource({
          id,
          kind,
          scopeId: scope,
          region: found.region,
          raw: { Size: found.size },
        });
        const points = relationship(id, 'REFERENCES', `target-${found.size}`);
        await writer.page({ scope, region, kind }, { resources: [fact], relationships: [points] });
      }
      const counts = { pages: seen.length, rows: seen.length };
      await writer.finishCell({ scope, region, kind, status, ...counts, error: null, permission: null });
    }
    await writer.finish({ status: 'complete', error: null });
  }
}

async function shownResources(view: FactView): Promise<Record<string, Expected>> {
  const shown: Record<string, Expected> = {};
  for await (const { fact, firstRun, lastRun, changedRun, stale } of view.resources()) {
    const size = (fact.raw as { Size: number }).Size;
    shown[fact.id] = { size, firstRun, lastRun, changedRun, stale };
  }
  return shown;
}

async function shownRelationships(view: FactView): Promise<Record<string, number>> {
  const shown: Record<string, number> = {};
  for await (const batch of view.relationships()) {
    for (const { fact, run } of batch) shown[`${fact.from} → ${fact.to}`] = run;
  }
  return shown;
}

function shownCoverage(view: FactView): Record<string, string> {
  const cells = view.coverage.map(({ scope, kind, region, run, status }) => [
    `${scope}/${kind} ${region}`,
    `${run} ${status}`,
  ]);
  return Object.fromEntries(cells) as Record<string, string>;
}

/** Everything the store shows after the runs. */
async function shown(runs: readonly (readonly CellStep[])[]): Promise<Told> {
  const root = await mkdtemp(join(tmpdir(), 'facts-'));
  try {
    const store = createFactStore({ root, clock: { now: () => 1 }, logger: silent, appVersion: '1' });
    await replay(store, runs);
    const signal = new AbortController().signal;
    const view = await store.view(signal);
    const ids = idsOf(runs);
    const asked = ids.map((id) => ({ id, scope: id.split('/')[0] ?? '', kind: id.split('/')[1] ?? '' }));
    const bodies = await store.bodies(asked, signal);
    const raw: Record<string, unknown> = {};
    const isKnown: Record<string, boolean> = {};
    for (const id of ids) {
      raw[id] = (await store.raw(id))?.raw ?? null;
      isKnown[id] = (await store.history(id)).length > 0;
    }
    return {
      resources: await shownResources(view),
      relationships: await shownRelationships(view),
      coverage: shownCoverage(view),
      raw,
      bodies: Object.fromEntries(ids.map((id) => [id, bodies.get(id) ?? null])),
      isKnown,
    };
  } finally {
    await rm(root, { recursive: true });
  }
}

/** The same, as the rule says. */
function wanted(runs: readonly (readonly CellStep[])[]): Told {
  const places = [...expected(runs)];
  const resources = new Map(places.flatMap(([, known]) => [...known.resources]));
  const bodies = idsOf(runs).map((id) => {
    const size = resources.get(id)?.size;
    return [id, size === undefined ? null : { Size: size }] as const;
  });
  return {
    resources: Object.fromEntries([...resources].map(([id, { region: _region, ...entry }]) => [id, entry])),
    relationships: Object.fromEntries(
      places.flatMap(([, { relationships }]) => [...relationships].map(([key, { run }]) => [key, run])),
    ),
    coverage: Object.fromEntries(
      places.flatMap(([place, { coverage }]) => [...coverage].map(([region, cell]) => [`${place} ${region}`, cell])),
    ),
    raw: Object.fromEntries(bodies),
    bodies: Object.fromEntries(bodies),
    isKnown: Object.fromEntries(idsOf(runs).map((id) => [id, resources.has(id)])),
  };
}

// Hundreds of runs are written and flushed, which a busy disk makes slow.
describe('the merged view of any sequence of runs', { timeout: 120_000 }, () => {
  test.each([
    { of: 'single regions', region: constant('global'), numRuns: 20 },
    { of: 'all regions at once', region: constant(allRegions), numRuns: 20 },
    { of: 'regions and of all of them in turn', region: constantFrom(allRegions, 'north', 'south'), numRuns: 60 },
  ])('of $of shows what the forward rule says, with bodies that agree', async ({ region, numRuns }) => {
    await assert(
      asyncProperty(array(cellSteps(region), { minLength: 1, maxLength: 5 }), async (runs) => {
        expect(await shown(runs)).toEqual(wanted(runs));
      }),
      { numRuns },
    );
  });

  test('keeps what listings of single regions knew when all regions are first listed at once', async () => {
    const cell = { scope: 'a', kind: 'k', status: 'complete' as const };
    const x = { name: 'x', size: 1, region: 'north' };
    const runs = [
      [{ ...cell, region: 'north', seen: [x] }],
      [{ ...cell, region: allRegions, status: 'throttled' as const, seen: [{ ...x, region: 'south' }] }],
      [{ ...cell, region: 'south', seen: [] }],
    ];
    expect(await shown(runs)).toEqual(wanted(runs));
  });
});
