import { mkdtemp, open, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allRegions, coverageStatuses } from '#shared/model/index.ts';
import type { FactStore, FactView, GraphRelationship, GraphResource } from '#engine/ports/index.ts';
import { account, relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { createFactStore } from './index.ts';

const scope = 'aws:account:111111111111';
const vpc = resource({ id: 'arn:vpc/vpc-1', kind: 'aws.ec2.vpc', raw: { CidrBlock: '10.0.0.0/16' } });
const other = resource({ id: 'arn:vpc/vpc-2', kind: 'aws.ec2.vpc' });
const inVpc = relationship('arn:subnet/1', 'IN_NETWORK', vpc.id);

let root: string;
let store: FactStore;

function newStore(): FactStore {
  return createFactStore({ root, clock: { now: () => 1000 }, logger: recordingLogger(), appVersion: '1' });
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'groundplan-facts-'));
  store = newStore();
});
afterEach(() => rm(root, { recursive: true }));

async function view(): Promise<FactView> {
  return store.view(new AbortController().signal);
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function resources(from: FactView): Promise<readonly GraphResource[]> {
  return collect(from.resources());
}

async function relationships(from: FactView): Promise<readonly GraphRelationship[]> {
  return (await collect(from.relationships())).flat();
}

/** The only facts file of a run. */
async function factsFileOf(run: number): Promise<string> {
  const directory = join(root, String(run).padStart(6, '0'));
  const [folder] = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const [file] = await readdir(join(directory, folder?.name ?? ''));
  return join(directory, folder?.name ?? '', file ?? '');
}

describe('a run', () => {
  test('is one folder of compressed lines that any tool can read', async () => {
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc], relationships: [inVpc] }]);
    const lines = gunzipSync(await readFile(await factsFileOf(1)))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => line['id'] ?? line['type'])).toEqual([vpc.id, vpc.id, 'IN_NETWORK']);
    expect(lines[1]).toEqual({ id: vpc.id, raw: { CidrBlock: '10.0.0.0/16' } });
  });

  test('counts what its sealed cells hold and says so at its end', async () => {
    const run = await writeRun(store, [
      { scope, kind: 'aws.ec2.vpc', resources: [vpc, other], relationships: [inVpc] },
      { scope, kind: 'aws.s3.bucket', status: 'denied' },
      { scope, kind: 'aws.sns.topic', status: 'disabled' },
    ]);
    expect(run).toMatchObject({ id: 1, resources: 2, relationships: 1, cells: 3, incompleteCells: 1 });
    expect(await newStore().runs()).toEqual([run]);
  });

  test('that was killed is told as failed, and only its sealed cells count', async () => {
    const writer = await store.startRun({ source: 'live', clouds: ['aws'] });
    const sealed = { scope, region: 'eu-west-1', kind: 'aws.ec2.vpc' };
    await writer.page(sealed, { resources: [vpc], relationships: [] });
    await writer.finishCell({ ...sealed, status: 'complete', pages: 1, rows: 1, error: null, permission: null });
    await writer.page({ ...sealed, region: 'us-east-1' }, { resources: [other], relationships: [] });
    // The process dies here; another one reads the folder.
    store = newStore();
    expect(await store.runs()).toMatchObject([{ id: 1, status: 'failed', resources: 1, finishedAt: null }]);
    expect((await resources(await view())).map(({ fact }) => fact.id)).toEqual([vpc.id]);
  });

  test('keeps its number to itself, also after a failed one', async () => {
    const first = await store.startRun({ source: 'live', clouds: ['aws'] });
    const second = await newStore().startRun({ source: 'sample', clouds: ['aws'] });
    expect([first.run.id, second.run.id]).toEqual([1, 2]);
  });

  test('that has ended takes nothing more', async () => {
    const writer = await store.startRun({ source: 'live', clouds: ['aws'] });
    await writer.finish({ status: 'cancelled', error: null });
    await expect(writer.scopes([account('1', 'one')])).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('what a later run may take away', () => {
  test.each(coverageStatuses.filter((status) => status !== 'complete' && status !== 'partial'))(
    'nothing, when its cell is %s: the facts are carried forward as stale',
    async (status) => {
      await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc], relationships: [inVpc] }]);
      await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', status, resources: [other] }]);
      const seen = await resources(await view());
      const known = Object.fromEntries(seen.map(({ fact, lastRun, stale }) => [fact.id, { lastRun, stale }]));
      expect(known).toEqual({
        [vpc.id]: { lastRun: 1, stale: true },
        [other.id]: { lastRun: 2, stale: false },
      });
      expect(await relationships(await view())).toEqual([{ fact: inVpc, run: 1 }]);
    },
  );

  test('what is gone, when its cell is complete', async () => {
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc, other], relationships: [inVpc] }]);
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [other] }]);
    const seen = await resources(await view());
    expect(seen.map(({ fact, firstRun, lastRun, stale }) => [fact.id, firstRun, lastRun, stale])).toEqual([
      [other.id, 1, 2, false],
    ]);
    expect(await relationships(await view())).toEqual([]);
  });

  test('nothing of cells it did not look at, which do not age either', async () => {
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc] }]);
    await writeRun(store, [{ scope, region: 'us-east-1', kind: 'aws.ec2.vpc', resources: [] }]);
    expect(await resources(await view())).toMatchObject([{ fact: { id: vpc.id }, stale: false, lastRun: 1 }]);
  });
});

describe('a resource seen from two accounts', () => {
  const shared = resource({ id: 'arn:subnet/1', kind: 'aws.ec2.subnet', name: 'owner' });
  const guest = 'aws:account:222222222222';

  test('comes once, as its owner sees it', async () => {
    await writeRun(store, [
      { scope: guest, kind: 'aws.ec2.subnet', resources: [{ ...shared, name: 'guest' }] },
      { scope, kind: 'aws.ec2.subnet', resources: [shared] },
    ]);
    expect((await resources(await view())).map(({ fact }) => fact.name)).toEqual(['owner']);
  });

  test('is fresh when one of them still sees it', async () => {
    await writeRun(store, [{ scope, kind: 'aws.ec2.subnet', resources: [shared] }]);
    await writeRun(store, [
      { scope: guest, kind: 'aws.ec2.subnet', resources: [{ ...shared, name: 'guest' }] },
      { scope, kind: 'aws.ec2.subnet', status: 'denied' },
    ]);
    expect(await resources(await view())).toMatchObject([{ firstRun: 1, lastRun: 2, stale: false }]);
  });
});

describe('an export', () => {
  const part = { ...vpc, sparse: true, raw: { Id: 'vpc-1' } };
  const cell = { scope, kind: 'aws.ec2.vpc' };

  test('that promises nothing adds, and neither ages nor removes what was listed', async () => {
    await writeRun(store, [{ ...cell, resources: [vpc] }]);
    await writeRun(store, [{ ...cell, status: 'partial', resources: [other] }]);
    const shown = await resources(await view());
    expect(shown.map(({ fact, stale, lastRun }) => [fact.id, stale, lastRun])).toEqual([
      [other.id, false, 2],
      [vpc.id, false, 1],
    ]);
    expect(await store.coverage(null)).toMatchObject([{ run: 1, status: 'complete' }]);
  });

  test('of a part of a body never stands for the whole, whichever came first', async () => {
    await writeRun(store, [{ ...cell, resources: [vpc] }]);
    await writeRun(store, [{ ...cell, status: 'partial', resources: [part] }]);
    expect((await resources(await view()))[0]).toMatchObject({ fact: { raw: vpc.raw }, lastRun: 1 });
    expect((await store.raw(vpc.id))?.raw).toEqual(vpc.raw);
    const asked = [{ id: vpc.id, ...cell }];
    expect(await store.bodies(asked, new AbortController().signal)).toEqual(new Map([[vpc.id, vpc.raw]]));
    expect(await store.history(vpc.id)).toHaveLength(1);
    await writeRun(store, [{ ...cell, kind: 'aws.other', status: 'partial', resources: [part] }]);
    expect((await store.raw(vpc.id))?.raw).toEqual(vpc.raw);
  });

  test.each([
    ['in one page', [[vpc, part]]],
    ['in one page, the part first', [[part, vpc]]],
    ['in two pages', [[vpc], [part]]],
    ['in two pages, the part first', [[part], [vpc]]],
  ])('of a part and one of the whole, %s of one run, leave the whole with its own body', async (_how, pages) => {
    const writer = await store.startRun({ source: 'import', clouds: ['aws'] });
    const key = { ...cell, region: vpc.region };
    for (const told of pages) await writer.page(key, { resources: told, relationships: [] });
    const counts = { pages: pages.length, rows: 2, error: null, permission: null };
    await writer.finishCell({ ...key, status: 'partial', ...counts });
    await writer.finish({ status: 'complete', error: null });
    const signal = new AbortController().signal;
    const archived: unknown[] = [];
    for await (const facts of store.archived(signal)) archived.push(...facts.resources.map(({ raw }) => raw));
    expect({
      shown: (await resources(await view())).map(({ fact }) => fact.raw),
      found: (await store.raw(vpc.id))?.raw,
      bodies: [...(await store.bodies([{ id: vpc.id, ...cell }], signal)).values()],
      archived,
    }).toEqual({ shown: [vpc.raw], found: vpc.raw, bodies: [vpc.raw], archived: [vpc.raw] });
  });

  test('stands where its own time puts it: a listing after that time has the last word', async () => {
    let now = 1000;
    store = createFactStore({ root, clock: { now: () => now }, logger: recordingLogger(), appVersion: '1' });
    const old = { ...vpc, raw: { CidrBlock: '10.9.0.0/16' } };
    await writeRun(store, [{ ...cell, resources: [old] }]);
    now = 3000;
    await writeRun(store, [{ ...cell, resources: [vpc] }]);
    now = 5000;
    await writeRun(store, [{ ...cell, status: 'partial', capturedAt: 2000, resources: [old, other] }]);
    expect(await resources(await view())).toMatchObject([{ fact: { id: vpc.id, raw: vpc.raw }, lastRun: 2 }]);
    await writeRun(store, [{ ...cell, status: 'partial', capturedAt: 4000, resources: [old, other] }]);
    expect(await resources(await view())).toMatchObject([
      { fact: { id: vpc.id, raw: old.raw }, lastRun: 4 },
      { fact: { id: other.id }, lastRun: 4 },
    ]);
    expect((await store.history(vpc.id)).map(({ at }) => at)).toEqual([4000, 3000, 1000]);
  });
});

describe('damage', () => {
  test('of a page is named by file and line, removes nothing, and leaves the rest readable', async () => {
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc, other] }]);
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [other], relationships: [inVpc] }]);
    const path = await factsFileOf(2);
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(20, 0x55), 0, 20, 30);
    await file.close();
    store = newStore();
    const damaged = await view();
    const seen = await resources(damaged);
    expect(seen.map(({ fact, stale }) => [fact.id, stale])).toEqual([
      [vpc.id, true],
      [other.id, true],
    ]);
    expect(damaged.damage).toMatchObject([{ file: path, line: 1 }]);
    expect(await relationships(damaged)).toMatchObject([{ fact: inVpc, run: 2 }]);
    expect((await store.raw(vpc.id))?.raw).toEqual(vpc.raw);
  });

  test('of a listing of all regions closes none of them', async () => {
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc] }]);
    await writeRun(store, [{ scope, region: allRegions, kind: 'aws.ec2.vpc', resources: [other] }]);
    await truncate(await factsFileOf(2), 40);
    store = newStore();
    expect(await resources(await view())).toMatchObject([{ fact: { id: vpc.id }, stale: true, lastRun: 1 }]);
    expect((await store.raw(vpc.id))?.raw).toEqual(vpc.raw);
  });

  test('of the ledger is named by line; a line cut by a kill is simply not sealed', async () => {
    await writeRun(store, [
      { scope, kind: 'aws.ec2.vpc', resources: [vpc] },
      { scope, kind: 'aws.s3.bucket', resources: [] },
    ]);
    const ledger = join(root, '000001', 'coverage.ndjson');
    const [first = '', second = ''] = (await readFile(ledger, 'utf8')).split('\n');
    await writeFile(ledger, `${first}\n{"cell":\n${second.slice(0, 30)}`);
    store = newStore();
    const found = await view();
    expect(found.coverage).toMatchObject([{ kind: 'aws.ec2.vpc' }]);
    expect(found.damage).toMatchObject([{ file: ledger, line: 2 }]);
  });

  test('of the run record keeps its cells', async () => {
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc] }]);
    await truncate(join(root, '000001', 'run.json'), 10);
    store = newStore();
    expect(await store.runs()).toMatchObject([{ id: 1, status: 'failed', resources: 1 }]);
    expect(await resources(await view())).toHaveLength(1);
  });
});

describe('one resource', () => {
  test('is found with its newest body, with and without a hint where it was seen', async () => {
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc, other] }]);
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [{ ...vpc, raw: { CidrBlock: '10.9.0.0/16' } }] }]);
    const newest = { ...vpc, raw: { CidrBlock: '10.9.0.0/16' } };
    expect(await store.raw(vpc.id)).toEqual(newest);
    expect(await store.raw(vpc.id, { scope, kind: 'aws.ec2.vpc' })).toEqual(newest);
    expect(await store.raw(vpc.id, { scope: 'elsewhere', kind: 'aws.ec2.vpc' })).toEqual(newest);
    expect(await store.raw(other.id)).toBeNull();
    const signal = new AbortController().signal;
    const bodies = await store.bodies(
      [
        { id: vpc.id, scope: 'elsewhere', kind: 'x' },
        { id: 'none', scope, kind: 'x' },
      ],
      signal,
    );
    expect([...bodies]).toEqual([[vpc.id, newest.raw]]);
  });

  test('says how many ids its body names beyond those that are followed', async () => {
    const Resource = Array.from({ length: 100 }, (_, index) => `arn:aws:sqs:eu-west-1:111111111111:queue-${index}`);
    await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [{ ...vpc, raw: { Resource } }, other] }]);
    expect((await store.raw(vpc.id))?.unfollowed).toBe(36);
    expect((await store.raw(other.id))?.unfollowed).toBeUndefined();
    expect(
      (await resources(await view())).map(({ references }) => references.length).sort((left, right) => left - right),
    ).toEqual([0, 64]);
    expect((await resources(await view())).flatMap(({ fact }) => Object.keys(fact))).not.toContain('unfollowed');
  });

  test('has a history of the runs in which more than volatile fields changed', async () => {
    const bodies = [
      { Size: 1, LaunchTime: '2025-01-01T00:00:00Z' },
      { Size: 1, LaunchTime: '2025-02-02T00:00:00Z' },
      { Size: 2, LaunchTime: '2025-02-02T00:00:00Z' },
    ];
    for (const raw of bodies) await writeRun(store, [{ scope, kind: 'aws.ec2.vpc', resources: [{ ...vpc, raw }] }]);
    const history = await store.history(vpc.id);
    expect(history.map(({ run }) => run)).toEqual([3, 1]);
    expect(new Set(history.map(({ contentHash }) => contentHash)).size).toBe(2);
    expect(await resources(await view())).toMatchObject([{ firstRun: 1, changedRun: 3, lastRun: 3 }]);
  });
});

test('the newest coverage is told per cell, and an unknown run is not found', async () => {
  await writeRun(store, [
    { scope, kind: 'aws.ec2.vpc' },
    { scope, kind: 'aws.s3.bucket' },
  ]);
  await writeRun(store, [{ scope, kind: 'aws.s3.bucket', status: 'throttled' }]);
  const told = (await store.coverage(null)).map(({ run, kind, status }) => [run, kind, status]);
  expect(told).toHaveLength(2);
  expect(told).toEqual(
    expect.arrayContaining([
      [1, 'aws.ec2.vpc', 'complete'],
      [2, 'aws.s3.bucket', 'throttled'],
    ]),
  );
  expect(await store.coverage(1)).toHaveLength(2);
  await expect(store.coverage(7)).rejects.toMatchObject({ code: 'not-found' });
});

describe('what looked since', () => {
  const place = { scope, kind: 'aws.ec2.vpc' };
  const cell = { ...place, region: 'eu-west-1' };

  test('is the newest listing that did not see a resource and could not be completed', async () => {
    await writeRun(store, [{ ...cell, resources: [vpc] }]);
    expect(await store.lookedSince(vpc.id, place)).toBeNull();
    await writeRun(store, [{ ...cell, status: 'throttled' }]);
    await writeRun(store, [{ ...cell, status: 'partial', resources: [] }]);
    expect(await store.lookedSince(vpc.id, place)).toMatchObject({ run: 2, status: 'throttled' });
    await writeRun(store, [{ ...cell, region: '*', status: 'denied' }]);
    expect(await store.lookedSince(vpc.id)).toMatchObject({ run: 4, status: 'denied', region: '*' });
    await writeRun(store, [{ ...cell, region: 'eu-north-1', status: 'denied' }]);
    expect(await store.lookedSince(vpc.id, place)).toMatchObject({ run: 4 });
    expect(await store.lookedSince('nobody', place)).toBeNull();
  });
});
