import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { companyAssets } from '#test/support/gcp/index.ts';
import { call, gapsByPlace, type GcpBench, gcpBench, organization, project, type Transport } from './gcp-bench.ts';

const everything = companyAssets().length + companyAssets().filter(({ iamPolicy }) => iamPolicy !== undefined).length;

describe.each<Transport>(['rest', 'grpc'])('the company over %s', (transport) => {
  let bench: GcpBench;

  beforeEach(async () => {
    bench = await gcpBench({ transport, mostPerPage: 25 });
  });

  afterEach(() => bench[Symbol.asyncDispose]());

  test('is mapped whole, in as few calls as there are pages', async () => {
    const run = await bench.discover();
    expect(run).toMatchObject({ status: 'complete', incompleteCells: 0, resources: everything, clouds: ['gcp'] });
    const { ids } = await bench.shown();
    expect(ids.size).toBe(everything);
    expect(ids).toContain('//secretmanager.googleapis.com/projects/acme-shop-production/secrets/payment-key');
    const contents = bench.inventory.requests.map(({ content, assetTypes }) => `${content} ${assetTypes.length > 0}`);
    // One page of the census, four of bodies, one of policies.
    expect(contents.sort()).toEqual([
      'IAM_POLICY false',
      ...Array.from({ length: 4 }, () => 'RESOURCE false'),
      'RESOURCE true',
    ]);
    expect(run.calls).toMatchObject({ made: 6, empty: 0, throttled: 0 });
    expect(bench.inventory.requests.every(({ pageSize }) => pageSize === 1000)).toBe(true);
  });

  test('has a cell for every scope and kind, over all regions', async () => {
    await bench.discover();
    const cells = await bench.facts.coverage(null);
    expect(new Set(cells.map(({ region }) => region))).toEqual(new Set(['*']));
    expect(new Set(cells.map(({ scope }) => scope)).size).toBe(7);
    const instances = cells.filter(({ kind }) => kind === 'gcp.compute.instance');
    expect(instances.find(({ scope }) => scope === project('acme-shop-production'))).toMatchObject({ rows: 3 });
    expect(cells.filter(({ kind, rows }) => kind === 'gcp.other' && rows > 0)).toHaveLength(1);
  });

  test('mapped twice shows no difference', async () => {
    await bench.discover();
    await bench.discover();
    const view = await bench.facts.view(new AbortController().signal);
    for await (const { firstRun, changedRun, stale } of view.resources()) {
      expect({ firstRun, changedRun, stale }).toEqual({ firstRun: 1, changedRun: 1, stale: false });
    }
  });

  test('what is deleted goes, and only that', async () => {
    await bench.discover();
    bench.assets = companyAssets().filter(({ name }) => !name.endsWith('/instances/web-b'));
    await bench.discover();
    const { ids, stale } = await bench.shown();
    expect(ids.size).toBe(everything - 2);
    expect(stale.size).toBe(0);
  });

  test('single projects may be asked for, by id or number', async () => {
    const run = await bench.discover({ scopes: ['projects/acme-data', 'projects/111000111'] });
    expect(run.status).toBe('complete');
    const cells = await bench.facts.coverage(run.id);
    expect([...new Set(cells.map(({ scope }) => scope))].sort()).toEqual([
      project('acme-data'),
      project('acme-network'),
    ]);
    const view = await bench.facts.view(new AbortController().signal);
    expect(view.scopes).toContainEqual(
      expect.objectContaining({ id: project('acme-network'), name: 'Network', parentId: 'gcp:folder:501' }),
    );
  });

  test('a scope beneath another one is not listed twice', async () => {
    await bench.discover({ scopes: ['organizations/6001', 'folders/502', 'projects/acme-data'] });
    const listed = bench.inventory.requests.filter(({ assetTypes }) => assetTypes.length === 0);
    expect(new Set(listed.map(({ parent }) => parent))).toEqual(new Set(['organizations/6001']));
  });

  test('named regions have cells of their own, with what is in no region', async () => {
    const run = await bench.discover({ regions: ['europe-west4'] });
    const cells = await bench.facts.coverage(run.id);
    expect(new Set(cells.map(({ region }) => region))).toEqual(new Set(['europe-west4', 'global']));
    const { ids } = await bench.shown();
    expect(ids).toContain('//cloudsql.googleapis.com/projects/acme-shop-production/instances/orders-replica');
    expect(ids).toContain('//compute.googleapis.com/projects/acme-network/global/networks/shared');
    expect(ids).not.toContain('//cloudsql.googleapis.com/projects/acme-shop-production/instances/orders');
  });

  test('named kinds alone are asked for and told', async () => {
    const run = await bench.discover({}, ['gcp.compute.network', 'gcp.storage.bucket']);
    expect(run.resources).toBe(4);
    const cells = await bench.facts.coverage(run.id);
    expect(new Set(cells.map(({ kind }) => kind))).toEqual(new Set(['gcp.compute.network', 'gcp.storage.bucket']));
    const listed = bench.inventory.requests.slice(1);
    expect(listed.map(({ assetTypes }) => [...assetTypes].sort())).toEqual([
      ['compute.googleapis.com/Network', 'storage.googleapis.com/Bucket'],
    ]);
  });

  test('kinds that a connection keeps are listed alone, and the run says so', async () => {
    const at = Date.now() - 24 * 3600 * 1000;
    const whole = await bench.discover();
    expect(whole.focus).toBeUndefined();
    const kinds = ['gcp.storage.bucket'];
    const run = await bench.discover({ kinds, at });
    expect(run).toMatchObject({ status: 'complete', focus: [{ cloud: 'gcp', kinds, at }] });
    expect(new Set((await bench.facts.coverage(run.id)).map(({ kind }) => kind))).toEqual(new Set(kinds));
    expect(await bench.facts.runs()).toContainEqual(run);
    // What was not asked for stays as the whole run saw it.
    expect((await bench.shown()).stale.size).toBe(0);
    await expect(bench.discover({ kinds: ['azure.compute.disks'] })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('a moment in the past is read without touching the present', async () => {
    await bench.discover();
    const gone = '//storage.googleapis.com/acme-lake';
    const at = Date.now() - 7 * 24 * 3600 * 1000;
    bench.assets = [...companyAssets().filter(({ name }) => name !== gone), companyAssets()[0]].flatMap(
      (one) => one ?? [],
    );
    const run = await bench.discover({ at });
    expect(run.status).toBe('complete');
    expect(bench.inventory.requests.slice(6).every(({ readTime }) => readTime === at)).toBe(true);
    const cells = await bench.facts.coverage(run.id);
    expect(new Set(cells.map(({ capturedAt }) => capturedAt))).toEqual(new Set([at]));
    // The past did not have the bucket; the present keeps it, and nothing of it is stale.
    const { ids, stale } = await bench.shown();
    expect(ids).toContain(gone);
    expect(stale.size).toBe(0);
  });
});

test.each<Transport>(['rest', 'grpc'])(
  'a run over %s that waits for an answer ends when it is cancelled',
  async (transport) => {
    await using bench = await gcpBench({ transport, mostPerPage: 25, limits: { requestMilliseconds: 600_000 } });
    bench.inventory.setFaults([{ typed: false, content: 'RESOURCE', page: 1, fault: { kind: 'silent' } }]);
    const { endpoint } = bench.server;
    const part = { cloud: 'gcp' as const, scopes: ['organizations/6001'], accessTokenEnv: 'GCP_TOKEN' };
    const { run } = await bench.service.start({ clouds: [{ ...part, endpoint, transport }], kinds: [] }, call());
    while (bench.inventory.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await bench.service.cancel({ run }, call())).toMatchObject({ status: 'cancelled' });
    const cells = await bench.facts.coverage(run);
    const notTried = cells.filter(({ status }) => status === 'not-tried');
    expect(notTried.some(({ scope, kind }) => scope === organization && kind === 'gcp.compute.instance')).toBe(true);
  },
);

describe('what cannot be asked at all', () => {
  let bench: GcpBench;

  beforeEach(async () => {
    bench = await gcpBench();
  });

  afterEach(() => bench[Symbol.asyncDispose]());

  test.each<[string, Parameters<GcpBench['discover']>[0], string, RegExp]>([
    ['a token that is not there', { accessTokenEnv: 'NO_TOKEN' }, 'credentials-missing', /NO_TOKEN holds no token/u],
    ['no credentials anywhere', { accessTokenEnv: undefined }, 'credentials-missing', /No Google Cloud credentials/u],
    ['a token in plain text', { endpoint: 'http://inventory.example' }, 'bad-input', /unencrypted/u],
    ['a moment too long ago', { at: Date.now() - 40 * 24 * 3600 * 1000 }, 'bad-input', /keeps 35 days/u],
    ['a moment to come', { at: Date.now() + 3600 * 1000 }, 'bad-input', /has not come yet/u],
    ['a region of no cloud', { regions: ['europe west'] }, 'bad-input', /not a region/u],
    [
      'a region that does not exist',
      { regions: ['europe-west1', 'europe-wset4'] },
      'bad-input',
      /^europe-wset4: not a/u,
    ],
    ['a zone', { regions: ['europe-west1-b'] }, 'bad-input', /not a region/u],
    ['no scope', { scopes: [] }, 'bad-input', /where to look/u],
    [
      'a scope that is closed',
      { scopes: ['organizations/9'] },
      'access-denied',
      /Grant cloudasset\.assets\.listResource/u,
    ],
    [
      'nobody at the address',
      { endpoint: 'http://127.0.0.1:9' },
      'endpoint-unreachable',
      /cannot be reached \(ECONNREFUSED\)/u,
    ],
    [
      'nobody at the address, over gRPC',
      { endpoint: 'http://127.0.0.1:9', transport: 'grpc' },
      'endpoint-unreachable',
      /cannot be reached \(ECONNREFUSED\)/u,
    ],
  ])('%s', async (_what, places, code, message) => {
    const refused = bench.discover(places);
    await expect(refused).rejects.toBeInstanceOf(AppError);
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await bench.facts.runs()).toEqual([]);
  });

  test('an expired token', async () => {
    bench.inventory.setTokens([]);
    await expect(bench.discover()).rejects.toMatchObject({
      code: 'credentials-expired',
      message: expect.stringContaining('the token in GCP_TOKEN has expired or is not valid'),
    });
  });

  test('an inventory that is not switched on', async () => {
    const answer = {
      status: 'PERMISSION_DENIED' as const,
      message: 'Cloud Asset API has not been used in project 123 before or it is disabled.',
      reason: { name: 'SERVICE_DISABLED', metadata: { service: 'cloudasset.googleapis.com' } },
    };
    bench.inventory.setFaults([{ fault: { kind: 'status', answer } }]);
    await expect(bench.discover()).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('gcloud services enable cloudasset.googleapis.com'),
    });
  });

  test('one scope that is closed is told, for every kind; the others are mapped', async () => {
    const run = await bench.discover({ scopes: ['projects/acme-data', 'projects/not-mine'] });
    expect(run.status).toBe('partial');
    const cells = await bench.facts.coverage(run.id);
    const denied = cells.filter(({ scope }) => scope === project('not-mine'));
    expect(new Set(denied.map(({ permission, status }) => `${status} ${permission}`))).toEqual(
      new Set(['denied cloudasset.assets.listResource']),
    );
    expect(denied[0]?.remedy).toEqual({ do: 'grant', to: null, on: 'projects/not-mine' });
    expect(gapsByPlace(cells)).toEqual([`project:not-mine * denied × ${denied.length}`]);
  });
});
