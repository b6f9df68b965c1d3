import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
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
  option,
  record,
  uniqueArray,
} from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allRegions, coverageStatuses, type Retention } from '#shared/model/index.ts';
import type { FactReader, FactStore } from '#engine/ports/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { account, relationship, resource, writeRun, type SmallCell } from '#test/support/estate/small-estate.ts';
import { createFactStore } from '../facts/index.ts';
import { createLookedAt, createRetentionRule, createRunKeeper } from './index.ts';

const scope = 'aws:account:111111111111';
const kind = 'aws.ec2.vpc';
const { signal } = new AbortController();

interface Bench {
  readonly root: string;
  readonly store: FactStore;
  readonly keeper: ReturnType<typeof createRunKeeper>;
  readonly lookedAt: ReturnType<typeof createLookedAt>;
  readonly clock: { time: number };
  /** The rule as the workspace's file has it. */
  readonly file: { history: Partial<Record<'runs' | 'days', number>> };
  /** Ids of what was told and not taken back. */
  readonly notices: Set<string>;
}

function openBench(root: string, retention: Retention): Bench {
  const clock = { time: 1000 };
  const now = () => clock.time;
  const store = createFactStore({ root, clock: { now }, logger: recordingLogger(), appVersion: '1' });
  const lookedAt = createLookedAt({ now });
  const file: Bench['file'] = { history: retention.runs === null ? {} : { runs: retention.runs } };
  const notices = new Set<string>();
  const given = new Map<string, string>();
  const rule = createRetentionRule(
    {
      document: () => ({ groundplan: 1, name: 'test', ...file }),
      saveRetention: ({ runs, days }) => {
        file.history = { ...(runs === null ? {} : { runs }), ...(days === null ? {} : { days }) };
        return Promise.resolve();
      },
      notify: ({ id }) => notices.add(id),
      settle: (id) => notices.delete(id),
    },
    {
      given: () => Promise.resolve(given),
      give: (subject, digest) => Promise.resolve(void given.set(subject, digest)),
    },
  );
  const keeper = createRunKeeper({
    facts: store,
    workspace: { assertWritable: () => undefined },
    rule,
    events: { changed: () => {} },
    clock: { now },
    logger: recordingLogger(),
    lookedAt,
    runsUnderWay: { alone: (work) => work() },
  });
  return { root, store, keeper, lookedAt, clock, file, notices };
}

let root: string;
let bench: Bench;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'groundplan-keeper-'));
  bench = openBench(root, { runs: 1, days: null });
});
afterEach(() => rm(root, { recursive: true }));

function vpc(name: string) {
  return resource({ id: `arn:vpc/${name}`, kind });
}

async function prune() {
  return bench.keeper.prune({ dryRun: false }, signal);
}

/** Everything that the facts tell, in one order. */
async function told(facts: FactReader): Promise<unknown> {
  const view = await facts.view(signal);
  const resources: unknown[] = [];
  for await (const one of view.resources()) resources.push(one);
  const relationships: unknown[] = [];
  for await (const batch of view.relationships()) relationships.push(...batch);
  const sorted = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).sort();
  return {
    resources: sorted(resources),
    relationships: sorted(relationships),
    coverage: sorted(view.coverage),
    scopes: sorted(view.scopes),
  };
}

describe('pruning', () => {
  test('lets go what newer complete runs say again, and says how much room that makes', async () => {
    for (const name of ['a', 'b', 'c']) await writeRun(bench.store, [{ scope, kind, resources: [vpc(name)] }]);
    const { bytes } = await bench.keeper.history();
    expect(await bench.keeper.prune({ dryRun: true }, signal)).toMatchObject({ removed: [{ run: 1 }, { run: 2 }] });
    const { removed, kept } = await prune();
    expect(removed.map(({ run }) => run)).toEqual([1, 2]);
    expect(kept).toEqual([]);
    const after = await bench.keeper.history();
    expect(after.runs.map(({ run }) => run)).toEqual([3]);
    expect(after.bytes).toBe(bytes - removed.reduce((sum, one) => sum + one.bytes, 0));
    expect((await readdir(root)).sort()).toEqual(['000003', 'removed.ndjson']);
  });

  test('keeps the run that last saw what a denied listing carries forward', async () => {
    await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
    await writeRun(bench.store, [{ scope, kind, status: 'denied' }]);
    await writeRun(bench.store, [{ scope, kind, status: 'denied' }]);
    expect(await prune()).toMatchObject({ removed: [{ run: 2 }], kept: [{ run: 1, why: 'needed' }] });
    await writeRun(bench.store, [{ scope, kind, resources: [] }]);
    expect((await prune()).removed.map(({ run }) => run)).toEqual([1, 3]);
  });

  test('keeps what stands behind a listing that is damaged', async () => {
    await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
    await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
    const [folder = ''] = await readdir(join(root, '000002'), { recursive: true }).then((names) =>
      names.filter((name) => name.endsWith('.gz')),
    );
    await truncate(join(root, '000002', folder), 20);
    expect(await prune()).toMatchObject({ removed: [], kept: [{ run: 1, why: 'needed' }] });
  });

  test('keeps for an hour what somebody looks at', async () => {
    for (let run = 1; run <= 3; run += 1) await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
    bench.lookedAt.note(1);
    expect(await prune()).toMatchObject({ removed: [{ run: 2 }], kept: [{ run: 1, why: 'looked-at' }] });
    bench.clock.time += 3_600_001;
    expect(await prune()).toMatchObject({ removed: [{ run: 1 }] });
  });

  test('never gives the number of a removed run again', async () => {
    for (let run = 1; run <= 2; run += 1) await writeRun(bench.store, [{ scope, kind, resources: [] }]);
    const empty = await bench.store.startRun({ source: 'live', clouds: ['aws'] });
    await empty.finish({ status: 'failed', error: 'no account' });
    await bench.keeper.remove(3, signal);
    expect((await writeRun(bench.store, [])).id).toBe(4);
  });

  test('is finished later when the power went in the middle of it', async () => {
    for (let run = 1; run <= 2; run += 1) await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
    await prune();
    const kept = await readFile(join(root, 'removed.ndjson'), 'utf8');
    await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
    // As if only the line had been written.
    await writeFile(join(root, 'removed.ndjson'), `${kept}${kept.replace('"run":1', '"run":2')}`);
    const again = openBench(root, { runs: 1, days: null });
    expect((await again.store.runs()).map(({ id }) => id)).toEqual([3]);
  });
});

describe('the rule', () => {
  const kept = async () => (await bench.store.runs()).map(({ id }) => id).toSorted((one, other) => one - other);

  beforeEach(async () => {
    for (let run = 1; run <= 3; run += 1) await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
  });

  test('removes nothing by itself before somebody on this machine set it', async () => {
    expect(await bench.keeper.history()).toMatchObject({ retention: { runs: 1, days: null }, followed: false });
    await bench.keeper.afterRun(signal);
    expect(await kept()).toEqual([1, 2, 3]);
    expect([...bench.notices]).toEqual(['history-rule']);

    await bench.keeper.retain({ runs: 1, days: null });
    expect([...bench.notices]).toEqual([]);
    expect(await bench.keeper.history()).toMatchObject({ followed: true });
    await bench.keeper.afterRun(signal);
    expect(await kept()).toEqual([3]);
  });

  test('waits again once its file says another', async () => {
    await bench.keeper.retain({ runs: 2, days: null });
    bench.file.history = { runs: 1 };
    await bench.keeper.afterRun(signal);
    expect(await kept()).toEqual([1, 2, 3]);
    bench.file.history = { runs: 2 };
    await bench.keeper.afterRun(signal);
    expect(await kept()).toEqual([2, 3]);
  });

  test('that keeps everything waits for nobody', async () => {
    bench.file.history = {};
    expect(await bench.keeper.history()).toMatchObject({ followed: true });
    await bench.keeper.afterRun(signal);
    expect([...bench.notices]).toEqual([]);
  });

  test('is followed when a person asks for it, whoever set it', async () => {
    expect((await prune()).removed.map(({ run }) => run)).toEqual([1, 2]);
  });
});

describe('removing one run by hand', () => {
  test('is refused while the map rests on it', async () => {
    await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
    await writeRun(bench.store, [{ scope, kind, status: 'denied' }]);
    await expect(bench.keeper.remove(1, signal)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Run 1 is needed: the map rests on it for one listing that no later run completed.',
    });
  });

  test('says which estates of the past cannot be shown any more, and they say so too', async () => {
    await writeRun(bench.store, [{ scope, kind, resources: [vpc('a')] }]);
    await writeRun(bench.store, [{ scope, kind, status: 'denied' }]);
    await writeRun(bench.store, [{ scope, kind, resources: [vpc('b')] }]);
    expect(await bench.keeper.remove(1, signal)).toMatchObject({ cells: 0, spoils: [2] });
    const { runs } = await bench.keeper.history();
    expect(runs).toMatchObject([
      { run: 3, whole: true },
      { run: 2, whole: false },
    ]);
    await expect(bench.store.asOf(2).view(signal)).rejects.toThrow('it rested on run 1, which was removed');
    await expect(bench.store.asOf(1).view(signal)).rejects.toThrow('Run 1 was removed on 1970-01-01.');
    expect(await told(bench.store.asOf(3))).toEqual(await told(bench.store));
  });

  test('of a run that never was is told', async () => {
    await expect(bench.keeper.removal(9, signal)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a pruned history', { timeout: 60_000 }, () => {
  const name = constantFrom('w', 'x', 'y');
  const cell = record({
    scope: constantFrom('a', 'b'),
    kind: constantFrom('k.one', 'k.two'),
    region: constantFrom(allRegions, 'north', 'south'),
    status: oneof(constant('complete' as const), constantFrom(...coverageStatuses)),
    seen: uniqueArray(record({ name, size: integer({ min: 1, max: 2 }), sparse: constantFrom(true, false) }), {
      maxLength: 3,
      selector: (one) => one.name,
    }),
    capturedAt: option(integer({ min: 0, max: 60 }), { nil: undefined }),
  });
  const oneRun = record({
    cells: uniqueArray(cell, { maxLength: 4, selector: (one) => `${one.scope}/${one.kind}/${one.region}` }),
    scopes: uniqueArray(constantFrom('111111111111', '222222222222', '333333333333'), { maxLength: 2 }),
    startedAt: integer({ min: 0, max: 60 }),
  });

  function smallCell({ seen, capturedAt, ...place }: Parameters<Parameters<typeof cell.map>[0]>[0]): SmallCell {
    const region = place.region === allRegions ? 'north' : place.region;
    return {
      ...place,
      ...(capturedAt === undefined ? {} : { capturedAt }),
      resources: seen.map(({ name: own, size, sparse }) =>
        resource({
          id: `${place.scope}/${place.kind}/${region}/${own}`,
          kind: place.kind,
          scopeId: place.scope,
          region,
          raw: { Size: size },
          ...(sparse ? { sparse } : {}),
        }),
      ),
      relationships: seen.map(({ name: own, size }) =>
        relationship(`${place.scope}/${place.kind}/${region}/${own}`, 'REFERENCES', `target-${size}`),
      ),
    };
  }

  test('tells the same map of now, and the same estates after the runs that the rule keeps', async () => {
    await assert(
      asyncProperty(array(oneRun, { minLength: 2, maxLength: 6 }), integer({ min: 1, max: 3 }), async (runs, count) => {
        const folder = await mkdtemp(join(tmpdir(), 'groundplan-pruned-'));
        try {
          const { store, keeper, clock } = openBench(folder, { runs: count, days: null });
          for (const { cells, scopes, startedAt } of runs) {
            clock.time = startedAt;
            await writeRun(
              store,
              cells.map(smallCell),
              scopes.map((id) => account(id, `seen at ${startedAt}`)),
            );
          }
          const kept = runs.map((_, index) => index + 1).slice(-count);
          const before = {
            today: await told(store),
            past: await Promise.all(kept.map((run) => told(store.asOf(run)))),
          };
          await keeper.prune({ dryRun: false }, signal);
          const again = openBench(folder, { runs: count, days: null });
          const after = {
            today: await told(again.store),
            past: await Promise.all(kept.map((run) => told(again.store.asOf(run)))),
          };
          expect(after).toEqual(before);
          expect(await again.keeper.prune({ dryRun: true }, signal)).toMatchObject({ removed: [] });
        } finally {
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns: 25 },
    );
  });
});
