import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CoverageCell, Run } from '#shared/model/index.ts';
import {
  companyAssets,
  denied,
  type FakeAsset,
  type FaultRule,
  type InventoryFault,
  makeAsset,
} from '#test/support/gcp/index.ts';
import { companyScopes } from '#test/support/gcp/company.ts';
import { type GcpBench, gcpBench, project, type Transport } from './gcp-bench.ts';

const listed = companyAssets();
const policies = listed.filter(({ iamPolicy }) => iamPolicy !== undefined);
const everything = listed.length + policies.length;

/** Something that is there only in the second run, early in the listing. */
const newcomer: FakeAsset = makeAsset(companyScopes().projects.data, 'storage.googleapis.com/Bucket', {
  path: 'acme-newcomer',
  data: { name: 'acme-newcomer' },
});
const newId = '//storage.googleapis.com/acme-newcomer';

interface Mapped {
  readonly run: Run;
  readonly cells: readonly CoverageCell[];
}

/** Maps once without faults, then once with them and the newcomer. */
async function mapTwice(bench: GcpBench, rules: readonly FaultRule[]): Promise<Mapped> {
  expect(await bench.discover()).toMatchObject({ status: 'complete' });
  bench.assets = [newcomer, ...listed];
  bench.inventory.setFaults(rules);
  const run = await bench.discover();
  return { run, cells: await bench.facts.coverage(run.id) };
}

/** Statuses of the bodies' cells, without those of policies. */
const bodies = (cells: readonly CoverageCell[]): readonly CoverageCell[] =>
  cells.filter(({ kind }) => kind !== 'gcp.iam.policy');
const statuses = (cells: readonly CoverageCell[]): string[] => [...new Set(cells.map(({ status }) => status))].sort();

/** The second page of bodies, however often it is asked for. */
const midway = { content: 'RESOURCE', typed: false, page: 1 } as const;

const status = (name: 'INTERNAL' | 'UNAVAILABLE', message: string): InventoryFault => ({
  kind: 'status',
  answer: { status: name, message },
});
const tooMany = (retrySeconds?: number): InventoryFault => ({
  kind: 'status',
  answer: {
    status: 'RESOURCE_EXHAUSTED',
    message: 'Quota exceeded for quota metric "ListAssets requests".',
    ...(retrySeconds === undefined ? {} : { retrySeconds }),
  },
});

describe.each<Transport>(['rest', 'grpc'])('over %s', (transport) => {
  let bench: GcpBench;

  beforeEach(async () => {
    bench = await gcpBench({ transport, mostPerPage: 25, limits: { requestMilliseconds: 1500 } });
  });

  afterEach(() => bench[Symbol.asyncDispose]());

  describe('a listing that fails in the middle for good', () => {
    test.each<[string, InventoryFault, string, RegExp]>([
      ['500', status('INTERNAL', 'Internal error encountered.'), 'failed', /Google kept failing: Internal error/u],
      ['503', status('UNAVAILABLE', 'The service is unavailable.'), 'failed', /Google kept failing/u],
      ['429 without a time', tooMany(), 'throttled', /too many requests/u],
      ['429 with too long a time', tooMany(600), 'throttled', /too many requests/u],
      ['a connection that is cut', { kind: 'cut' }, 'failed', /cannot be reached \(ECONNRESET\)|Connection dropped/u],
      ['a cut body', { kind: 'cut-body' }, 'failed', /cannot be reached \(ECONNRESET\)|Connection dropped/u],
      ['half a body', { kind: 'truncated' }, 'failed', /not Google's inventory/u],
      ['a body of another form', { kind: 'malformed' }, 'failed', /not Google's inventory/u],
      ['silence', { kind: 'silent' }, 'timed-out', /did not answer in time/u],
      [
        'a refusal',
        { kind: 'status', answer: denied('cloudasset.assets.listResource', 'organizations/6001') },
        'denied',
        /access denied. Grant cloudasset\.assets\.listResource in organizations\/6001\./u,
      ],
      ['a page that never ends', { kind: 'endless' }, 'failed', /not Google's inventory/u],
      [
        'a page of HTML',
        { kind: 'rubbish', status: 200, type: 'text/html', body: '<html>Welcome</html>' },
        'failed',
        /not Google's inventory|Google kept failing|cannot be reached/u,
      ],
      [
        'other JSON',
        { kind: 'rubbish', status: 200, type: 'application/json', body: '{"a":1}' },
        'failed',
        /not Google's inventory|Google kept failing|cannot be reached/u,
      ],
      [
        'a gateway that is out of order',
        { kind: 'rubbish', status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' },
        'failed',
        /Google kept failing|not Google's inventory|cannot be reached/u,
      ],
    ])(
      '%s: what is missing is named, what was there stays, the rest is there',
      async (_what, fault, worst, message) => {
        const { run, cells } = await mapTwice(bench, [{ ...midway, fault }]);
        expect(run.status).toBe('partial');
        expect(statuses(bodies(cells))).toEqual([worst]);
        expect(bodies(cells).every(({ error }) => message.test(error ?? ''))).toBe(true);
        expect(bodies(cells)[0]?.error).toMatch(/^cloudasset\.assets\.listResource in organizations\/6001: /u);
        const { ids, stale } = await bench.shown();
        // All that the first run saw is still there; what the first page brought is fresh, the rest is stale.
        expect(ids.size).toBe(everything + 1);
        expect(ids).toContain(newId);
        expect(stale).not.toContain(newId);
        expect(stale.size).toBeGreaterThan(20);
        expect(stale.size).toBeLessThan(listed.length);
      },
    );
  });

  test.each<[string, InventoryFault]>([
    ['500', status('INTERNAL', 'Internal error encountered.')],
    ['503', status('UNAVAILABLE', 'The service is unavailable.')],
    ['429 without a time', tooMany()],
    ['429 with a time', tooMany(0.05)],
    ['a connection that is cut', { kind: 'cut' }],
    ['a cut body', { kind: 'cut-body' }],
    ['half a body', { kind: 'truncated' }],
    ['silence', { kind: 'silent' }],
  ])('%s once is asked again, and nothing is missing', async (_what, fault) => {
    const { run, cells } = await mapTwice(bench, [{ ...midway, times: 1, fault }]);
    expect(run.status).toBe('complete');
    expect(statuses(cells)).toEqual(['complete']);
    const { ids, stale } = await bench.shown();
    expect([ids.size, stale.size]).toEqual([everything + 1, 0]);
  });

  test('a slow server is waited for', async () => {
    const { run } = await mapTwice(bench, [{ fault: { kind: 'slow', milliseconds: 100 } }]);
    expect(run.status).toBe('complete');
  });

  test('policies that may not be read are a gap of their own; bodies are complete', async () => {
    const answer = denied('cloudasset.assets.listIamPolicy', 'organizations/6001');
    const { run, cells } = await mapTwice(bench, [{ content: 'IAM_POLICY', fault: { kind: 'status', answer } }]);
    expect(run.status).toBe('partial');
    expect(statuses(bodies(cells))).toEqual(['complete']);
    const gaps = cells.filter((cell) => cell.kind === 'gcp.iam.policy');
    expect(new Set(gaps.map((cell) => `${cell.status} ${cell.permission}`))).toEqual(
      new Set(['denied cloudasset.assets.listIamPolicy']),
    );
    expect(gaps[0]?.error).toBe(
      'cloudasset.assets.listIamPolicy in organizations/6001: access denied. Grant cloudasset.assets.listIamPolicy in organizations/6001.',
    );
    const { ids, stale } = await bench.shown();
    expect(ids.size).toBe(everything + 1);
    expect([...stale].every((id) => id.endsWith('#iam-policy'))).toBe(true);
    expect(stale.size).toBe(policies.length);
  });

  test('a refusal of everything but the tree closes every project and removes nothing', async () => {
    const answer = denied('cloudasset.assets.listResource', 'organizations/6001');
    const { run, cells } = await mapTwice(bench, [{ typed: false, fault: { kind: 'status', answer } }]);
    expect(run.status).toBe('partial');
    expect(statuses(cells)).toEqual(['denied']);
    const { ids, stale } = await bench.shown();
    expect([ids.size, stale.size]).toEqual([everything, everything]);
  });

  test('a token that ends half-way is told so; what came before it is kept', async () => {
    const { run, cells } = await mapTwice(bench, [{ ...midway, fault: { kind: 'expire' } }]);
    expect(run.status).toBe('partial');
    expect(statuses(bodies(cells))).toEqual(['denied']);
    expect(bodies(cells)[0]?.error).toContain('the token in GCP_TOKEN has expired or is not valid. Sign in again.');
    const { ids } = await bench.shown();
    expect(ids.size).toBe(everything + 1);
  });

  test('a project that is closed between two runs ages, and is told for every kind', async () => {
    const places = { scopes: ['projects/acme-data', 'projects/acme-network'] };
    await bench.discover(places);
    const before = (await bench.shown()).ids;
    bench.inventory.setFaults([
      {
        parent: 'projects/acme-data',
        fault: { kind: 'status', answer: denied('cloudasset.assets.listResource', 'projects/acme-data') },
      },
    ]);
    const run = await bench.discover(places);
    const cells = await bench.facts.coverage(run.id);
    expect(statuses(cells.filter(({ scope }) => scope === project('acme-data')))).toEqual(['denied']);
    expect(statuses(cells.filter(({ scope }) => scope === project('acme-network')))).toEqual(['complete']);
    const { ids, stale } = await bench.shown();
    expect(ids).toEqual(before);
    expect([...stale].every((id) => id.includes('acme-data') || id.includes('acme-lake'))).toBe(true);
    expect(stale.size).toBeGreaterThan(5);
  });
});

describe.each<Transport>(['rest', 'grpc'])('what changes while it is listed over %s', (transport) => {
  let bench: GcpBench;

  beforeEach(async () => {
    bench = await gcpBench({ transport, mostPerPage: 25 });
  });

  afterEach(() => bench[Symbol.asyncDispose]());

  test('an asset that is deleted between two pages goes, and takes no other one with it', async () => {
    await bench.discover();
    const gone = '//storage.googleapis.com/acme-lake';
    const before = bench.inventory.requests.length;
    Object.defineProperty(bench, 'assets', {
      get: () => {
        const isBegun = bench.inventory.requests.length > before + 2;
        return isBegun ? listed.filter(({ name }) => name !== gone) : listed;
      },
    });
    expect(await bench.discover()).toMatchObject({ status: 'complete' });
    const { ids, stale } = await bench.shown();
    expect([ids.size, stale.size]).toEqual([everything - 1, 0]);
    expect(ids).not.toContain(gone);
  });

  test('an asset that is listed twice is one resource', async () => {
    bench.assets = [...listed, ...listed.slice(0, 40)];
    const run = await bench.discover();
    expect(run.status).toBe('complete');
    expect((await bench.shown()).ids.size).toBe(everything);
  });

  test('a project that comes after the census has cells of its own in the same run, with its place in the tree', async () => {
    const late = { id: 'acme-late', number: '555000555', ancestors: ['projects/555000555', 'organizations/6001'] };
    const bucket = makeAsset(late, 'storage.googleapis.com/Bucket', { path: 'late', data: { name: 'late' } });
    const latecomer = makeAsset(late, 'cloudresourcemanager.googleapis.com/Project', {
      path: 'projects/555000555',
      data: { projectId: 'acme-late', projectNumber: '555000555', name: 'Late' },
    });
    Object.defineProperty(bench, 'assets', {
      get: () => (bench.inventory.requests.length > 1 ? [...listed, bucket, latecomer] : listed),
    });
    const run = await bench.discover();
    expect(run.status).toBe('complete');
    const view = await bench.facts.view(new AbortController().signal);
    expect(view.scopes).toContainEqual(
      expect.objectContaining({ id: 'gcp:project:acme-late', name: 'Late', parentId: 'gcp:organization:6001' }),
    );
    expect((await bench.shown()).ids).toContain('//storage.googleapis.com/late');
    const cellsOfLate = (await bench.facts.coverage(run.id)).filter(({ scope }) => scope === project('acme-late'));
    expect(statuses(cellsOfLate)).toEqual(['complete']);
    expect(run.cells).toBe((await bench.facts.coverage(run.id)).length);
    // The next run lists it like any other, and nothing of it is lost or doubled.
    await bench.discover();
    const { ids, stale } = await bench.shown();
    expect(ids.size).toBe(everything + 2);
    expect(stale.size).toBe(0);
    // Mapped by itself it has the last word on what is its own.
    Object.defineProperty(bench, 'assets', { get: () => [...listed, latecomer] });
    expect(await bench.discover({ scopes: ['projects/acme-late'] })).toMatchObject({ status: 'complete' });
    expect((await bench.shown()).ids).not.toContain('//storage.googleapis.com/late');
  });

  test('a project that is not listed any more is told, and what was known of it ages', async () => {
    await bench.discover();
    bench.assets = listed.filter(({ ancestors }) => ancestors[0] !== 'projects/444000444');
    const run = await bench.discover();
    expect(run.status).toBe('partial');
    const cells = (await bench.facts.coverage(run.id)).filter(({ scope }) => scope === project('acme-data'));
    expect(statuses(cells)).toEqual(['not-tried']);
    expect(cells[0]?.error).toBe(
      'Project Data (acme-data) is not listed in organizations/6001 any more: it was deleted or moved. Map projects/acme-data by itself to find out.',
    );
    const { ids, stale } = await bench.shown();
    expect(ids.size).toBe(everything);
    expect(stale).toContain('//storage.googleapis.com/acme-lake');
  });

  test('an asset without a name is named by what is wrong with it, and no cell counts as complete', async () => {
    await bench.discover();
    bench.assets = [{ ...newcomer, name: '' }, ...listed];
    const run = await bench.discover();
    const cells = await bench.facts.coverage(run.id);
    expect(statuses(bodies(cells))).toEqual(['failed']);
    expect(bodies(cells)[0]?.error).toContain('An asset has nothing instead of a full resource name.');
    const { ids, stale } = await bench.shown();
    expect([ids.size, stale.size]).toEqual([everything, 0]);
  });

  test('a body of another form is kept as it is, and its cell is told', async () => {
    await bench.discover();
    bench.assets = listed.map((one) =>
      one.name.endsWith('production/zones/europe-west1-b/instances/web-a') && one.resource !== undefined
        ? { ...one, resource: { ...one.resource, data: { ...one.resource.data, networkInterfaces: 'eth0' } } }
        : one,
    );
    const run = await bench.discover();
    const wrong = (await bench.facts.coverage(run.id)).filter(({ status: found }) => found !== 'complete');
    expect(wrong.map(({ scope, kind, status: found }) => `${scope} ${kind} ${found}`)).toEqual([
      `${project('acme-shop-production')} gcp.compute.instance failed`,
    ]);
    expect(wrong[0]?.error).toContain('networkInterfaces is not a list');
    const { ids, stale } = await bench.shown();
    expect([ids.size, stale.size]).toEqual([everything, 0]);
  });
});
