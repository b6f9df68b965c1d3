import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ConfigState, fakeConfigService, type Held } from '#test/support/aws/fake-config-service.ts';
import { type ExplorerState, fakeResourceExplorer, type Indexed } from '#test/support/aws/fake-resource-explorer.ts';
import { heldOf, indexedOf, indexedTypes, vpcPerPlace } from '#test/support/aws/known-to-census.ts';
import { type CompanySummary, seedCompany } from '#test/support/company/index.ts';
import { type FaultProxy, startFaultProxy } from '#test/support/fault-proxy/index.ts';
import { type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { discover, gaps, memoryBench } from './discovery-bench.ts';

let moto: Moto;
let proxy: FaultProxy;
let company: CompanySummary;
/** The company as it is without any census. */
let whole: ReturnType<typeof memoryBench>['facts'];
let held: readonly Held[];
let indexed: readonly Indexed[];
let emptyWithout: number;

function everywhere() {
  return { organization: true, regions: [...company.regions], endpoint: proxy.endpoint };
}

function explorer(more: Partial<ExplorerState> = {}): ReturnType<typeof fakeResourceExplorer> {
  return fakeResourceExplorer({ held: indexed, regions: company.regions, supported: indexedTypes, ...more });
}

function census(more: Partial<ConfigState> = {}): void {
  const aggregator = { accountId: company.managementAccountId, region: 'us-east-1' };
  proxy.setService(fakeConfigService({ held, aggregator, ...more }));
}

/** Enough kinds to tell whether a census vouches: some that the company has, some that it has nowhere. */
const few = [
  'aws.ec2.customer-gateway',
  'aws.ec2.vpc-endpoint',
  'aws.eks.cluster',
  'aws.iam.oidc-provider',
  'aws.iam.user',
  'aws.rds.cluster',
  'aws.sqs.queue',
];

async function mapped(kinds: readonly string[] = []) {
  const bench = memoryBench();
  const run = await discover(bench, everywhere(), kinds);
  return { run, facts: bench.facts, spared: run.calls?.spared ?? 0 };
}

const fewOf = (resources: typeof whole.resources) =>
  resources
    .filter(({ kind }) => few.includes(kind))
    .map(({ id }) => id)
    .sort();

beforeAll(async () => {
  moto = await startMoto();
  company = await seedCompany({ endpoint: moto.endpoint });
  proxy = await startFaultProxy(moto.endpoint);
  const without = await mapped();
  whole = without.facts;
  emptyWithout = without.run.calls?.empty ?? 0;
  held = heldOf(whole.cells);
  indexed = indexedOf(whole.cells);
});

afterAll(async () => {
  await proxy.stop();
  await moto.stop();
});

beforeEach(() => {
  proxy.setFaults([]);
  proxy.setService(null);
});

test('spares the listings of empty cells, finds the same, and makes far fewer calls for nothing', async () => {
  census({ pageSize: 50 });
  const { run, facts, spared } = await mapped();
  expect(facts.resources.map(({ id }) => id).sort()).toEqual(whole.resources.map(({ id }) => id).sort());
  expect(facts.cells).toHaveLength(whole.cells.length);
  expect(gaps(facts.cells)).toEqual([]);
  const vouched = facts.cells.filter(({ vouchedBy }) => vouchedBy !== undefined);
  expect(vouched.map(({ rows, pages, status }) => `${status} ${rows} ${pages}`)).toEqual(
    vouched.map(() => 'complete 0 0'),
  );
  expect(vouched[0]?.vouchedBy).toBe(
    `arn:aws:config:us-east-1:${company.managementAccountId}:config-aggregator/organization`,
  );
  expect(spared).toBe(vouched.length);
  expect(spared).toBeGreaterThan(150);
  expect(run.calls?.empty).toBeLessThan(0.4 * emptyWithout);
});

/** The part of a run's calls that came back empty. */
function emptyPart({ calls }: Awaited<ReturnType<typeof mapped>>['run']): number {
  return (calls?.empty ?? 0) / (calls?.made ?? 0);
}

test('with Config and Resource Explorer fewer than a tenth of the calls come back empty', async () => {
  const config = fakeConfigService({
    held,
    aggregator: { accountId: company.managementAccountId, region: 'us-east-1' },
  });
  const index = explorer();
  proxy.setService((request) => config(request) ?? index(request));
  const { run, facts } = await mapped();
  expect(facts.resources.map(({ id }) => id).sort()).toEqual(whole.resources.map(({ id }) => id).sort());
  expect(gaps(facts.cells)).toEqual([]);
  expect(emptyPart(run)).toBeLessThan(0.1);
});

test('Resource Explorer vouches alone where there is no Config, by its index', async () => {
  // More of some types than a page holds: those are listed, the others known.
  proxy.setService(explorer({ pageSize: 20 }));
  const { run, facts, spared } = await mapped();
  expect(facts.resources.map(({ id }) => id).sort()).toEqual(whole.resources.map(({ id }) => id).sort());
  const vouched = facts.cells.filter(({ vouchedBy }) => vouchedBy !== undefined);
  expect(vouched.map(({ rows, status }) => `${status} ${rows}`)).toEqual(vouched.map(() => 'complete 0'));
  expect(vouched[0]?.vouchedBy).toMatch(/^arn:aws:resource-explorer-2:us-east-1:\d{12}:index\/one$/u);
  expect(spared).toBe(vouched.length);
  expect(spared).toBeGreaterThan(100);
  expect(run.calls?.empty).toBeLessThan(0.7 * emptyWithout);
});

test('each source vouches for the few kinds that what follows asks for', async () => {
  census();
  expect((await mapped(few)).spared).toBeGreaterThan(10);
  proxy.setService(explorer());
  expect((await mapped(few)).spared).toBeGreaterThan(10);
});

test.each([
  ['no index over all regions', { aggregator: false }],
  ['an index that is still being made', { index: { State: 'UPDATING' } }],
  ['an index of yesterday', { index: { CreatedAt: new Date(Date.now() - 24 * 3600 * 1000).toISOString() } }],
  ['an index that takes nothing from other regions', { index: { ReplicatingFrom: [] }, regions: ['us-east-1'] }],
  ['a view that hides something', { view: { Filters: { FilterString: '-tag:hidden' } } }],
  ['a view of the organization', { view: { Scope: 'arn:aws:organizations::1:organization/o-1' } }],
  ['types that it does not index', { supported: ['athena:workgroup'] }],
] satisfies [string, Partial<ExplorerState>][])('%s: such a cell is listed', async (what, state) => {
  proxy.setService(explorer(state));
  const { run, facts } = await mapped(few);
  expect(run.status).toBe('complete');
  const vouched = facts.cells.filter(({ vouchedBy }) => vouchedBy !== undefined);
  const oneRegion = what.includes('other regions');
  expect([...new Set(vouched.map(({ region }) => region))]).toEqual(oneRegion ? ['us-east-1'] : []);
});

test('a Resource Explorer that is denied costs nothing but itself', async () => {
  proxy.setService(explorer());
  const permission = 'resource-explorer-2:ListResources';
  proxy.setFaults([{ action: 'POST /ListResources', fault: { kind: 'denied', permission } }]);
  const { run, facts, spared } = await mapped(few);
  expect(spared).toBe(0);
  expect(run.status).toBe('complete');
  expect(facts.resources.map(({ id }) => id).sort()).toEqual(fewOf(whole.resources));
});

test('identities are listed where the recorder was not told to record them', async () => {
  census({ recorder: { recordingGroup: { allSupported: true, resourceTypes: [] } } });
  const { facts } = await mapped();
  const vouched = new Set(facts.cells.flatMap(({ kind, vouchedBy }) => (vouchedBy === undefined ? [] : [kind])));
  expect(vouched.has('aws.iam.user')).toBe(false);
  expect(vouched.has('aws.iam.oidc-provider')).toBe(true);
});

test.each([
  ['no aggregator', { aggregator: null }],
  ['a recorder that stopped', { recorderStatus: { recording: false } }],
  ['a recorder whose delivery fails', { recorderStatus: { lastStatus: 'FAILURE' } }],
  ['a recorder that began today', { recorderStatus: { lastStartTime: Date.now() / 1000 - 3600 } }],
  ['a recorder that looks once a day', { recorder: { recordingMode: { recordingFrequency: 'DAILY' } } }],
  [
    'a recorder of networks alone',
    { recorder: { recordingGroup: { allSupported: false, resourceTypes: [vpcPerPlace] } } },
  ],
] satisfies [string, Partial<ConfigState>][])('%s vouches for nothing: everything is listed', async (_what, state) => {
  census(state);
  const { run, facts, spared } = await mapped(few);
  expect(spared).toBe(0);
  expect(run.status).toBe('complete');
  expect(facts.cells.filter(({ vouchedBy }) => vouchedBy !== undefined)).toEqual([]);
});

test.each(['DescribeConfigurationAggregators', 'SelectAggregateResourceConfig', 'DescribeConfigurationRecorders'])(
  'a census that is denied %s costs nothing but itself',
  async (action) => {
    census();
    proxy.setFaults([{ action, fault: { kind: 'denied', permission: `config:${action}` } }]);
    const { run, facts, spared } = await mapped(few);
    expect(spared).toBe(0);
    expect(run.status).toBe('complete');
    expect(facts.resources.map(({ id }) => id).sort()).toEqual(fewOf(whole.resources));
  },
);

test('what one source did not deliver is listed there, and a type left out of recording is listed everywhere', async () => {
  const production = company.accounts.production.id;
  census({
    outdated: [`${production} us-east-1`],
    recorder: {
      recordingGroup: {
        exclusionByResourceTypes: { resourceTypes: ['AWS::RDS::DBCluster'] },
        recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      },
    },
  });
  const { facts, spared } = await mapped(few);
  const vouched = facts.cells.filter(({ vouchedBy }) => vouchedBy !== undefined);
  expect(spared).toBeGreaterThan(0);
  expect(vouched.filter(({ scope, region }) => scope.endsWith(production) && region === 'us-east-1')).toEqual([]);
  expect(vouched.filter(({ kind }) => kind === 'aws.rds.cluster')).toEqual([]);
});

test('never removes: what an earlier run saw is listed, whatever a census says', async () => {
  const bench = memoryBench();
  await discover(bench, everywhere());
  const seen = whole.cells.find(({ kind, rows }) => kind === 'aws.ec2.instance' && rows > 0);
  // Config does not know of a single machine any more.
  census({ held: held.filter(({ resourceType }) => resourceType !== 'AWS::EC2::Instance') });
  await discover(bench, everywhere());
  const cell = bench.facts.cells.find(
    ({ scope, region, kind }) => scope === seen?.scope && region === seen.region && kind === seen.kind,
  );
  expect(cell).toMatchObject({ status: 'complete' });
  expect(cell?.rows).toBe(seen?.rows);
});
