import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FactStore } from '#engine/ports/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { account, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { createFactStore } from './index.ts';

const place = { scope: 'aws:account:111111111111', region: 'eu-west-1' };
const { signal } = new AbortController();
const asked = {
  request: { clouds: [{ cloud: 'aws' as const, profiles: ['shop'] }], kinds: [] },
  connections: ['shop'],
};
const sealed = { status: 'complete' as const, pages: 1, rows: 1, error: null, permission: null };

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'groundplan-resume-'));
});
afterEach(() => rm(root, { recursive: true }));

function newStore(): FactStore {
  return createFactStore({ root, clock: { now: () => 1000 }, logger: recordingLogger(), appVersion: '1' });
}

function vpc(name: string, size = 1) {
  return resource({ id: `arn:vpc/${name}`, kind: 'k.vpc', raw: { Size: size } });
}

function queue(name: string) {
  return resource({ id: `arn:queue/${name}`, kind: 'k.queue' });
}

/** A process that dies with one cell sealed, one half written, and a line of each ledger cut off. */
async function dieInARun(): Promise<void> {
  const store = newStore();
  await writeRun(store, [{ ...place, kind: 'k.queue', resources: [queue('old')] }]);
  const writer = await store.startRun({ source: 'live', clouds: ['aws'], asked });
  await writer.scopes([account('111111111111', 'production')]);
  await writer.page({ ...place, kind: 'k.vpc' }, { resources: [vpc('a')], relationships: [] });
  await writer.finishCell({ ...place, kind: 'k.vpc', ...sealed });
  await writer.page({ ...place, kind: 'k.queue' }, { resources: [queue('half')], relationships: [] });
  for (const name of ['coverage.ndjson', 'scopes.ndjson'])
    await appendFile(join(root, '000002', name), '{"cell":{"sco');
}

async function idsOf(store: FactStore): Promise<readonly string[]> {
  const ids: string[] = [];
  const view = await store.view(signal);
  for await (const { fact, firstRun, lastRun } of view.resources()) ids.push(`${fact.id} ${firstRun}-${lastRun}`);
  expect(view.damage).toEqual([]);
  return ids.sort();
}

test('a run that was cut off goes on where it was: what was sealed counts, what was half written does not', async () => {
  await dieInARun();
  const store = newStore();
  expect((await store.runs())[0]).toMatchObject({ id: 2, status: 'failed', cells: 1 });
  expect(await idsOf(store)).toEqual(['arn:queue/old 1-1', 'arn:vpc/a 2-2']);
  expect(await store.runRequest(2)).toEqual(asked);
  expect(await store.runRequest(1)).toBeNull();
  expect((await store.scopesSeenBy(2)).map(({ name }) => name)).toEqual(['production']);

  const { writer, isDone } = await store.resumeRun(2);
  expect(isDone({ ...place, kind: 'k.vpc' })).toBe(true);
  expect(isDone({ ...place, kind: 'k.queue' })).toBe(false);
  expect((await store.runs())[0]).toMatchObject({ status: 'running', resumed: 1, cells: 1 });
  await writer.scopes([account('111111111111', 'production')]);
  await writer.page({ ...place, kind: 'k.queue' }, { resources: [queue('old'), queue('new')], relationships: [] });
  await writer.finishCell({ ...place, kind: 'k.queue', ...sealed, rows: 2 });
  const calls = { made: 2, empty: 1, throttled: 0, spared: 0 };
  const run = await writer.finish({ status: 'complete', error: null, calls });
  expect(run).toMatchObject({ id: 2, cells: 2, resources: 3, resumed: 1, calls });

  const again = newStore();
  expect((await again.runs())[0]).toEqual(run);
  expect(await idsOf(again)).toEqual(['arn:queue/new 2-2', 'arn:queue/old 1-2', 'arn:vpc/a 2-2']);
  expect(await again.raw('arn:queue/new')).toMatchObject({ raw: { Id: 'new' } });
  expect((await readFile(join(root, '000002', 'coverage.ndjson'), 'utf8')).split('\n')).toHaveLength(3);
});

test('a turn that does not come to a cell takes nothing away from what an earlier one saw of it', async () => {
  const store = newStore();
  const key = { ...place, kind: 'k.vpc' };
  const first = await store.startRun({ source: 'live', clouds: ['aws'], asked });
  await first.page(key, { resources: [vpc('a')], relationships: [] });
  await first.finishCell({ ...key, ...sealed, status: 'truncated' });
  await first.finish({ status: 'cancelled', error: null });
  const { writer, isDone } = await store.resumeRun(1);
  expect(isDone(key)).toBe(false);
  expect(writer.run).toMatchObject({ cells: 0, incompleteCells: 0, resources: 0 });
  await writer.finishCell({ ...key, ...sealed, status: 'not-tried', pages: 0, rows: 0 });
  expect(await writer.finish({ status: 'cancelled', error: null })).toMatchObject({ incompleteCells: 1, resources: 1 });
  expect(await store.coverage(1)).toMatchObject([{ status: 'truncated', rows: 1 }]);
});

test('what a run cost is added up over its turns', async () => {
  const store = newStore();
  const first = await store.startRun({ source: 'live', clouds: ['aws'], asked });
  await first.finish({
    status: 'cancelled',
    error: null,
    calls: { made: 5, empty: 1, throttled: 2, spared: 3 },
  });
  for (const resumed of [1, 2]) {
    const { writer } = await store.resumeRun(1);
    const run = await writer.finish({
      status: 'cancelled',
      error: null,
      calls: { made: 1, empty: 1, throttled: 0, spared: 0 },
    });
    expect(run).toMatchObject({ resumed, calls: { made: 5 + resumed, empty: 1 + resumed, throttled: 2, spared: 3 } });
  }
});

test('a run that never was is not resumed', async () => {
  await expect(newStore().resumeRun(4)).rejects.toMatchObject({ code: 'not-found' });
});
