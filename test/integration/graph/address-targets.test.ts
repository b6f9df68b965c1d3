import { afterEach, beforeEach, expect, test } from 'vitest';
import { account, relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

const scope = 'aws:account:111111111111';
const zone = 'arn:aws:route53:::hostedzone/Z1';
const record = resource({
  id: `${zone}/recordset/shop.example/A`,
  kind: 'aws.route53.recordset',
  name: 'shop.example A',
});
const alias = resource({ id: `${zone}/recordset/www.shop.example/CNAME`, kind: 'aws.route53.recordset', name: 'www' });
const balancer = resource({
  id: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/web/1',
  kind: 'aws.elasticloadbalancing.loadbalancer',
});
const machine = resource({ id: 'arn:aws:ec2:eu-west-1:111111111111:instance/i-1', kind: 'aws.ec2.instance' });

let graph: TestGraph;
beforeEach(async () => {
  graph = await openTestGraph();
});
afterEach(() => graph.close());

async function build(relationships: readonly Parameters<typeof relationship>[]): Promise<void> {
  await writeRun(
    graph.facts,
    [
      { scope, kind: record.kind, resources: [record, alias] },
      { scope, kind: balancer.kind, resources: [balancer] },
      {
        scope,
        kind: machine.kind,
        resources: [machine],
        relationships: relationships.map((one) => relationship(...one)),
      },
    ],
    [account('111111111111', 'production')],
  );
  await graph.builder.rebuild(graph.signal);
}

async function targets() {
  const { rows } = await graph.store.readUntrusted(
    'MATCH (a:Resource)-[e:TARGETS]->(b:Resource) RETURN a.id AS from, b.id AS to, e.src AS source, e.props_json AS properties ORDER BY from, to',
  );
  return rows;
}

test('a record leads to the balancer that has the name it answers with, over other records too', async () => {
  await build([
    [balancer.id, 'HAS_ADDRESS', 'dns:web-1.eu-west-1.elb.amazonaws.com'],
    [record.id, 'TARGETS', 'dns:web-1.eu-west-1.elb.amazonaws.com'],
    [record.id, 'HAS_ADDRESS', 'dns:shop.example'],
    [alias.id, 'TARGETS', 'dns:shop.example'],
  ]);
  expect(await targets()).toEqual([
    {
      from: record.id,
      to: balancer.id,
      source: 'address',
      properties: JSON.stringify({ address: 'dns:web-1.eu-west-1.elb.amazonaws.com' }),
    },
    { from: alias.id, to: record.id, source: 'address', properties: JSON.stringify({ address: 'dns:shop.example' }) },
  ]);
});

test('a public address leads to the machine that has it; private ones and what nobody has lead nowhere', async () => {
  await build([
    [machine.id, 'HAS_ADDRESS', 'ip:203.0.113.7'],
    [machine.id, 'HAS_ADDRESS', 'ip:10.0.0.7'],
    [record.id, 'TARGETS', 'ip:203.0.113.7'],
    [balancer.id, 'TARGETS', 'ip:10.0.0.7'],
    [alias.id, 'TARGETS', 'dns:elsewhere.example'],
  ]);
  expect(await targets()).toMatchObject([{ from: record.id, to: machine.id }]);
});

test('a key leads to the vault, an image to the registry and a certificate to where it is kept, by their hosts', async () => {
  await build([
    [record.id, 'HAS_ADDRESS', 'dns:keys.vault.azure.net'],
    [machine.id, 'ENCRYPTED_BY', 'dns:keys.vault.azure.net'],
    [balancer.id, 'REFERENCES', 'dns:keys.vault.azure.net'],
    [alias.id, 'HAS_ADDRESS', 'dns:shop.azurecr.io'],
    [machine.id, 'DERIVED_FROM', 'dns:shop.azurecr.io'],
  ]);
  const { rows } = await graph.store.readUntrusted(
    "MATCH (a:Resource)-[e]->(b:Resource) WHERE e.src = 'address' RETURN a.id AS from, label(e) AS type, b.id AS to ORDER BY type",
  );
  expect(rows).toEqual([
    { from: machine.id, type: 'DERIVED_FROM', to: alias.id },
    { from: machine.id, type: 'ENCRYPTED_BY', to: record.id },
    { from: balancer.id, type: 'REFERENCES', to: record.id },
  ]);
});
