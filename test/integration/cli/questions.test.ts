import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';

let shell: Shell;
let workspace: string;

beforeAll(async () => {
  shell = await openShell();
  workspace = path.join(shell.folder, 'shop');
  await run('sample');
});

afterAll(() => shell?.[Symbol.asyncDispose]());

const run = (...args: string[]) => shell.run(['--workspace', workspace, ...args]);

async function answer(...args: string[]): Promise<Record<string, unknown>> {
  const result = await run('graph', ...args, '--json');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  return result.json() as Record<string, unknown>;
}

async function told(...args: string[]): Promise<string> {
  const { code, stdout } = await run('graph', ...args);
  expect(code).toBe(0);
  return stdout;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

async function idOf(kind: string, name: string): Promise<string> {
  const { rows } = (await answer('find', `${kind} ${name}`)) as unknown as { rows: Row[] };
  return rows.find((row) => row.name === name && row.kind === kind)?.id ?? '';
}

test('find says why each matched, both ways for a network', async () => {
  expect(await answer('find', 'storefront-eu-west-1-public-a')).toMatchObject({ rows: [{ matched: 'name' }] });
  const subnet = await told('find', '10.20.0.5');
  expect(subnet).toMatch(/aws\.ec2\.vpc .*network 10\.20\.0\.0\/16 holds 10\.20\.0\.5/);
  expect(await told('find', 'no-such-thing')).toBe('Nothing was found.\n');
});

test('neighbours follow the wanted relationships only', async () => {
  const subnet = await idOf('aws.ec2.subnet', 'storefront-eu-west-1-public-a');
  const { nodes, hops } = (await answer('neighbours', subnet, '--type', 'in-network', '--direction', 'out')) as {
    nodes: { kind: string }[];
    hops: number[];
  };
  expect(nodes.map(({ kind }) => kind)).toEqual(['aws.ec2.subnet', 'aws.ec2.vpc']);
  expect(hops).toEqual([0, 1]);
  expect(await told('neighbours', subnet)).toContain('aws.ec2.route-table');
});

test('a blast radius comes with its reasons', async () => {
  const vpc = await idOf('aws.ec2.vpc', 'storefront-eu-west-1');
  const radius = (await answer('blast', vpc, 'vpc-that-is-not', '--hops', '2')) as {
    total: number;
    unknown: string[];
    affected: { hops: number; chain: { words: string }[] }[];
  };
  expect(radius.unknown).toEqual(['vpc-that-is-not']);
  expect(radius.total).toBe(radius.affected.length);
  const far = radius.affected.find(({ hops }) => hops === 2);
  expect(far?.chain).toHaveLength(2);
  expect(await told('blast', vpc)).toMatch(/\d+ resources affected by a change: \d+ at 1 hop, \d+ at 2 hops/);
});

test('what a resource needs is the way back', async () => {
  const subnet = await idOf('aws.ec2.subnet', 'storefront-eu-west-1-public-a');
  const needs = (await answer('blast', subnet, '--direction', 'dependencies', '--hops', '1')) as {
    affected: { kind: string; chain: { words: string }[] }[];
  };
  expect(needs.affected.map(({ kind }) => kind)).toContain('aws.ec2.vpc');
  expect(await told('blast', subnet, '--direction', 'dependencies')).toMatch(/\d+ resources are needed: /);
});

test('a path is told step by step, and none is an answer', async () => {
  const [from, to] = [
    await idOf('aws.elasticloadbalancing.loadbalancer', 'storefront-eu-west-1-web'),
    await idOf('aws.ec2.subnet', 'storefront-eu-west-1-public-a'),
  ];
  expect(await answer('path', from, to)).toMatchObject({ hops: 1, paths: [[{ type: 'IN_NETWORK', id: to }]] });
  expect(await told('path', from, to, '--type', 'ENCRYPTED_BY')).toContain('Nothing leads from');
});

test('uses names those who use a thing and how', async () => {
  const uses = (await answer('uses', await idOf('aws.ec2.security-group', 'storefront-eu-west-1-balancer'))) as {
    users: { kind: string }[];
  };
  expect(uses.users.map(({ kind }) => kind)).toContain('aws.elasticloadbalancing.loadbalancer');
});

test('what is exposed is proven, and what is not says why', async () => {
  const balancer = await idOf('aws.elasticloadbalancing.loadbalancer', 'storefront-eu-west-1-web');
  const all = await told('exposed');
  expect(all).toContain('The internet reaches 14 resources');
  expect(all).toMatch(/subnet storefront-eu-west-1-public-a is routed to gateway storefront-eu-west-1 by route table/);
  expect(await answer('exposed', balancer)).toMatchObject({
    open: 1,
    resources: [{ ways: [{ ports: ['80/tcp'] }] }],
  });
  const group = await idOf('aws.ec2.security-group', 'storefront-eu-west-1-balancer');
  expect(await answer('exposed', group)).toMatchObject({ open: 0, resources: [{ verdict: 'closed' }] });
  expect(await answer('exposed', '--region', 'us-east-1')).toMatchObject({ open: 6 });
});

test('networks with addresses in common are told once per range', async () => {
  expect(await answer('overlaps')).toMatchObject({ conflicts: [], groups: [{ cidr: '172.31.0.0/16', total: 2 }] });
});

test('a saved query answers as CSV, and the list names those that come with Groundplan', async () => {
  const { code, stdout } = await run('graph', 'query', '--saved', 'resources-by-kind', '--csv');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^kind,resources\r\naws\./);
  expect(await told('queries')).toMatch(/resources-by-kind +Groundplan +Resources by kind/);
});

test('a query is kept once it was answered, and gets another name or goes', async () => {
  const cypher = 'MATCH (r:Resource) RETURN count(*) AS resources';
  const kept = await run('graph', 'query', cypher, '--save', 'how-many', '--summary', 'How many there are', '--json');
  expect(kept).toMatchObject({ code: 0 });
  expect(kept.json()).toMatchObject({ columns: ['resources'] });
  expect(await told('queries')).toMatch(/how-many +workspace +How many there are/);
  // What is there already stays, unless it is to be replaced; what cannot be answered is not kept.
  expect((await run('graph', 'query', cypher, '--save', 'how-many', '--json')).json()).toMatchObject({
    error: { code: 'already-exists' },
  });
  expect((await run('graph', 'query', cypher, '--save', 'how-many', '--replace')).code).toBe(0);
  expect((await run('graph', 'query', 'MATCH (n:Nothing) RETURN n', '--save', 'wrong')).code).toBe(2);
  expect((await run('graph', 'queries', 'rename', 'how-many', 'counted')).code).toBe(0);
  const list = await told('queries');
  expect(list).toMatch(/counted +workspace/);
  expect(list).not.toMatch(/how-many|wrong/);
  expect((await run('graph', 'queries', 'remove', 'counted')).code).toBe(0);
  expect(await told('queries')).not.toContain('counted');
});

test.each([
  [['queries', 'remove', 'nothing-of-that-name'], 'not-found'],
  [['queries', 'rename', 'resources-by-kind', 'mine'], 'already-exists'],
  [['query', '--saved', 'resources-by-kind', '--save', 'mine'], 'bad-input'],
  [['query', 'RETURN 1', '--replace'], 'bad-input'],
  [['neighbours', 'vpc-404'], 'not-found'],
  [['path', 'vpc-404', 'vpc-405'], 'not-found'],
  [['exposed', 'vpc-404'], 'not-found'],
  [['neighbours', 'x', '--type', 'LIKES'], 'bad-input'],
  [['blast'], 'bad-input'],
  [['query', '--saved', 'nothing-of-that-name'], 'not-found'],
])('%j is refused as %s with nothing written', async (args, code) => {
  const result = await run('graph', ...args, '--json');
  expect(result.code).toBe(2);
  expect(result.json()).toMatchObject({ error: { code } });
});

test('every question is answered as the estate stood after a run', async () => {
  const past = path.join(shell.folder, 'past');
  const ask = (...args: string[]) => shell.run(['--workspace', past, ...args, '--json']);
  const network = (name: string) => ({
    id: `/subscriptions/0b1f6471-1bf0-4dda-aec3-111111111111/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/${name}`,
    name,
    type: 'microsoft.network/virtualnetworks',
    location: 'westeurope',
    subscriptionId: '0b1f6471-1bf0-4dda-aec3-111111111111',
    resourceGroup: 'shop',
    tags: null,
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets: [] },
  });
  const [first, second] = [network('first'), network('second')];
  for (const data of [[first], [first, second]]) {
    const file = path.join(shell.folder, `networks-${data.length}.json`);
    await writeFile(file, JSON.stringify({ count: data.length, data, total_records: data.length }));
    expect(await ask('import', file)).toMatchObject({ code: 0 });
  }
  const id = second.id.toLowerCase();
  const found = await ask('graph', 'find', 'second');
  expect(found.json()).toMatchObject({ rows: [{ id }] });
  expect((await ask('graph', 'find', 'second', '--run', '1')).json()).toMatchObject({ rows: [] });
  for (const question of [
    ['neighbours', id],
    ['blast', id],
    ['path', id, first.id.toLowerCase()],
    ['uses', id],
    ['exposed', id],
  ]) {
    const before = await ask('graph', ...question, '--run', '1');
    expect(before.json()).toMatchObject({ error: { code: 'not-found' } });
  }
  expect((await ask('graph', 'overlaps')).json()).toMatchObject({ groupsTotal: 1 });
  expect((await ask('graph', 'overlaps', '--run', '1')).json()).toMatchObject({ groupsTotal: 0 });
});
