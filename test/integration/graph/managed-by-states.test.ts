import { afterEach, beforeEach, expect, test } from 'vitest';
import { estateFilterSchema, stateKind, type EstateFilterInput } from '#shared/model/index.ts';
import { account, relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

const production = account('111111111111', 'production');
const cell = { scope: production.id, region: 'eu-west-1', kind: 'aws.sqs.queue' };
const queue = (name: string) => resource({ id: `arn:aws:sqs:eu-west-1:111111111111:${name}`, kind: cell.kind, name });

let graph: TestGraph;
beforeEach(async () => {
  graph = await openTestGraph();
  await writeRun(graph.facts, [{ ...cell, resources: [queue('orders'), queue('mails'), queue('own')] }], [production]);
});
afterEach(() => graph.close());

/** As an import writes a state: `names` are the queues it manages. */
async function importState(id: string, name: string, names: readonly string[], workspace: string | null = null) {
  const claims = names.map((one) =>
    relationship(queue(one).id, 'MANAGED_BY', id, {
      name,
      workspace,
      address: `aws_sqs_queue.${one}`,
      module: null,
      cell,
    }),
  );
  await writeRun(graph.facts, [
    {
      scope: id,
      region: 'global',
      kind: stateKind,
      resources: [
        resource({
          id,
          kind: stateKind,
          cloud: 'other',
          category: 'stack',
          name,
          scopeId: '',
          region: 'global',
        }),
      ],
      relationships: claims,
    },
  ]);
}

async function find(filter: EstateFilterInput) {
  await graph.builder.rebuild(graph.signal);
  const input = { filter: estateFilterSchema.parse(filter), sort: { by: 'name', descending: false } as const };
  return (await graph.service.search({ ...input, offset: 0, limit: 50 }, graph.call)).rows;
}

const manages = async (id: string) => {
  await graph.builder.rebuild(graph.signal);
  return (await graph.service.resource({ id }, graph.call)).manages;
};

test('a state lists what it manages by address, with what is gone, and the table shows the same', async () => {
  await importState('tf://abc', 'shop.tfstate', ['orders', 'lost', 'mails']);
  expect(await manages('tf://abc')).toMatchObject({
    total: 3,
    gone: 1,
    replacedBy: null,
    rows: [
      { address: 'aws_sqs_queue.lost', isStub: true, gone: true },
      { address: 'aws_sqs_queue.mails', name: 'mails', kind: cell.kind, isStub: false, gone: false },
      { address: 'aws_sqs_queue.orders', name: 'orders' },
    ],
  });
  const byId = (await find({ states: ['tf://abc'] })).map(({ id }) => id).sort();
  expect(byId).toEqual(['lost', 'mails', 'orders'].map((name) => queue(name).id));
  expect((await find({ states: ['shop.tfstate'] })).map(({ id }) => id).sort()).toEqual(byId);
  expect(await find({ states: ['other.tfstate'] })).toEqual([]);
  expect(await manages(queue('orders').id)).toBeNull();
});

test('what `show -json` prints of a state is the same state: the newer has the word, and the older says so', async () => {
  await importState('tf://abc', 'shop.tfstate', ['orders', 'mails']);
  await importState('tf://file/show.json', 'show.json', ['orders', 'mails', 'own']);
  const [own] = await find({ text: 'own' });
  expect(own?.states.map(({ name }) => name)).toEqual(['show.json']);
  const [orders] = await find({ text: 'orders' });
  expect(orders?.states.map(({ name }) => name)).toEqual(['show.json']);
  expect(await manages('tf://abc')).toEqual({
    total: 0,
    gone: 0,
    rows: [],
    replacedBy: { id: 'tf://file/show.json', name: 'show.json' },
  });

  // Two are left of three: they were removed from the state meanwhile.
  await importState('tf://abc', 'shop.tfstate', ['orders']);
  expect((await find({ managed: 'managed' })).map(({ name }) => name)).toEqual(['orders']);
  expect(await manages('tf://file/show.json')).toMatchObject({ total: 0, replacedBy: { id: 'tf://abc' } });
});

test('states of other code, other workspaces and other lineages stay beside each other', async () => {
  await importState('tf://abc', 'shop.tfstate', ['orders', 'own']);
  await importState('tf://def', 'moved.tfstate', ['orders', 'own']);
  await importState('tf://file/platform.json', 'platform.json', ['own', 'lost', 'other']);
  await importState('tf://abc/blue', 'shop.tfstate', ['mails'], 'blue');
  await importState('tf://file/green.json/green', 'green.json', ['mails'], 'green');
  const names = async (text: string) => (await find({ text }))[0]?.states.map(({ name }) => name).sort();
  expect(await names('orders')).toEqual(['moved.tfstate', 'shop.tfstate']);
  expect(await names('own')).toEqual(['moved.tfstate', 'platform.json', 'shop.tfstate']);
  expect(await names('mails')).toEqual(['green.json', 'shop.tfstate']);
});
