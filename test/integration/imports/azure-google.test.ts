import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createImportBench, type ImportBench } from '#test/support/imports/import-bench.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await createImportBench();
});
afterEach(() => bench.close());

const group = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-shop';
const row = (name: string) => ({
  id: `${group}/providers/Microsoft.Network/virtualNetworks/${name}`,
  name,
  type: 'microsoft.network/virtualnetworks',
  location: 'westeurope',
  subscriptionId: '11111111-1111-4111-8111-111111111111',
  properties: { addressSpace: { addressPrefixes: ['10.30.0.0/16'] }, subnets: [] },
});
const asset = (name: string) => ({
  name: `//compute.googleapis.com/projects/shop/global/networks/${name}`,
  asset_type: 'compute.googleapis.com/Network',
  ancestors: ['projects/123', 'organizations/9'],
  resource: { version: 'v1', data: { name, autoCreateSubnetworks: false } },
});
const names = (resources: readonly { readonly fact: { readonly name: string } }[]) =>
  resources.map(({ fact }) => fact.name).sort();

describe('rows of Azure Resource Graph', () => {
  test('are the same resources as JSON, as a bare list and as CSV, and only add', async () => {
    const first = await bench.importFiles({ 'list.json': JSON.stringify([row('one'), row('two')]) });
    expect(first.file).toMatchObject({ format: 'azure-resources', status: 'read', resources: 2 });
    const properties = JSON.stringify(row('one').properties).replaceAll('"', '""');
    const csv = `\uFEFF"ID","NAME","TYPE","LOCATION","PROPERTIES"\r\n"${row('one').id}","one","microsoft.network/virtualnetworks","westeurope","${properties}"\r\n`;
    const { coverage, file, resources } = await bench.importFiles({ 'portal.csv': csv });
    expect(file).toMatchObject({ format: 'azure-csv', status: 'read', resources: 1 });
    expect(names(resources)).toEqual(['one', 'two']);
    expect(resources.every(({ stale, fact }) => !stale && fact.kind === 'azure.network.virtualnetworks')).toBe(true);
    expect(coverage.map(({ status }) => status)).toEqual(['partial']);
  });

  test.each([';', '\t'])('the portal’s CSV saved by a spreadsheet with %j between its columns', async (separator) => {
    const lines = [
      ['id', 'name', 'type'],
      [row('one').id, '"one, two; three\tfour"', 'microsoft.network/virtualnetworks'],
    ];
    const csv = lines.map((cells) => cells.join(separator)).join('\r\n');
    const { file, resources } = await bench.importFiles({ 'portal.csv': `${csv}\r\n` });
    expect(file).toMatchObject({ format: 'azure-csv', status: 'read', resources: 1 });
    expect(resources.map(({ fact }) => fact.name)).toContain('one, two; three\tfour');
  });

  test('assets printed over several lines each are refused with what to do', async () => {
    const asset = { name: '//storage.googleapis.com/b', assetType: 'storage.googleapis.com/Bucket' };
    const text = [asset, asset].map((one) => JSON.stringify(one, null, 2)).join('\n');
    const { file } = await bench.importFiles({ 'assets.json': text });
    expect(file).toMatchObject({ status: 'refused', error: expect.stringMatching(/several lines each.*jq -c/) });
  });

  test('say when they were cut off, or look as if', async () => {
    const cut = await bench.importFiles({
      'a.json': JSON.stringify({ count: 1, data: [row('one')], skip_token: 'x' }),
    });
    expect(cut.file.notes[0]).toMatch('cut off');
    const rest = { totalRecords: 1, count: 1, data: [row('one')], resultTruncated: 'true' };
    expect((await bench.importFiles({ 'b.json': JSON.stringify(rest) })).file.notes[0]).toMatch('cut off');
    const page = Array.from({ length: 100 }, (_, index) => row(`n${index}`));
    expect((await bench.importFiles({ 'c.json': JSON.stringify(page) })).file.notes[0]).toMatch('exactly 100 rows');
  });

  test('of another form than is known are read, with what of them is not', async () => {
    const odd = Array.from({ length: 60 }, (_, index) => {
      const made = row(`odd-${index}`);
      return { ...made, properties: { ...made.properties, subnets: 'app' } };
    });
    const { file } = await bench.importFiles({ 'odd.json': JSON.stringify([row('one'), ...odd]) });
    expect(file).toMatchObject({ status: 'read', resources: 61, broken: 0 });
    expect(file.notes).toHaveLength(51);
    expect(file.notes[0]).toBe(`${odd[0]?.id.toLowerCase()}: properties.subnets is not a list.`);
    expect(file.notes[50]).toBe('10 more parts of bodies have a form that is not known; the bodies are kept.');
  });

  test('without their bodies never replace a body that is known', async () => {
    await bench.importFiles({ 'full.json': JSON.stringify([row('one')]) });
    const { properties: _properties, ...columns } = row('one');
    const { resources } = await bench.importFiles({ 'columns.json': JSON.stringify([columns, row('two')]) });
    expect(resources.find(({ fact }) => fact.name === 'one')?.fact.cidr).toBe('10.30.0.0/16');
  });
});

describe('assets of Google Cloud', () => {
  const secret = {
    name: '//secretmanager.googleapis.com/projects/123/secrets/key',
    assetType: 'secretmanager.googleapis.com/Secret',
    ancestors: ['projects/123', 'organizations/9'],
    resource: { version: 'v1', data: { name: 'projects/123/secrets/key' } },
  };
  const byId = '//secretmanager.googleapis.com/projects/shop/secrets/key';

  test('of a project by its number are those of its id, wherever in the file that is told', async () => {
    const { resources, scopes } = await bench.importFiles({ 'a.json': JSON.stringify([secret, asset('one')]) });
    expect(resources.map(({ fact }) => fact.id).sort()).toEqual([asset('one').name, byId]);
    expect(resources.map(({ fact }) => fact.scopeId)).toEqual(['gcp:project:shop', 'gcp:project:shop']);
    expect(scopes.map(({ id, number }) => [id, number])).toContainEqual(['gcp:project:shop', '123']);
  });

  test('or in an earlier run', async () => {
    await bench.importFiles({ 'a.json': JSON.stringify([asset('one')]) });
    const { resources } = await bench.importFiles({ 'b.json': JSON.stringify([secret]) });
    expect(resources.map(({ fact }) => fact.id).sort()).toEqual([asset('one').name, byId]);
  });

  test('are read one a line and as one array, in either spelling; a broken line is named', async () => {
    const { name, asset_type: assetType, ...more } = asset('two');
    const lines = [JSON.stringify(asset('one')), '{"name": "//compute', JSON.stringify({ name, assetType, ...more })];
    const { file, resources } = await bench.importFiles({ 'export.ndjson': `${lines.join('\n')}\n` });
    expect(file).toMatchObject({ format: 'gcp-assets', status: 'partly', records: 3, broken: 1, resources: 2 });
    expect(file.problems).toEqual([{ line: 2, offset: (lines[0]?.length ?? 0) + 1, why: 'It is no JSON' }]);
    expect(names(resources)).toEqual(['one', 'two']);
    const list = await bench.importFiles({ 'list.json': JSON.stringify([asset('three')], null, 2) });
    expect(list.file).toMatchObject({ format: 'gcp-assets', status: 'read', resources: 1 });
    expect(names(list.resources)).toEqual(['one', 'three', 'two']);
  });

  test('that are none are named, and the answer’s own time counts', async () => {
    const answer = {
      readTime: '2026-01-02T03:04:05Z',
      assets: [asset('one'), { assetType: 'x' }],
      nextPageToken: 'more',
    };
    const { file } = await bench.importFiles({ 'answer.json': JSON.stringify(answer) });
    expect(file).toMatchObject({ status: 'partly', broken: 1, capturedAt: Date.parse('2026-01-02T03:04:05Z') });
    expect(file.notes.join()).toMatch('further pages');
  });
});
