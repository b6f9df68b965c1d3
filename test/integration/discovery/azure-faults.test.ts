import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFactStore } from '#engine/graph/facts/index.ts';
import type { FactStore } from '#engine/ports/index.ts';
import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  type AzureEstate,
  type AzureFault,
  type AzureFaultRule,
  type FakeOptions,
  type FakeResourceGraph,
  makeEstate,
  startFakeResourceGraph,
  subscriptionId,
  tenantId,
} from '#test/support/azure/index.ts';
import { type Row, textOf } from '#test/support/azure/kusto.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { type AzureBench, azureBench, gapsByPlace } from './azure-bench.ts';

/** Three pages of resources over three subscriptions, none of which ends where a page does. */
const shape = { subscriptions: 3, groups: 5, applications: 30 };

let estate: AzureEstate;
let hidden: Set<string>;
let fake: FakeResourceGraph;
let folder: string;
let facts: FactStore;
let bench: AzureBench<FactStore>;

async function start(options: Partial<FakeOptions> = {}): Promise<void> {
  fake = await startFakeResourceGraph({ estate, hidden, ...options });
  bench = azureBench(fake, facts);
}

beforeEach(async () => {
  estate = makeEstate(shape);
  hidden = new Set();
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-azure-'));
  facts = createFactStore({
    root: folder,
    clock: { now: () => Date.now() },
    logger: recordingLogger(),
    appVersion: '1',
  });
  await start();
});

afterEach(async () => {
  await fake.stop();
  await rm(folder, { recursive: true });
});

/** What the map shows: ids, and which of them are stale. */
async function shown(): Promise<{ readonly ids: ReadonlySet<string>; readonly stale: ReadonlySet<string> }> {
  const ids = new Set<string>();
  const stale = new Set<string>();
  for await (const resource of (await facts.view(new AbortController().signal)).resources()) {
    ids.add(resource.fact.id);
    if (resource.stale) stale.add(resource.fact.id);
  }
  return { ids, stale };
}

const rowIds = (): readonly string[] =>
  Object.values(estate.tables).flatMap((rows) => rows.map((row) => textOf(row, 'id').toLowerCase()));
const missing = async (): Promise<readonly string[]> => {
  const { ids } = await shown();
  return rowIds().filter((id) => !ids.has(id));
};
const scopes = (cells: readonly { readonly scope: string; readonly status: string }[], status: string): string[] =>
  [...new Set(cells.filter((cell) => cell.status === status).map(({ scope }) => scope))].sort();
const scopeOf = (number: number): string => `azure:subscription:${subscriptionId(number)}`;

/** Maps once without faults, then once with them; answers the second run's ledger. */
async function mapTwice(rules: readonly AzureFaultRule[]) {
  expect((await bench.discover()).run.status).toBe('complete');
  fake.setFaults(rules);
  const { run } = await bench.discover();
  return { run, cells: await facts.coverage(run.id) };
}

const midway = { table: 'resources', laterPages: true, after: 1 } as const;

describe('a listing that fails in the middle', () => {
  test.each<[string, AzureFault, string, RegExp]>([
    ['500', { kind: 'error', status: 500 }, 'failed', /out of order \(500\)/u],
    ['503', { kind: 'error', status: 503 }, 'failed', /out of order \(503\)/u],
    ['429 without a time', { kind: 'throttled', retryAfter: null }, 'throttled', /too many requests/u],
    ['429 with too long a time', { kind: 'throttled', retryAfter: 600 }, 'throttled', /too many requests/u],
    ['a cut body', { kind: 'cut', packed: false }, 'failed', /broke off/u],
    ['a cut packed body', { kind: 'cut', packed: true }, 'timed-out', /did not answer in time/u],
    ['a connection that ends', { kind: 'reset' }, 'failed', /broke off/u],
    ['half a body', { kind: 'half' }, 'failed', /broke off/u],
    ['silence', { kind: 'silent' }, 'timed-out', /did not answer in time/u],
    [
      'a page of HTML',
      { kind: 'rubbish', type: 'text/html', body: '<html>Welcome</html>' },
      'failed',
      /not Resource Graph/u,
    ],
    [
      'other JSON',
      { kind: 'rubbish', type: 'application/json', body: '{"value":[]}' },
      'failed',
      /not Resource Graph/u,
    ],
    ['null', { kind: 'rubbish', type: 'application/json', body: 'null' }, 'failed', /not Resource Graph/u],
    [
      'rows that are not counted',
      {
        kind: 'rubbish',
        type: 'application/json',
        body: '{"totalRecords":2700,"count":9,"data":[],"resultTruncated":"false"}',
      },
      'failed',
      /not Resource Graph/u,
    ],
    ['the same page again and again', { kind: 'same-token' }, 'failed', /a page that was there before/u],
    ['a refusal', { kind: 'denied' }, 'denied', /access denied/u],
    ['a token that ends', { kind: 'expired' }, 'denied', /sign-in has expired.*AZURE_TOKEN/u],
  ])('%s: what came before counts, the rest is named, and nothing is removed', async (_what, fault, status, words) => {
    const { run, cells } = await mapTwice([{ ...midway, fault }]);
    expect(run.status).toBe('partial');
    const resources = cells.filter(({ kind }) => kind === 'azure.compute.disks');
    // The first two pages end in the third subscription, so the first two are whole.
    expect(resources.map(({ scope, status: told }) => `${scope} ${told}`).sort()).toEqual([
      `${scopeOf(0)} complete`,
      `${scopeOf(1)} complete`,
      `${scopeOf(2)} ${status}`,
    ]);
    expect(cells.find((cell) => cell.status === status && cell.kind === 'azure.compute.disks')?.error).toMatch(words);
    expect(await missing()).toEqual([]);
    expect((await shown()).stale.size).toBeGreaterThan(0);
  });

  test('what passes is asked for again, and nothing of it shows', async () => {
    const { run } = await mapTwice([
      { table: 'resources', times: 1, fault: { kind: 'throttled', retryAfter: 1 } },
      { table: 'resources', after: 2, times: 1, fault: { kind: 'error', status: 503 } },
      { table: 'resources', after: 4, times: 1, fault: { kind: 'cut', packed: false } },
      { table: 'authorizationresources', times: 2, fault: { kind: 'reset' } },
    ]);
    expect(run.status).toBe('complete');
    expect((await shown()).stale.size).toBe(0);
    expect(await missing()).toEqual([]);
  });

  test('a listing that Azure itself cuts off is truncated where it was cut', async () => {
    const { cells } = await mapTwice([{ ...midway, after: 0, fault: { kind: 'truncated' } }]);
    expect(scopes(cells, 'truncated')).toEqual([scopeOf(2)]);
    expect(await missing()).toEqual([]);
  });

  test('a slow answer is waited for', async () => {
    const { run } = await mapTwice([{ ...midway, fault: { kind: 'slow', milliseconds: 1500 } }]);
    expect(run.status).toBe('complete');
  });

  test('pages that are too large are asked for in halves', async () => {
    const { run } = await mapTwice([{ table: 'resources', fault: { kind: 'too-large', rows: 300 } }]);
    expect(run.status).toBe('complete');
    expect(new Set(fake.asked.filter(({ table }) => table === 'resources').map(({ top }) => top))).toEqual(
      new Set([1000, 500, 250]),
    );
    expect(await missing()).toEqual([]);
  });
});

describe('a refusal', () => {
  test('of one subscription is found among many, and the others are read', async () => {
    const { run, cells } = await mapTwice([
      { table: 'resources', subscription: subscriptionId(1), fault: { kind: 'denied' } },
    ]);
    expect(run.status).toBe('partial');
    expect(scopes(cells, 'denied')).toEqual([scopeOf(1)]);
    expect(cells.find(({ status }) => status === 'denied')).toMatchObject({
      permission: 'Microsoft.ResourceGraph/resources/read',
      error: expect.stringContaining('Subscription Subscription 1: access denied'),
    });
    expect(await missing()).toEqual([]);
  });

  test('of one table leaves the others', async () => {
    const { cells } = await mapTwice([{ table: 'authorizationresources', fault: { kind: 'denied' } }]);
    expect(new Set(cells.filter(({ status }) => status === 'denied').map(({ kind }) => kind))).toEqual(
      new Set(['azure.authorization.roleassignments', 'azure.authorization.roledefinitions']),
    );
    expect(scopes(cells, 'denied')).toEqual([
      `azure:management-group:${tenantId}`,
      'azure:management-group:landing-0',
      scopeOf(0),
      scopeOf(1),
      scopeOf(2),
      `azure:tenant:${tenantId}`,
    ]);
    expect(await missing()).toEqual([]);
  });

  test('of everything is told before a run is made', async () => {
    fake.setFaults([{ fault: { kind: 'denied' } }]);
    await expect(bench.discover()).rejects.toMatchObject({ code: 'access-denied' });
    expect(await facts.runs()).toEqual([]);
  });

  test('of everything, once it is known what there is, closes every subscription and removes nothing', async () => {
    const { run, cells } = await mapTwice([
      { table: 'resources', fault: { kind: 'denied' } },
      { table: 'authorizationresources', fault: { kind: 'denied' } },
    ]);
    expect(run.status).toBe('partial');
    const inside = cells.filter(
      ({ scope, kind }) => scope.startsWith('azure:subscription:') && !kind.startsWith('azure.resources.'),
    );
    expect(new Set(inside.map(({ status }) => status))).toEqual(new Set(['denied']));
    expect(new Set(inside.map(({ scope }) => scope))).toEqual(new Set([scopeOf(0), scopeOf(1), scopeOf(2)]));
    expect(await missing()).toEqual([]);
    expect((await shown()).stale.size).toBeGreaterThan(2000);
  });

  test('in silence, between the finding of a subscription and its listing, is noticed', async () => {
    const { run, cells } = await mapTwice([
      { table: 'resources', times: 1, fault: { kind: 'meanwhile', happens: () => hidden.add(subscriptionId(2)) } },
    ]);
    expect(run.status).toBe('partial');
    expect(scopes(cells, 'denied')).toEqual([scopeOf(2)]);
    expect(await missing()).toEqual([]);
  });

  test('of a subscription that an earlier run saw is told for every kind, and what was known of it ages', async () => {
    const first = await facts.coverage((await bench.discover()).run.id);
    const cellsOfOne = first.filter(({ scope }) => scope === scopeOf(0)).length;
    hidden.add(subscriptionId(0));
    const { run } = await bench.discover();
    expect(gapsByPlace(await facts.coverage(run.id))).toEqual([
      `subscription:${subscriptionId(0)} * denied × ${cellsOfOne}`,
    ]);
    const { ids, stale } = await shown();
    expect(rowIds().filter((id) => !ids.has(id))).toEqual([]);
    expect([...stale].every((id) => id.includes(subscriptionId(0)))).toBe(true);
    expect(stale.size).toBeGreaterThan(900);
  });

  test('of all but one group marks the subscription as read in part', async () => {
    await bench.discover();
    await fake.stop();
    await start({ onlyGroup: new Map([[subscriptionId(1), 'rg-3']]) });
    const { run } = await bench.discover();
    const cells = await facts.coverage(run.id);
    expect(scopes(cells, 'denied')).toEqual([scopeOf(1)]);
    expect(cells.find(({ status }) => status === 'denied')?.error).toContain('only some of its resource groups');
    expect(await missing()).toEqual([]);
  });
});

describe('the sign-in', () => {
  test.each<[string, string | undefined, string, RegExp]>([
    ['is not there', undefined, 'credentials-missing', /NO_TOKEN holds no token/u],
    ['is not a token', 'two words', 'credentials-missing', /is not a token/u],
    ['has ended', jwt({ exp: Math.floor(Date.now() / 1000) - 7200 }), 'credentials-expired', /expired 2 h ago/u],
    ['is not accepted', 'made-up', 'access-denied', /not accepted/u],
  ])('that %s is told with what to do', async (_what, value, code, words) => {
    const told = azureBench(fake, facts, value === undefined ? {} : { NO_TOKEN: value });
    const error = await told.discover({ accessTokenEnv: 'NO_TOKEN' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(words) });
    const { advice, message } = error as AppError;
    expect(`${advice} ${message}`).toContain('az account get-access-token');
    expect(`${advice} ${message}`).not.toContain(value ?? fake.token);
  });

  test('that ends half-way is told once, and the rest is not tried', async () => {
    await bench.discover();
    fake.setFaults([{ after: 4, fault: { kind: 'expired' } }]);
    const { run } = await bench.discover();
    const statuses = new Set((await facts.coverage(run.id)).map(({ status }) => status));
    expect(run.status).toBe('partial');
    expect(statuses).toContain('denied');
    expect([...statuses].filter((status) => !['complete', 'denied', 'not-tried'].includes(status))).toEqual([]);
    expect(await missing()).toEqual([]);
  });
});

describe('a tenant that changes while it is read', () => {
  test('loses nothing over the edge of a page when rows before it go away', async () => {
    await bench.discover();
    const before = estate.tables.resources.length;
    const happens = (): void => void estate.tables.resources.splice(10, 7);
    fake.setFaults([{ table: 'resources', laterPages: true, times: 1, fault: { kind: 'meanwhile', happens } }]);
    const { run } = await bench.discover();
    expect(run.status).toBe('complete');
    expect(estate.tables.resources).toHaveLength(before - 7);
    expect(await missing()).toEqual([]);
  });

  test('shows no more what a whole listing did not show', async () => {
    await bench.discover();
    const [gone] = estate.tables.resources.splice(100, 1);
    await bench.discover();
    const { ids } = await shown();
    expect(ids.has(textOf(gone ?? {}, 'id').toLowerCase())).toBe(false);
    expect(await missing()).toEqual([]);
  });

  test('is one thing however ids are spelled, and however often a row comes', async () => {
    const rows = estate.tables.resources;
    const shouted = rows.slice(0, 5).map((row) => ({ ...row, id: textOf(row, 'id').toUpperCase() }));
    rows.push(...rows.slice(0, 3));
    rows.splice(0, 5, ...shouted);
    rows.sort((a, b) => (textOf(a, 'id') < textOf(b, 'id') ? -1 : 1));
    const { run } = await bench.discover();
    expect(run.status).toBe('complete');
    expect(await missing()).toEqual([]);
    const ids = [...(await shown()).ids];
    expect(ids.filter((id) => id !== id.toLowerCase())).toEqual([]);
    expect(ids.filter((id) => id.includes('/disks/disk-0'))).toHaveLength(shape.subscriptions * shape.groups);
  });

  test('names a row that cannot be understood, and keeps every other', async () => {
    estate.tables.resources.splice(1500, 0, { ...estate.tables.resources[1500], id: 'no id at all' });
    const { run } = await bench.discover();
    expect(run.status).toBe('partial');
    const failed = (await facts.coverage(run.id)).filter(({ status }) => status === 'failed');
    expect(failed[0]?.error).toContain('A row has no resource id (no id at all)');
    expect((await missing()).filter((id) => id !== 'no id at all')).toEqual([]);
  });
});

describe('a body of another form than is known', () => {
  /** Every network of the first subscription, with something else where its subnets were. */
  function spoil(subnets: Json): void {
    estate.tables.resources.splice(
      0,
      estate.tables.resources.length,
      ...estate.tables.resources.map((row) =>
        textOf(row, 'type').endsWith('virtualnetworks') && textOf(row, 'id').includes(subscriptionId(0))
          ? { ...row, properties: { ...(row['properties'] as Row), subnets } }
          : row,
      ),
    );
  }

  test.each<[string, Json, string]>([
    ['a text', 'app', 'properties.subnets is not a list'],
    ['an object', { app: { id: 'x' } }, 'properties.subnets is not a list'],
    ['a list of names', ['app'], 'properties.subnets[] is not an object'],
  ])('%s in place of its parts is told, and the parts age instead of going', async (_what, subnets, words) => {
    await bench.discover();
    const before = (await shown()).ids;
    spoil(subnets);
    const { run } = await bench.discover();
    expect(run.status).toBe('partial');
    const wrong = (await facts.coverage(run.id)).filter(({ status }) => status !== 'complete');
    expect(wrong.map(({ scope, kind, status }) => `${scope} ${kind} ${status}`)).toEqual([
      `${scopeOf(0)} azure.network.virtualnetworks failed`,
    ]);
    expect(wrong[0]?.error).toContain(words);
    const { ids, stale } = await shown();
    expect(ids).toEqual(before);
    expect(stale.size).toBe(shape.groups * shape.applications);
    expect([...stale].every((id) => id.endsWith('/subnets/app') && id.includes(subscriptionId(0)))).toBe(true);
  });
});

/** A token that says when it ends; nobody signed it. */
function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.x`;
}
