import { open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { GraphOverlay } from '#engine/ports/index.ts';
import { account, relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { writeGeneratedEstate } from '#test/support/estate/generate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

const scope = 'aws:account:111111111111';
const vpc = resource({
  id: 'arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1',
  kind: 'aws.ec2.vpc',
  category: 'network',
  name: 'a "quoted", name\nover two lines \\ and a \u{1f310}',
  cidr: '10.0.0.0/16',
  tags: { env: 'prod', 'a"key': 'with, comma' },
});
const subnet = resource({
  id: 'arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1',
  kind: 'aws.ec2.subnet',
  cidr: '10.0.1.0/24',
});
const group = resource({
  id: 'arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1',
  kind: 'aws.ec2.security-group',
});

let graph: TestGraph;
beforeEach(async () => {
  graph = await openTestGraph();
});
afterEach(() => graph.close());

async function writeSmall(): Promise<void> {
  await writeRun(
    graph.facts,
    [
      { scope, kind: 'aws.ec2.vpc', resources: [vpc] },
      {
        scope,
        kind: 'aws.ec2.subnet',
        resources: [subnet],
        relationships: [
          relationship(subnet.id, 'IN_NETWORK', vpc.id),
          relationship(subnet.id, 'ENCRYPTED_BY', 'arn:aws:kms:eu-west-1:999999999999:key/k-1'),
        ],
      },
      {
        scope,
        kind: 'aws.ec2.security-group',
        resources: [group],
        relationships: [
          relationship('cidr:10.0.0.0/8', 'ALLOWS', group.id, { ports: '443' }),
          relationship('cidr:10.0.0.0/8', 'ALLOWS', group.id, { ports: '22' }),
          // The same edge read from another listing is one edge.
          relationship(subnet.id, 'IN_NETWORK', vpc.id),
        ],
      },
    ],
    [account('111111111111', 'production', 'aws:organization:o-1')],
  );
}

async function ask(cypher: string): Promise<unknown> {
  return (await graph.store.readUntrusted(cypher)).rows;
}

/** The one graph file in use. */
async function graphFile(): Promise<string> {
  const folder = join(graph.folder, 'graph');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.kuzu'));
  expect(files).toHaveLength(1);
  return join(folder, files[0] ?? '');
}

describe('a built graph', () => {
  test('keeps every value exactly, whatever signs are in it', async () => {
    await writeSmall();
    await graph.builder.rebuild(graph.signal);
    const columns = 'r.name AS name, r.tags_json AS tags, r.zone AS zone, r.cidr AS cidr, r.is_stub AS stub';
    expect(await ask(`MATCH (r:Resource {id: '${vpc.id}'}) RETURN ${columns}`)).toEqual([
      { name: vpc.name, tags: JSON.stringify(vpc.tags), zone: null, cidr: '10.0.0.0/16', stub: false },
    ]);
  });

  test('has the tables people write their questions against', async () => {
    await writeSmall();
    await graph.builder.rebuild(graph.signal);
    expect(await ask('MATCH (s:Resource)-[:IN_NETWORK]->(v:Resource) RETURN s.kind, v.kind')).toEqual([
      { 's.kind': 'aws.ec2.subnet', 'v.kind': 'aws.ec2.vpc' },
    ]);
    expect(
      await ask('MATCH (a:Address)-[e:ALLOWS]->(g:Resource) RETURN a.value, e.props_json ORDER BY e.props_json'),
    ).toEqual([
      { 'a.value': '10.0.0.0/8', 'e.props_json': '{"ports":"22"}' },
      { 'a.value': '10.0.0.0/8', 'e.props_json': '{"ports":"443"}' },
    ]);
    expect(
      await ask('MATCH (:Resource)-[:IN_SCOPE]->(s:Scope) RETURN s.name, s.is_stub, count(*) ORDER BY s.name'),
    ).toEqual([
      { 's.name': '999999999999', 's.is_stub': true, 'count(*)': 1 },
      { 's.name': 'production', 's.is_stub': false, 'count(*)': 3 },
    ]);
    expect(await ask('MATCH (a:Scope)-[:PARENT]->(o:Scope) RETURN a.name, o.kind')).toEqual([
      { 'a.name': 'production', 'o.kind': 'organization' },
    ]);
    expect(await ask('MATCH (:Resource)-[e:IN_REGION]->(r:Region) RETURN r.name, label(e) AS type, count(*)')).toEqual([
      { 'r.name': 'eu-west-1', type: 'IN_REGION', 'count(*)': 4 },
    ]);
    expect(await ask('MATCH (n:Run) RETURN n.id, n.resources')).toEqual([{ 'n.id': 1, 'n.resources': 3 }]);
    expect(await ask('MATCH (c:Coverage) RETURN c.status, count(*)')).toEqual([
      { 'c.status': 'complete', 'count(*)': 3 },
    ]);
  });

  test('holds a stub for what is referred to and was never listed', async () => {
    await writeSmall();
    await graph.builder.rebuild(graph.signal);
    expect(await ask('MATCH (r:Resource) WHERE r.is_stub RETURN r.kind, r.native_id, r.region, r.scope_id')).toEqual([
      {
        'r.kind': 'aws.kms.key',
        'r.native_id': 'k-1',
        'r.region': 'eu-west-1',
        'r.scope_id': 'aws:account:999999999999',
      },
    ]);
  });

  test('has each relationship once, also of tables that the database gets part by part', async () => {
    const subnets = Array.from({ length: 60_000 }, (_, number) =>
      resource({ id: `arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-${number}`, kind: 'aws.ec2.subnet' }),
    );
    // Each leads to its network, which is told twice, and to a key that nobody listed.
    const relationships = subnets.flatMap(({ id }, number) => [
      relationship(id, 'IN_NETWORK', vpc.id),
      relationship(id, 'ENCRYPTED_BY', `arn:aws:kms:eu-west-1:999999999999:key/k-${number % 500}`),
      relationship(id, 'IN_NETWORK', vpc.id),
    ]);
    await writeRun(graph.facts, [
      { scope, kind: 'aws.ec2.vpc', resources: [vpc] },
      { scope, kind: 'aws.ec2.subnet', resources: subnets, relationships },
    ]);
    await graph.builder.rebuild(graph.signal);
    expect(await ask('MATCH (r:Resource) RETURN r.is_stub AS stub, count(*) AS n ORDER BY stub')).toEqual([
      { stub: false, n: 60_001 },
      { stub: true, n: 500 },
    ]);
    expect(
      await ask('MATCH (a:Resource)-[e]->(b:Resource) RETURN label(e) AS type, count(*) AS n ORDER BY type'),
    ).toEqual([
      { type: 'ENCRYPTED_BY', n: 60_000 },
      { type: 'IN_NETWORK', n: 60_000 },
    ]);
  });

  test('can be built from nothing', async () => {
    await graph.builder.rebuild(graph.signal);
    expect(await ask('MATCH (r:Resource) RETURN count(*) AS n')).toEqual([{ n: 0 }]);
  });
});

describe('intent laid over reality', () => {
  const overlay: GraphOverlay = {
    blueprintVersions: [{ name: 'network', version: '1.0.0', digest: 'd', boundary: 'networking', status: 'active' }],
    environments: [
      {
        name: 'eu',
        blueprint: 'network',
        version: '1.0.0',
        cloud: 'aws',
        scopeId: '111111111111',
        region: 'eu-west-1',
        status: 'live',
        driftState: 'none',
        lastDeployment: 'd-1',
      },
    ],
    deployments: [
      {
        id: 'd-1',
        environment: 'eu',
        kind: 'create',
        state: 'SUCCEEDED',
        proposedBy: 'agent',
        approvedBy: 'person',
        startedAt: 1,
        finishedAt: 2,
      },
    ],
    managed: [
      { resourceId: 'vpc-1', environment: 'eu', node: 'net', address: 'aws_vpc.main', version: '1.0.0' },
      { resourceId: 'subnet-new', environment: 'eu', node: 'net', address: 'aws_subnet.a', version: '1.0.0' },
      { resourceId: 'vpc-1', environment: 'nobody', node: 'net', address: 'aws_vpc.x', version: '1.0.0' },
    ],
    changed: [{ deployment: 'd-1', resourceId: vpc.id, action: 'created' }],
  };

  test('joins discovered resources by native id, and shows what discovery has not seen yet', async () => {
    await writeSmall();
    graph.overlay = overlay;
    await graph.builder.rebuild(graph.signal);
    const managed = `MATCH (r:Resource)-[m:MANAGED_BY]->(e:Environment)-[:USES]->(b:BlueprintVersion)
      RETURN r.id AS id, r.is_stub AS stub, r.region AS region, e.name AS environment, b.id AS blueprint ORDER BY id`;
    expect(await ask(managed)).toEqual([
      { id: vpc.id, stub: false, region: 'eu-west-1', environment: 'eu', blueprint: 'network@1.0.0' },
      { id: 'subnet-new', stub: true, region: 'eu-west-1', environment: 'eu', blueprint: 'network@1.0.0' },
    ]);
    const changed = `MATCH (d:Deployment)-[c:CHANGED]->(r:Resource) MATCH (d)-[:OF]->(e:Environment)
      RETURN d.state, c.action, r.id, e.name`;
    expect(await ask(changed)).toEqual([
      { 'd.state': 'SUCCEEDED', 'c.action': 'created', 'r.id': vpc.id, 'e.name': 'eu' },
    ]);
  });
});

describe('swapping graphs', () => {
  test('lets readers of the old one finish, then removes its file', async () => {
    await writeGeneratedEstate(graph.facts, { resources: 3000 });
    await graph.builder.rebuild(graph.signal);
    const slow = 'MATCH (a:Resource), (b:Resource) WHERE a.name < b.name RETURN count(*) AS pairs';
    const reading = graph.store.read(slow);
    await writeRun(graph.facts, [{ scope, kind: 'aws.ec2.vpc', resources: [vpc] }]);
    await graph.builder.rebuild(graph.signal);
    expect(await ask('MATCH (r:Resource) RETURN count(*) AS n')).toEqual([{ n: 3001 }]);
    expect((await reading).rows).toHaveLength(1);
    await expect
      .poll(async () => (await readdir(join(graph.folder, 'graph'))).sort())
      .toEqual(['current.json', 'graph-2.kuzu', 'graph-2.shape']);
  });

  test('happens for many askers once', async () => {
    await writeSmall();
    const versions = new Set<string | null>();
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        await graph.builder.rebuild(graph.signal);
        versions.add(graph.store.version);
      }),
    );
    // The first has its own build; all that came during it share the second.
    expect(versions.size).toBeLessThanOrEqual(2);
  });

  test('does not happen when the build is aborted: the old graph stays', async () => {
    await writeSmall();
    await graph.builder.rebuild(graph.signal);
    await writeGeneratedEstate(graph.facts, { resources: 20_000 });
    const controller = new AbortController();
    const building = graph.builder.rebuild(controller.signal);
    setTimeout(() => controller.abort(), 60);
    await expect(building).rejects.toMatchObject({ code: 'cancelled' });
    expect(await ask('MATCH (r:Resource) RETURN count(*) AS n')).toEqual([{ n: 4 }]);
    await graph.builder.rebuild(graph.signal);
    expect(await ask('MATCH (r:Resource) RETURN count(*) AS n')).toEqual([{ n: 20_004 }]);
  });

  test('does not happen when the facts cannot be given: the old graph stays and nothing is left lying', async () => {
    await writeSmall();
    await graph.builder.rebuild(graph.signal);
    const view = await graph.facts.view(graph.signal);
    const input = {
      scopes: [],
      runs: [],
      coverage: [],
      overlay: graph.overlay,
      resources: view.heads(),
      relationships: failing(),
    };
    await expect(graph.store.build(input, graph.signal)).rejects.toThrow('the disk went away');
    expect(await ask('MATCH (r:Resource) RETURN count(*) AS n')).toEqual([{ n: 4 }]);
    expect((await readdir(join(graph.folder, 'graph'))).sort()).toEqual([
      'current.json',
      'graph-1.kuzu',
      'graph-1.shape',
    ]);
  });
});

test('closing does not wait for a build: it is given up, and the old graph is there when opened again', async () => {
  await writeSmall();
  await graph.builder.rebuild(graph.signal);
  await writeGeneratedEstate(graph.facts, { resources: 20_000 });
  const building = graph.builder.rebuild(graph.signal);
  const ended = building.then(
    () => 'built',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  graph = await graph.reopen();
  // Given up in the middle, or never begun when the machine is slow.
  expect(['cancelled', 'engine-gone']).toContain(await ended);
  expect(await ask('MATCH (r:Resource) RETURN count(*) AS n')).toEqual([{ n: 4 }]);
});

test('a folder that cannot be written is told as such', async () => {
  await graph.store.close();
  await rm(join(graph.folder, 'graph'), { recursive: true, force: true });
  await writeFile(join(graph.folder, 'graph'), 'a file where the folder should be');
  await expect(graph.reopen().then((opened) => opened.builder.rebuild(opened.signal))).rejects.toMatchObject({
    code: 'read-only',
    message: expect.stringContaining(join(graph.folder, 'graph')),
  });
});

async function* failing(): AsyncGenerator<never[]> {
  yield [];
  await Promise.resolve();
  throw new Error('the disk went away');
}

describe('a graph file that is damaged', () => {
  async function overwrite(path: string): Promise<void> {
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(4096, 0xaa), 0, 4096, 8192);
    await file.close();
  }

  test('is never read: it is built again from the facts, and the user is told', async () => {
    await writeSmall();
    await graph.builder.rebuild(graph.signal);
    const path = await graphFile();
    await graph.store.close();
    await overwrite(path);
    graph = await graph.reopen();
    expect(graph.store.ready).toBe(false);
    expect(graph.store.damage).toContain(path);
    await expect(graph.store.read('MATCH (r:Resource) RETURN r.id')).rejects.toMatchObject({ code: 'graph-damaged' });
    const stats = await graph.service.stats(undefined, graph.call);
    expect(stats).toMatchObject({ resources: 3, stubs: 1, relationships: 4 });
    expect(graph.notices).toMatchObject([{ id: 'graph-rebuilt', severity: 'warning' }]);
    expect(graph.store.damage).toBeNull();
  });

  test.each([
    [
      'the pointer is rubbish',
      async (): Promise<void> => writeFile(join(graph.folder, 'graph', 'current.json'), '{"fi'),
    ],
    [
      'its columns are cut',
      async (): Promise<void> => {
        const path = (await graphFile()).replace('.kuzu', '.shape');
        await open(path, 'r+').then(async (file) => {
          await file.truncate(2000);
          await file.close();
        });
      },
    ],
    [
      'the file is cut',
      async (): Promise<void> =>
        await open(await graphFile(), 'r+').then(async (file) => {
          await file.truncate(5000);
          await file.close();
        }),
    ],
  ])('is built again when %s', async (_what, damage) => {
    await writeSmall();
    await graph.builder.rebuild(graph.signal);
    await graph.store.close();
    await damage();
    graph = await graph.reopen();
    expect(await graph.service.scopes(undefined, graph.call)).toHaveLength(2);
    expect(graph.notices).toMatchObject([{ id: 'graph-rebuilt' }]);
  });

  test('is no matter when it was never there or is simply opened again', async () => {
    await writeSmall();
    await graph.service.stats(undefined, graph.call);
    graph = await graph.reopen();
    expect(graph.store).toMatchObject({ ready: true, damage: null });
    expect(graph.notices).toEqual([]);
  });
});

test('damaged facts are told where the graph is built, and the rest is in it', async () => {
  await writeSmall();
  const run = join(graph.folder, 'facts', '000001');
  const [folder = ''] = (await readdir(run)).filter((name) => !name.includes('.'));
  const path = join(run, folder, 'aws.ec2.vpc.ndjson.gz');
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(16, 0), 0, 16, 24);
  await file.close();
  graph = await graph.reopen();
  expect(await graph.service.stats(undefined, graph.call)).toMatchObject({ resources: 2, stubs: 2 });
  expect(graph.notices).toMatchObject([{ id: 'facts-damaged', detail: expect.stringContaining(`${path}, line 1`) }]);
});
