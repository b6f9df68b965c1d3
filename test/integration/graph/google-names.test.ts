import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ScopeFact } from '#shared/model/index.ts';
import { relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

// Projects of Google Cloud go by id and number; bodies name what is on offer to everybody beside what somebody owns.

let graph: TestGraph;
beforeEach(async () => {
  graph = await openTestGraph();
});
afterEach(() => graph.close());

const project = (nativeId: string, number?: string): ScopeFact => ({
  id: `gcp:project:${nativeId}`,
  cloud: 'gcp',
  kind: 'project',
  name: nativeId,
  nativeId,
  parentId: null,
  ...(number === undefined ? {} : { number }),
});

const gcp = (id: string, kind: string, raw: Parameters<typeof resource>[0]['raw'] = {}) => {
  const scopeId = `gcp:project:${/projects\/([^/]+)/.exec(id)?.[1] ?? ''}`;
  return resource({ id, kind, cloud: 'gcp', scopeId, nativeId: id.replace(/^\/\/[^/]+\//, ''), raw });
};

const cellOf = (one: ReturnType<typeof gcp>, relationships: readonly ReturnType<typeof relationship>[] = []) => ({
  scope: one.scopeId,
  kind: one.kind,
  region: 'global',
  resources: [one],
  relationships,
});

const topic = gcp('//pubsub.googleapis.com/projects/shop/topics/orders', 'gcp.pubsub.topic');
const secret = gcp('//secretmanager.googleapis.com/projects/shop/secrets/key', 'gcp.secretmanager.secret');

async function relationships() {
  const { rows } = await graph.store.readUntrusted(
    'MATCH (a:Resource)-[e]->(b:Resource) RETURN label(e) AS type, a.id AS from, b.id AS to, b.is_stub AS stub ORDER BY type, to',
  );
  return rows;
}

async function column(query: string): Promise<unknown[]> {
  const { rows } = await graph.store.readUntrusted(query);
  return rows.map((row) => row['name']);
}

test('what names a project by its number means the same as what names it by its id', async () => {
  const job = gcp('//scheduler.googleapis.com/projects/shop/locations/l/jobs/j', 'gcp.scheduler.job', {
    topic: 'projects/123/topics/orders',
    secret: '//secretmanager.googleapis.com/projects/123/secrets/key',
    agent: '123-compute@developer.gserviceaccount.com',
    other: '//pubsub.googleapis.com/projects/123/topics/nobody',
  });
  const account = gcp(
    '//iam.googleapis.com/projects/shop/serviceAccounts/123-compute@developer.gserviceaccount.com',
    'gcp.iam.serviceaccount',
  );
  const grant = relationship(
    account.id.replace('/shop/', '/123/'),
    'CAN_ACCESS',
    '//secretmanager.googleapis.com/projects/123/secrets/key',
    { role: 'roles/viewer' },
  );
  await writeRun(
    graph.facts,
    [cellOf(topic), cellOf(secret), cellOf(job, [grant]), cellOf(account)],
    [project('shop', '123')],
  );
  await graph.builder.rebuild(graph.signal);
  const from = { type: 'REFERENCES', from: job.id };
  expect(await relationships()).toEqual([
    { type: 'CAN_ACCESS', from: account.id, to: secret.id, stub: false },
    { ...from, to: account.id, stub: false },
    { ...from, to: '//pubsub.googleapis.com/projects/shop/topics/nobody', stub: true },
    { ...from, to: topic.id, stub: false },
    { ...from, to: secret.id, stub: false },
  ]);
});

test('what an earlier run knew by number alone is the same node, in the same project, once the id is known', async () => {
  const [same, alone] = ['key', 'old'].map((name) =>
    gcp(`//secretmanager.googleapis.com/projects/123/secrets/${name}`, secret.kind),
  ) as [typeof secret, typeof secret];
  await writeRun(
    graph.facts,
    [{ ...cellOf(same), resources: [same, alone], relationships: [relationship(same.id, 'REFERENCES', alone.id)] }],
    [project('123')],
  );
  await writeRun(
    graph.facts,
    [cellOf(secret, [relationship(topic.id, 'REFERENCES', alone.id.replace('/123/', '/shop/'))])],
    [project('shop', '123')],
  );
  await graph.builder.rebuild(graph.signal);
  expect(await column('MATCH (n:Resource) WHERE NOT n.is_stub RETURN n.id AS name ORDER BY name')).toEqual([
    alone.id,
    secret.id,
  ]);
  expect(await column('MATCH (n:Scope) RETURN n.id AS name')).toEqual(['gcp:project:shop']);
  expect(await relationships()).toEqual([
    { type: 'REFERENCES', from: secret.id, to: alone.id, stub: false },
    { type: 'REFERENCES', from: topic.id, to: alone.id, stub: false },
  ]);
  const found = await graph.service.resource({ id: alone.id }, graph.call);
  expect(found.row.scopeId).toBe('gcp:project:shop');
  expect(found.raw).toEqual({});
});

test('sizes, families, licences and places are no resources of anybody', async () => {
  const compute = 'https://www.googleapis.com/compute/v1/projects';
  const machine = gcp(
    '//compute.googleapis.com/projects/shop/zones/europe-west1-b/instances/a',
    'gcp.compute.instance',
    {
      machineType: `${compute}/shop/zones/europe-west1-b/machineTypes/e2-medium`,
      zone: `${compute}/shop/zones/europe-west1-b`,
      disks: [
        {
          type: `${compute}/shop/zones/europe-west1-b/diskTypes/pd-ssd`,
          licenses: [`${compute}/debian-cloud/global/licenses/debian-12-bookworm`],
        },
      ],
      guestAccelerators: [{ acceleratorType: `${compute}/shop/zones/europe-west1-b/acceleratorTypes/nvidia-l4` }],
      sourceImage: `${compute}/debian-cloud/global/images/debian-12-bookworm-v20260415`,
      own: [`${compute}/shop/global/licenses/own`],
    },
  );
  const family = '//compute.googleapis.com/projects/debian-cloud/global/images/family/debian-12';
  // A licence that the inventory lists is a resource like any other.
  const licence = gcp('//compute.googleapis.com/projects/shop/global/licenses/own', 'gcp.compute.license');
  await writeRun(
    graph.facts,
    [cellOf(machine, [relationship(machine.id, 'DERIVED_FROM', family)]), cellOf(licence)],
    [project('shop', '123')],
  );
  await graph.builder.rebuild(graph.signal);
  const from = { type: 'REFERENCES', from: machine.id };
  expect(await relationships()).toEqual([
    {
      ...from,
      to: '//compute.googleapis.com/projects/debian-cloud/global/images/debian-12-bookworm-v20260415',
      stub: true,
    },
    { ...from, to: licence.id, stub: false },
  ]);
});
