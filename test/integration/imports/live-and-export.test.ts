import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeEstate, startFakeResourceGraph } from '#test/support/azure/index.ts';
import { createImportBench, type ImportBench, type Imported } from '#test/support/imports/import-bench.ts';
import { azureBench } from '../discovery/azure-bench.ts';
import { gcpBench } from '../discovery/gcp-bench.ts';

// What a live run saw and what an export of the same place tells are the same nodes with the same relationships.

let bench: ImportBench;
beforeEach(async () => {
  bench = await createImportBench();
});
afterEach(() => bench.close());

type Seen = Pick<Imported, 'resources' | 'relationships'>;

const idsOf = ({ resources }: Seen) => resources.map(({ fact }) => fact.id).sort();
const edgesOf = ({ relationships }: Seen) =>
  relationships.map(({ fact: { from, to, type } }) => `${from} ${type} ${to}`).sort();

test('Azure: a tenant that was mapped, and the rows that `az graph query` prints of it', async () => {
  const estate = makeEstate({ subscriptions: 2, groups: 2, applications: 2 });
  const fake = await startFakeResourceGraph({ estate });
  try {
    await azureBench(fake, bench.facts).discover();
  } finally {
    await fake.stop();
  }
  const live = await bench.view();
  const { resources, resourcecontainers, authorizationresources } = estate.tables;
  const printed = (data: readonly unknown[]) =>
    JSON.stringify({ count: data.length, data, skip_token: null, total_records: data.length }, null, 2);
  const { report, ...both } = await bench.importFiles({
    'resources.json': printed(resources),
    'scopes.json': printed(resourcecontainers),
    'roles.json': printed(authorizationresources),
  });
  expect(report.files).toHaveLength(3);
  expect(report.files.map(({ broken, format, status }) => ({ broken, format, status }))).toEqual(
    report.files.map(() => ({ broken: 0, format: 'azure-resources', status: 'read' })),
  );
  expect(idsOf(both)).toEqual(idsOf(live));
  expect(edgesOf(both)).toEqual(edgesOf(live));
});

test('Google: an organisation that was mapped, and what `gcloud asset list` and `export` write of it', async () => {
  await using live = await gcpBench();
  await live.discover();
  const listed = JSON.stringify(live.assets, null, 2);
  const exported = live.assets.map((asset) => JSON.stringify(asset)).join('\n');
  const first = await bench.importFiles({ 'assets.json': listed });
  expect(first.file).toMatchObject({ format: 'gcp-assets', status: 'read', broken: 0 });
  expect(first.file.records).toBe(live.assets.length);
  const { ids } = await live.shown();
  expect(idsOf(first).filter((id) => !ids.has(id))).toEqual([]);
  const second = await bench.importFiles({ 'assets.ndjson': exported });
  expect(second.file).toMatchObject({ format: 'gcp-assets', status: 'read', broken: 0 });
  expect(idsOf(second)).toEqual(idsOf(first));
  expect(edgesOf(second)).toEqual(edgesOf(first));
});
