import { afterEach, beforeEach, expect, test } from 'vitest';
import { account, relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

const scope = 'aws:account:111111111111';
const ec2 = (type: string, id: string): string => `arn:aws:ec2:eu-west-1:111111111111:${type}/${id}`;
const group = resource({ id: ec2('security-group', 'sg-0a1b2c3d'), kind: 'aws.ec2.security-group' });
const topic = resource({ id: 'arn:aws:sns:eu-west-1:111111111111:alerts', kind: 'aws.sns.topic' });
const key = 'arn:aws:kms:eu-west-1:111111111111:key/k-1';

let graph: TestGraph;
beforeEach(async () => {
  graph = await openTestGraph();
});
afterEach(() => graph.close());

async function build(
  raw: Parameters<typeof resource>[0]['raw'],
  relationships: Parameters<typeof relationship>[] = [],
) {
  const machine = resource({
    id: ec2('instance', 'i-0a1b2c3d'),
    kind: 'aws.ec2.instance',
    ...(raw === undefined ? {} : { raw }),
  });
  await writeRun(
    graph.facts,
    [
      { scope, kind: 'aws.ec2.instance', resources: [machine] },
      { scope, kind: 'aws.ec2.security-group', resources: [group] },
      {
        scope,
        kind: 'aws.sns.topic',
        resources: [topic],
        relationships: relationships.map((one) => relationship(...one)),
      },
    ],
    [account('111111111111', 'production')],
  );
  await graph.builder.rebuild(graph.signal);
  return machine;
}

async function relationships() {
  const { rows } = await graph.store.readUntrusted(
    'MATCH (a:Resource)-[e]->(b:Resource) RETURN label(e) AS type, a.id AS from, b.id AS to, b.is_stub AS stub, e.src AS source, e.conf AS sure ORDER BY to',
  );
  return rows;
}

test('an id in a body that belongs to a known resource is a reference', async () => {
  const machine = await build({ Note: topic.id, Groups: ['sg-0a1b2c3d'], Id: 'i-0a1b2c3d' });
  const from = { type: 'REFERENCES', from: machine.id, stub: false, source: 'body', sure: 0.8 };
  expect(await relationships()).toEqual([
    { ...from, to: group.id },
    { ...from, to: topic.id },
  ]);
});

test('a full id nobody listed becomes a stub, a short one means nothing', async () => {
  const machine = await build({ Key: key, Other: 'sg-ffffffff' });
  expect(await relationships()).toMatchObject([{ from: machine.id, to: key, stub: true }]);
});

test('a short id that its own place does not have means the only one of that name, wherever it lies', async () => {
  const elsewhere = (owner: string, id: string) =>
    resource({
      id: `arn:aws:ec2:eu-west-1:${owner}:subnet/${id}`,
      kind: 'aws.ec2.subnet',
      scopeId: `aws:account:${owner}`,
    });
  const shared = elsewhere('222222222222', 'subnet-0a1b2c3d');
  // The same id twice cannot be: it would be guessed which one is meant.
  const twice = ['222222222222', '333333333333'].map((owner) => elsewhere(owner, 'subnet-1111aaaa'));
  const image = resource({ id: 'arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d', kind: 'aws.ec2.image' });
  await writeRun(graph.facts, [
    { scope: 'aws:account:222222222222', kind: 'aws.ec2.subnet', resources: [shared, ...twice] },
    { scope, kind: 'aws.ec2.image', resources: [image] },
  ]);
  const machine = await build({ Via: ['subnet-0a1b2c3d', 'subnet-1111aaaa'], Image: 'ami-0a1b2c3d' });
  expect(await relationships()).toMatchObject(
    [
      { from: machine.id, to: shared.id, stub: false },
      { from: machine.id, to: image.id, stub: false },
    ].sort((a, b) => (a.to < b.to ? -1 : 1)),
  );
});

test('a name of Google without its service is the resource of that name, or what it is a part of', async () => {
  const project = 'gcp:project:shop';
  const gcp = (id: string, kind: string, raw: Parameters<typeof resource>[0]['raw'] = {}) =>
    resource({ id, kind, cloud: 'gcp', scopeId: project, nativeId: id.replace(/^\/\/[^/]+\//, ''), raw });
  const topic = gcp('//pubsub.googleapis.com/projects/shop/topics/orders', 'gcp.pubsub.topic');
  const cluster = gcp('//container.googleapis.com/projects/shop/locations/l/clusters/c', 'gcp.container.cluster');
  const databases = ['spanner', 'bigtable'].map((service) =>
    gcp(`//${service}.googleapis.com/projects/shop/instances/main`, `gcp.${service}.instance`),
  );
  const job = gcp('//scheduler.googleapis.com/projects/shop/locations/l/jobs/j', 'gcp.scheduler.job', {
    name: 'projects/shop/locations/l/jobs/j',
    topic: 'projects/shop/topics/orders',
    pool: 'projects/shop/locations/l/clusters/c/nodePools/main',
    // Two services have one of that name.
    database: 'projects/shop/instances/main',
    unknown: 'projects/shop/topics/nobody',
    agent: 'job@shop.iam.gserviceaccount.com',
  });
  const kinds = [topic, cluster, ...databases, job];
  await writeRun(
    graph.facts,
    kinds.map((one) => ({ scope: project, kind: one.kind, region: 'global', resources: [one] })),
  );
  await graph.builder.rebuild(graph.signal);
  const account = '//iam.googleapis.com/projects/shop/serviceAccounts/job@shop.iam.gserviceaccount.com';
  const from = { type: 'REFERENCES', from: job.id };
  expect(await relationships()).toMatchObject([
    { ...from, to: cluster.id, stub: false },
    { ...from, to: account, stub: true },
    { ...from, to: topic.id, stub: false },
  ]);
});

test('what any relationship says already is not said again, whichever way it points and wherever it was read', async () => {
  const machine = ec2('instance', 'i-0a1b2c3d');
  await build({ Note: topic.id, Groups: ['sg-0a1b2c3d'], Key: key }, [
    [topic.id, 'TARGETS', machine],
    [machine, 'PROTECTED_BY', group.id],
    [machine, 'ENCRYPTED_BY', key],
  ]);
  expect((await relationships()).map((row) => row['type'])).toEqual(['TARGETS', 'PROTECTED_BY', 'ENCRYPTED_BY']);
});

test('an id of a part means the resource it is a part of', async () => {
  const nic = '/subscriptions/s/resourcegroups/g/providers/microsoft.network/networkinterfaces/n';
  const address = `/subscriptions/s/resourcegroups/g/providers/microsoft.network/publicipaddresses/a`;
  const azure = { cloud: 'azure', kind: 'azure.network.networkinterfaces', scopeId: 'azure:subscription:s' } as const;
  await writeRun(graph.facts, [
    {
      scope: azure.scopeId,
      kind: azure.kind,
      resources: [
        resource({ ...azure, id: nic }),
        resource({
          ...azure,
          id: address,
          raw: { ipConfiguration: { id: `${nic.replace('resourcegroups', 'resourceGroups')}/ipConfigurations/one` } },
        }),
      ],
    },
  ]);
  await graph.builder.rebuild(graph.signal);
  expect(await relationships()).toMatchObject([{ type: 'REFERENCES', from: address, to: nic, stub: false }]);
});

test('references are carried forward with what is stale, and told anew with what changed', async () => {
  await build({ Note: topic.id });
  const changed = resource({
    id: ec2('instance', 'i-0a1b2c3d'),
    kind: 'aws.ec2.instance',
    raw: { Groups: ['sg-0a1b2c3d'] },
  });
  await writeRun(graph.facts, [{ scope, kind: 'aws.ec2.instance', status: 'denied' }]);
  await graph.builder.rebuild(graph.signal);
  expect(await relationships()).toMatchObject([{ to: topic.id }]);
  await writeRun(graph.facts, [{ scope, kind: 'aws.ec2.instance', resources: [changed] }]);
  await graph.builder.rebuild(graph.signal);
  expect(await relationships()).toMatchObject([{ to: group.id }]);
});
