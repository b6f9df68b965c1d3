import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  oneof,
  record,
  tuple,
  uniqueArray,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageStatuses, type CoverageStatus, type ResourceFact } from '#shared/model/index.ts';
import type { FactStore } from '#engine/ports/index.ts';
import { createFactStore } from './index.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

interface CellStep {
  readonly scope: string;
  readonly kind: string;
  readonly status: CoverageStatus;
  /** Local id to size; the size is the body. */
  readonly seen: readonly (readonly [string, number])[];
}

interface Expected {
  readonly size: number;
  readonly firstRun: number;
  readonly lastRun: number;
  readonly changedRun: number;
  readonly stale: boolean;
}

const cellStep: Arbitrary<CellStep> = record({
  scope: constantFrom('a', 'b'),
  kind: constantFrom('k.one', 'k.two'),
  status: oneof(constant('complete' as const), constantFrom(...coverageStatuses)),
  seen: uniqueArray(tuple(constantFrom('w', 'x', 'y', 'z'), integer({ min: 1, max: 2 })), {
    maxLength: 4,
    selector: ([id]) => id,
  }),
});

const runSteps = array(uniqueArray(cellStep, { maxLength: 4, selector: (cell) => `${cell.scope}/${cell.kind}` }), {
  minLength: 1,
  maxLength: 5,
});

function fact(cell: CellStep, id: string, size: number): ResourceFact {
  const nativeId = `${cell.scope}/${cell.kind}/${id}`;
  return {
    id: nativeId,
    cloud: 'aws',
    kind: cell.kind,
    category: 'other',
    name: id,
    nativeId,
    scopeId: cell.scope,
    region: 'global',
    zone: null,
    state: null,
    createdAt: null,
    public: null,
    cidr: null,
    ip: null,
    tags: {},
    raw: { Size: size },
  };
}

/** The rule said forwards: a complete cell replaces what was known, any other ages it and adds to it. */
function expected(runs: readonly (readonly CellStep[])[]): Record<string, Expected> {
  const known = new Map<string, Map<string, Expected>>();
  for (const [index, cells] of runs.entries()) {
    const run = index + 1;
    for (const cell of cells) {
      const key = `${cell.scope}/${cell.kind}`;
      const before = known.get(key) ?? new Map<string, Expected>();
      const after = new Map<string, Expected>();
      if (cell.status !== 'complete') {
        for (const [id, entry] of before) after.set(id, { ...entry, stale: true });
      }
      for (const [id, size] of cell.seen) {
        const old = before.get(id);
        after.set(id, {
          size,
          firstRun: old?.firstRun ?? run,
          lastRun: run,
          changedRun: old !== undefined && old.size === size ? old.changedRun : run,
          stale: false,
        });
      }
      known.set(key, after);
    }
  }
  return Object.fromEntries(
    [...known].flatMap(([key, entries]) => [...entries].map(([id, entry]) => [`${key}/${id}`, entry] as const)),
  );
}

async function replay(store: FactStore, runs: readonly (readonly CellStep[])[]): Promise<void> {
  for (const cells of runs) {
    const writer = await store.startRun({ source: 'live', clouds: ['aws'] });
    for (const cell of cells) {
      const key = { scope: cell.scope, region: 'global', kind: cell.kind };
      for (const [id, size] of cell.seen) {
        await writer.page(key, { resources: [fact(cell, id, size)], relationships: [] });
      }
      await writer.finishCell({
        ...key,
        status: cell.status,
        pages: cell.seen.length,
        rows: cell.seen.length,
        error: null,
        permission: null,
      });
    }
    await writer.finish({ status: 'complete', error: null });
  }
}

describe('the merged view of any sequence of runs', () => {
  test('shows what the forward rule says, with bodies that agree', async () => {
    await assert(
      asyncProperty(runSteps, async (runs) => {
        const root = await mkdtemp(join(tmpdir(), 'facts-'));
        try {
          const store = createFactStore({ root, clock: { now: () => 1 }, logger: silent, appVersion: '1' });
          await replay(store, runs);
          const view = await store.view(new AbortController().signal);
          const shown: Record<string, Expected> = {};
          for await (const { fact, firstRun, lastRun, changedRun, stale } of view.resources()) {
            const size = (fact.raw as { Size: number }).Size;
            shown[fact.id] = { size, firstRun, lastRun, changedRun, stale };
          }
          const wanted = expected(runs);
          expect(shown).toEqual(wanted);
          for (const [id, entry] of Object.entries(wanted)) {
            expect((await store.raw(id))?.raw).toEqual({ Size: entry.size });
          }
        } finally {
          await rm(root, { recursive: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});
