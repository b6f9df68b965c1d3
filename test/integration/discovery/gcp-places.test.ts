import { afterEach, beforeEach, expect, test } from 'vitest';
import { companyAssets, denied, type FakeAsset, makeAsset } from '#test/support/gcp/index.ts';
import { companyScopes } from '#test/support/gcp/company.ts';
import { type GcpBench, gcpBench, project } from './gcp-bench.ts';

// Runs over an organisation and over one of its projects tell of the same resources: each may remove what it looked at
// and did not find, whichever came first, and nothing else.

const listed = companyAssets();
const everything = listed.length + listed.filter(({ iamPolicy }) => iamPolicy !== undefined).length;
const inData = '//storage.googleapis.com/acme-lake';
const { data, network } = companyScopes().projects;
const bucketOf = (scope: typeof data, name: string): FakeAsset =>
  makeAsset(scope, 'storage.googleapis.com/Bucket', { path: name, data: { name } });
const inNetwork = '//storage.googleapis.com/acme-flow-logs';
const whole = [...listed, bucketOf(network, 'acme-flow-logs')];

let bench: GcpBench;

beforeEach(async () => {
  bench = await gcpBench();
  bench.assets = whole;
});

afterEach(() => bench[Symbol.asyncDispose]());

const without = (...names: readonly string[]): readonly FakeAsset[] =>
  whole.filter(({ name }) => !names.includes(name));
const organisation = () => bench.discover();
const dataAlone = () => bench.discover({ scopes: ['projects/acme-data'] });

test('a project that is mapped after its organisation removes what is gone of it, and nothing of other projects', async () => {
  await organisation();
  bench.assets = without(inData, inNetwork);
  expect(await dataAlone()).toMatchObject({ status: 'complete' });
  const afterProject = await bench.shown();
  expect(afterProject.ids).not.toContain(inData);
  expect(afterProject.ids).toContain(inNetwork);
  expect(afterProject.stale.size).toBe(0);
  expect(await organisation()).toMatchObject({ status: 'complete' });
  const afterBoth = await bench.shown();
  expect(afterBoth.ids).not.toContain(inNetwork);
  expect(afterBoth.ids.size).toBe(everything - 1);
});

test('an organisation that is mapped after one of its projects removes what is gone of that too', async () => {
  await dataAlone();
  expect((await bench.shown()).ids).toContain(inData);
  bench.assets = without(inData);
  expect(await organisation()).toMatchObject({ status: 'complete' });
  const { ids, stale } = await bench.shown();
  expect(ids).not.toContain(inData);
  expect([ids.size, stale.size]).toEqual([everything, 0]);
});

test('an organisation that breaks off brings nothing back that its project had removed, and lets the rest age', async () => {
  await organisation();
  bench.assets = without(inData);
  await dataAlone();
  bench.inventory.setFaults([
    {
      typed: false,
      content: 'RESOURCE',
      fault: { kind: 'status', answer: denied('cloudasset.assets.listResource', 'organizations/6001') },
    },
  ]);
  expect(await organisation()).toMatchObject({ status: 'partial' });
  const { ids, stale } = await bench.shown();
  expect(ids).not.toContain(inData);
  expect(ids.size).toBe(everything);
  expect(stale).toContain(inNetwork);
});

test('a project that is closed to its own run ages alone; the next one of its organisation makes it fresh again', async () => {
  await organisation();
  const closed = denied('cloudasset.assets.listResource', 'projects/acme-data');
  bench.inventory.setFaults([{ parent: 'projects/acme-data', fault: { kind: 'status', answer: closed } }]);
  const run = await bench.discover({ scopes: ['projects/acme-data', 'projects/acme-network'] });
  const cells = await bench.facts.coverage(run.id);
  expect(new Set(cells.filter(({ status }) => status === 'denied').map(({ scope }) => scope))).toEqual(
    new Set([project('acme-data')]),
  );
  const { ids, stale } = await bench.shown();
  expect(ids.size).toBe(everything + 1);
  expect(stale).toContain(inData);
  expect(stale).not.toContain(inNetwork);
  await organisation();
  expect((await bench.shown()).stale.size).toBe(0);
});

test('a project that is closed when asked for by itself, and listed with its organisation, is complete', async () => {
  const closed = denied('cloudasset.assets.listResource', 'projects/acme-data');
  bench.inventory.setFaults([{ parent: 'projects/acme-data', fault: { kind: 'status', answer: closed } }]);
  const run = await bench.discover({ scopes: ['organizations/6001', 'projects/acme-data'] });
  expect(run).toMatchObject({ status: 'complete', incompleteCells: 0 });
  const cells = await bench.facts.coverage(run.id);
  const places = cells.map(({ scope, region, kind }) => `${scope} ${region} ${kind}`);
  expect(new Set(places).size).toBe(places.length);
  expect((await bench.shown()).ids).toContain(inData);
});
