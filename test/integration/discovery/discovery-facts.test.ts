import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFactStore } from '#engine/graph/facts/index.ts';
import type { FactStore, GraphResource } from '#engine/ports/index.ts';
import { type CompanySummary, deleteSubnetByHand, openPortByHand, seedCompany } from '#test/support/company/index.ts';
import { startFaultProxy } from '#test/support/fault-proxy/index.ts';
import { type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { benchOn, callFrom, discover } from './discovery-bench.ts';

const resourcesFolder = path.join(import.meta.dirname, '..', '..', '..', 'resources');
let moto: Moto;
let company: CompanySummary;
let folder: string;

beforeAll(async () => {
  moto = await startMoto();
  company = await seedCompany({ endpoint: moto.endpoint, parts: 'pattern' });
});

afterAll(() => moto.stop());

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-facts-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function realFacts(): FactStore {
  return createFactStore({
    root: path.join(folder, 'facts'),
    clock: { now: () => Date.now() },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    appVersion: 'test',
  });
}

async function viewOf(facts: FactStore): Promise<readonly GraphResource[]> {
  const view = await facts.view(new AbortController().signal);
  const resources: GraphResource[] = [];
  for await (const resource of view.resources()) resources.push(resource);
  return resources;
}

test('a denied cell removes nothing: its resources stay, marked stale', async () => {
  await using proxy = await startFaultProxy(moto.endpoint);
  const bench = benchOn(realFacts());
  const request = {
    accounts: [company.accounts.production.id],
    regions: ['us-east-1'],
    endpoint: proxy.endpoint,
  };
  await discover(bench, request);
  const before = await viewOf(bench.facts);
  proxy.setFaults([{ action: 'DescribeSubnets', fault: { kind: 'denied', permission: 'ec2:DescribeSubnets' } }]);
  await discover(bench, request);
  const after = await viewOf(bench.facts);
  expect(after.map(({ fact }) => fact.id).sort()).toEqual(before.map(({ fact }) => fact.id).sort());
  expect([...new Set(after.filter(({ stale }) => stale).map(({ fact }) => fact.kind))]).toEqual(['aws.ec2.subnet']);
});

test('two runs over an unchanged estate give the same drift hashes', async () => {
  const bench = benchOn(realFacts());
  const request = { accounts: [company.accounts.production.id], regions: ['eu-west-1'], endpoint: moto.endpoint };
  const hashes = async () => new Map((await viewOf(bench.facts)).map(({ fact, driftHash }) => [fact.id, driftHash]));
  await discover(bench, request);
  const first = await hashes();
  await discover(bench, request);
  expect(await hashes()).toEqual(first);
});

test('what somebody changes or deletes by hand shows after the next run', async () => {
  const [stack] = company.stacks;
  const bench = benchOn(realFacts());
  const request = { accounts: [company.accounts.production.id], regions: ['us-east-1'], endpoint: moto.endpoint };
  await discover(bench, request);
  const before = new Map((await viewOf(bench.facts)).map(({ fact, driftHash }) => [fact.nativeId, driftHash]));

  const place = { endpoint: moto.endpoint, accountId: stack?.accountId ?? '', region: 'us-east-1' };
  const securityGroupId = stack?.securityGroupIds.data ?? '';
  const subnetId = stack?.privateSubnetIds[0] ?? '';
  await openPortByHand(place, { securityGroupId, port: 22 });
  await deleteSubnetByHand(place, subnetId);
  await discover(bench, request);
  const after = new Map((await viewOf(bench.facts)).map(({ fact, driftHash }) => [fact.nativeId, driftHash]));
  expect([...before.keys()].filter((id) => !after.has(id))).toEqual([subnetId]);
  const changed = [...after].filter(([id, driftHash]) => before.get(id) !== driftHash).map(([id]) => id);
  expect(changed).toContain(securityGroupId);
});

test('the sample loads without network or tools, as a run of its own', async () => {
  const bench = benchOn(realFacts(), { environment: {}, resourcesFolder });
  const sample = await bench.service.loadSample(undefined, callFrom());
  expect(sample.resources).toBeGreaterThan(500);
  const [run] = await bench.facts.runs();
  expect(run).toMatchObject({ id: sample.run, source: 'sample', status: 'complete' });
  // Two peerings are told from both of their ends.
  expect(run?.resources).toBe(sample.resources + 2);
  expect(await viewOf(bench.facts)).toHaveLength(sample.resources);
  const view = await bench.facts.view(new AbortController().signal);
  const accounts = view.scopes.filter(({ kind }) => kind === 'account');
  expect(accounts.map(({ name }) => name).sort()).toEqual(['production', 'shared-services', 'staging']);
  expect(bench.rebuilds()).toBe(1);
});

test('a damaged sample is told with the file and leaves a failed run', async () => {
  const broken = path.join(folder, 'resources');
  await mkdir(path.join(broken, 'sample'), { recursive: true });
  await copyFile(path.join(resourcesFolder, 'sample', 'sample.json'), path.join(broken, 'sample', 'sample.json'));
  await writeFile(path.join(broken, 'sample', 'facts.ndjson.gz'), 'not a gzip file');
  const bench = benchOn(realFacts(), { resourcesFolder: broken });
  await expect(bench.service.loadSample(undefined, callFrom())).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('facts.ndjson.gz'),
  });
  expect((await bench.facts.runs())[0]).toMatchObject({ source: 'sample', status: 'failed' });
});

test('without the sample on disk the message says so', async () => {
  const bench = benchOn(realFacts(), { resourcesFolder: folder });
  await expect(bench.service.loadSample(undefined, callFrom())).rejects.toMatchObject({ code: 'not-found' });
});
