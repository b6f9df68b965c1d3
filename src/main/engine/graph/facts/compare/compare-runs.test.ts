import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, constantFrom, integer, record, uniqueArray } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allRegions, type CoverageStatus, type RunChange } from '#shared/model/index.ts';
import type { ComparedRuns, FactStore } from '#engine/ports/index.ts';
import { resource, writeRun, type SmallCell } from '#test/support/estate/small-estate.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { createFactStore } from '../index.ts';

const scope = 'aws:account:111111111111';
const kind = 'aws.ec2.vpc';
const signal = new AbortController().signal;

let root: string;
let store: FactStore;

function newStore(): FactStore {
  return createFactStore({ root, clock: { now: () => 1000 }, logger: recordingLogger(), appVersion: '1' });
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'groundplan-compare-'));
  store = newStore();
});
afterEach(() => rm(root, { recursive: true }));

function vpc(name: string, raw: Record<string, number> = { Size: 1 }) {
  return resource({ id: `arn:vpc/${name}`, kind, raw });
}

function shown({ differences, gaps, unknown }: ComparedRuns): unknown {
  return {
    differences: differences.map(({ change, nativeId }) => `${change} ${nativeId}`),
    gaps: gaps.map(({ region, why }) => `${region}: ${why}`),
    unknown,
  };
}

async function compared(...cells: readonly (readonly SmallCell[])[]): Promise<unknown> {
  for (const run of cells) await writeRun(store, run);
  return shown(await store.compare({ from: 1, to: cells.length }, signal));
}

describe('two runs', () => {
  test('over an unchanged estate differ in nothing, volatile fields and order apart', async () => {
    const first = { ...vpc('a'), raw: { Size: 1, ItemCount: 1, Zones: ['x', 'y'] } };
    const second = { ...first, raw: { Size: 1, ItemCount: 7, Zones: ['y', 'x'] } };
    const cells = [{ scope, kind, resources: [first, vpc('b')] }];
    expect(await compared(cells, [{ scope, kind, resources: [vpc('b'), second] }])).toEqual({
      differences: [],
      gaps: [],
      unknown: 0,
    });
    expect((await store.compare({ from: 1, to: 2 }, signal)).unchanged).toBe(2);
  });

  test('tell what came, what went and what changed, with its attributes', async () => {
    await writeRun(store, [{ scope, kind, resources: [vpc('gone'), vpc('same'), vpc('other')] }]);
    await writeRun(store, [{ scope, kind, resources: [vpc('same'), vpc('new'), vpc('other', { Size: 2 })] }]);
    const found = await store.compare({ from: 1, to: 2 }, signal);
    expect(shown(found)).toEqual({ differences: ['removed gone', 'added new', 'changed other'], gaps: [], unknown: 0 });
    const rows = await found.attributes(found.differences, signal);
    expect(rows.map(({ change, changes, unread }) => ({ change, changes, unread }))).toEqual([
      { change: 'removed', changes: [], unread: false },
      { change: 'added', changes: [], unread: false },
      { change: 'changed', changes: [{ path: 'Size', before: 1, after: 2 }], unread: false },
    ]);
  });

  test('say nothing for certain where one of them did not see everything', async () => {
    expect(
      await compared(
        [{ scope, kind, resources: [vpc('a'), vpc('b')] }],
        [{ scope, kind, status: 'denied', resources: [vpc('b', { Size: 2 }), vpc('c')] }],
      ),
    ).toEqual({
      // What the incomplete run did see is told: it has changed, and the complete one had not seen it.
      differences: ['changed b', 'added c'],
      gaps: ['eu-west-1: Run 2: denied: told as denied'],
      unknown: 1,
    });
  });

  test('name the places that one of them did not look at', async () => {
    expect(
      await compared(
        [{ scope, region: 'eu-west-1', kind, resources: [vpc('a')] }],
        [{ scope, region: 'us-east-1', kind, resources: [{ ...vpc('b'), region: 'us-east-1' }] }],
      ),
    ).toEqual({
      differences: [],
      gaps: ['eu-west-1: Run 2 did not look here.', 'us-east-1: Run 1 did not look here.'],
      unknown: 2,
    });
  });

  test('are compared region by region when one listed all regions at once', async () => {
    const there = { ...vpc('there'), region: 'us-east-1' };
    const gone = { ...vpc('gone'), region: 'us-east-1' };
    expect(
      await compared(
        [{ scope, region: allRegions, kind, resources: [vpc('here'), there, gone] }],
        [{ scope, region: 'us-east-1', kind, resources: [there] }],
      ),
    ).toEqual({ differences: ['removed gone'], gaps: ['*: Run 2 looked at us-east-1 only.'], unknown: 1 });
  });

  test('keep a shared resource as long as one of its scopes sees it, and tell its change once', async () => {
    const guest = 'aws:account:222222222222';
    expect(
      await compared(
        [
          { scope, kind, resources: [vpc('shared')] },
          { scope: guest, kind, resources: [vpc('shared'), vpc('both')] },
        ],
        [
          { scope, kind, resources: [vpc('both', { Size: 2 })] },
          { scope: guest, kind, resources: [vpc('shared'), vpc('both', { Size: 2 })] },
        ],
      ),
    ).toEqual({ differences: ['changed both'], gaps: [], unknown: 0 });
  });

  test.each([['before'], ['after']])('tell a change as its owner does, whom another scope comes %s', async (order) => {
    const run = (size: number): SmallCell[] => {
      const own = { scope, kind, resources: [{ ...vpc('both', { Size: size }), name: 'as its owner calls it' }] };
      const shared = { ...vpc('both', { Size: size }), name: 'as its guest calls it' };
      const other = { scope: 'aws:account:222222222222', kind, resources: [shared] };
      return order === 'before' ? [other, own] : [own, other];
    };
    for (const size of [1, 2]) await writeRun(store, run(size));
    const { differences } = await store.compare({ from: 1, to: 2 }, signal);
    expect(differences.map(({ change, name }) => [change, name])).toEqual([['changed', 'as its owner calls it']]);
  });

  test('name what is damaged where the bytes are the same, once it matters', async () => {
    const [guest, third] = ['aws:account:222222222222', 'aws:account:333333333333'];
    const same = { scope: guest, kind, resources: [vpc('same')] };
    await writeRun(store, [{ scope, kind, resources: [vpc('gone')] }, same]);
    await writeRun(store, [{ scope, kind, resources: [] }, same, { scope: third, kind, resources: [] }]);
    for (const run of ['000001', '000002']) {
      const file = (await readdir(join(root, run), { recursive: true })).find((name) => /222.*gz$/.test(name)) ?? '';
      const bytes = await readFile(join(root, run, file));
      bytes[20] = (bytes[20] ?? 0) ^ 0xff;
      await writeFile(join(root, run, file), bytes);
    }
    store = newStore();
    expect(shown(await store.compare({ from: 1, to: 2 }, signal))).toEqual({
      differences: ['removed gone'],
      gaps: [
        `eu-west-1: Run 1: what was written can not all be read any more. Run 2: what was written can not all be read any more.`,
        'eu-west-1: Run 1 did not look here.',
      ],
      unknown: 0,
    });
  });

  test('are no longer compared once that was called off', async () => {
    for (const size of [1, 2]) await writeRun(store, [{ scope, kind, resources: [vpc('a', { Size: size })] }]);
    const called = new AbortController();
    const comparing = store.compare({ from: 1, to: 2 }, called.signal);
    called.abort(new Error('called off'));
    await expect(comparing).rejects.toThrow('called off');
    expect(shown(await store.compare({ from: 1, to: 2 }, signal))).toMatchObject({ differences: ['changed a'] });
  });

  test('do not take what an export leaves out for a change', async () => {
    const part = { ...vpc('a', { Id: 1 }), sparse: true };
    expect(
      await compared(
        [{ scope, kind, resources: [vpc('a'), vpc('b')] }],
        [{ scope, kind, status: 'partial', resources: [part] }],
      ),
    ).toEqual({ differences: [], gaps: ['eu-west-1: Run 2: partial: told as partial'], unknown: 2 });
  });

  test('tell the changes of whole bodies where a part of one was told as well', async () => {
    const part = { ...vpc('a', { Other: 1 }), sparse: true };
    await writeRun(store, [{ scope, kind, resources: [vpc('a', { Size: 1 }), part] }]);
    await writeRun(store, [{ scope, kind, resources: [vpc('a', { Size: 2 }), part] }]);
    const found = await store.compare({ from: 1, to: 2 }, signal);
    const rows = await found.attributes(found.differences, signal);
    expect(rows.map(({ changes }) => changes)).toEqual([[{ path: 'Size', before: 1, after: 2 }]]);
  });

  test('of which one is damaged cannot be compared there', async () => {
    await writeRun(store, [{ scope, kind, resources: [vpc('a')] }]);
    await writeRun(store, [{ scope, kind, resources: [vpc('a', { Size: 2 })] }]);
    const folder = join(root, '000002');
    const [name] = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.gz'));
    await truncate(join(folder, name ?? ''), 30);
    store = newStore();
    expect(shown(await store.compare({ from: 1, to: 2 }, signal))).toEqual({
      differences: [],
      gaps: ['eu-west-1: Run 2: what was written can not all be read any more.'],
      unknown: 1,
    });
  });

  test('must exist', async () => {
    await writeRun(store, []);
    await expect(store.compare({ from: 1, to: 9 }, signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('are compared again when one of them has more to say', async () => {
    await writeRun(store, [{ scope, kind, resources: [vpc('a')] }]);
    const writer = await store.startRun({ source: 'live', clouds: ['aws'] });
    expect(shown(await store.compare({ from: 1, to: 2 }, signal))).toMatchObject({ unknown: 1 });
    const cell = { scope, region: 'eu-west-1', kind };
    await writer.finishCell({ ...cell, status: 'complete', pages: 0, rows: 0, error: null, permission: null });
    expect(shown(await store.compare({ from: 1, to: 2 }, signal))).toMatchObject({ differences: ['removed a'] });
    await writer.finish({ status: 'complete', error: null });
  });
});

const regions = ['north', 'south'];

interface Cell {
  readonly scope: string;
  readonly region: string;
  readonly status: CoverageStatus;
  readonly seen: readonly { readonly name: string; readonly size: number; readonly region: string }[];
}

const seen = record({
  name: constantFrom('x', 'y', 'z'),
  size: integer({ min: 1, max: 2 }),
  region: constantFrom(...regions),
});
const cells: Arbitrary<readonly Cell[]> = uniqueArray(
  record({
    scope: constantFrom('a', 'b'),
    region: constantFrom('north', 'south', allRegions),
    status: constantFrom<CoverageStatus>('complete', 'complete', 'denied'),
    seen: uniqueArray(seen, { maxLength: 4, selector: ({ name, region }) => `${region}/${name}` }),
  }),
  { maxLength: 4, selector: (cell) => `${cell.scope}/${cell.region}` },
);

/** What a run saw, by id; of two sightings in one run the one of the region's own cell counts. */
function sightings(run: readonly Cell[]): ReadonlyMap<string, { readonly size: number; readonly from: Cell }> {
  const ordered = [...run.filter(isWide), ...run.filter((cell) => !isWide(cell))];
  return new Map(
    ordered.flatMap((cell) =>
      cell.seen.map(({ name, size, region }) => [
        `${cell.scope}/${isWide(cell) ? region : cell.region}/${name}`,
        { size, from: cell },
      ]),
    ),
  );
}

function isWide(cell: Cell): boolean {
  return cell.region === allRegions;
}

function sawAll(run: readonly Cell[], id: string): boolean {
  const [of, region] = id.split('/');
  const over = run.filter((cell) => cell.scope === of && [region, allRegions].includes(cell.region));
  return over.some((cell) => cell.status === 'complete');
}

function wanted(before: readonly Cell[], after: readonly Cell[]): Record<string, RunChange> {
  const [was, is] = [sightings(before), sightings(after)];
  const differences: Record<string, RunChange> = {};
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(id), is.get(id)];
    if (old !== undefined && now !== undefined) {
      if (old.size !== now.size) differences[id] = 'changed';
    } else if (old === undefined && sawAll(before, id)) differences[id] = 'added';
    else if (now === undefined && sawAll(after, id)) differences[id] = 'removed';
  }
  return differences;
}

test('any two runs are compared as the rule says', async () => {
  let folder = 0;
  await assert(
    asyncProperty(array(cells, { minLength: 2, maxLength: 2 }), async ([before = [], after = []]) => {
      folder += 1;
      const own = createFactStore({
        root: join(root, String(folder)),
        clock: { now: () => 1 },
        logger: recordingLogger(),
        appVersion: '1',
      });
      for (const run of [before, after]) {
        const small = run.map((cell): SmallCell => {
          const resources = cell.seen.map(({ name, size, region: own }) => {
            const region = isWide(cell) ? own : cell.region;
            return resource({
              id: `${cell.scope}/${region}/${name}`,
              kind,
              region,
              scopeId: cell.scope,
              raw: { size },
            });
          });
          // Of a resource listed twice by one cell the later counts, as everywhere.
          return { ...cell, kind, resources: [...new Map(resources.map((one) => [one.id, one])).values()] };
        });
        await writeRun(own, small);
      }
      const { differences } = await own.compare({ from: 1, to: 2 }, signal);
      expect(Object.fromEntries(differences.map(({ id, change }) => [id, change]))).toEqual(wanted(before, after));
    }),
    { numRuns: 40 },
  );
});
