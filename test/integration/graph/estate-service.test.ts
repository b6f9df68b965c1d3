import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estateFilterSchema, type EstateFilterInput, type ResourceRow } from '#shared/model/index.ts';
import { account, relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

const organization = {
  id: 'aws:organization:o-1',
  cloud: 'aws',
  kind: 'organization',
  name: 'company',
  nativeId: 'o-1',
  parentId: null,
} as const;
const production = account('111111111111', 'production', organization.id);
const staging = account('222222222222', 'staging', organization.id);

function ec2(type: string, id: string, owner = production): string {
  return `arn:aws:ec2:eu-west-1:${owner.nativeId}:${type}/${id}`;
}

const vpc = resource({
  id: ec2('vpc', 'vpc-1'),
  kind: 'aws.ec2.vpc',
  category: 'network',
  name: 'main',
  cidr: '10.1.0.0/16',
  tags: { env: 'prod', Name: 'main' },
});
const subnet = resource({
  id: ec2('subnet', 'subnet-1'),
  kind: 'aws.ec2.subnet',
  category: 'subnetwork',
  name: 'private-a',
  cidr: '10.1.2.0/24',
  tags: { env: 'prod' },
});
const machine = resource({
  id: ec2('instance', 'i-1'),
  kind: 'aws.ec2.instance',
  category: 'machine',
  name: 'Web',
  ip: '10.1.2.7',
  tags: { env: 'prod', team: 'orders' },
});
const volume = resource({
  id: ec2('volume', 'vol-1'),
  kind: 'aws.ec2.volume',
  category: 'disk',
  tags: { env: 'staging' },
});
const stagingVpc = resource({
  id: ec2('vpc', 'vpc-9', staging),
  kind: 'aws.ec2.vpc',
  category: 'network',
  name: 'main',
  scopeId: staging.id,
  cidr: '10.2.0.0/16',
});
const twinA = resource({ id: 'arn:aws:iam::111111111111:role/deploy', kind: 'aws.iam.role', region: 'global' });
const twinB = resource({
  id: 'arn:aws:iam::222222222222:role/deploy',
  kind: 'aws.iam.role',
  region: 'global',
  scopeId: staging.id,
});

let graph: TestGraph;
beforeAll(async () => {
  graph = await openTestGraph();
  const scope = production.id;
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
          relationship(vpc.id, 'CONTAINS', subnet.id),
          relationship('cidr:0.0.0.0/0', 'ALLOWS', subnet.id, { ports: '443' }),
        ],
      },
      {
        scope,
        kind: 'aws.ec2.instance',
        resources: [machine],
        relationships: [
          relationship(machine.id, 'IN_NETWORK', subnet.id),
          relationship(machine.id, 'RUNS_AS', twinA.id),
        ],
      },
      {
        scope,
        kind: 'aws.ec2.volume',
        resources: [volume],
        relationships: [
          relationship(volume.id, 'ATTACHED_TO', machine.id),
          relationship(volume.id, 'ENCRYPTED_BY', 'arn:aws:kms:eu-west-1:333333333333:key/k-1'),
        ],
      },
      { scope, region: 'global', kind: 'aws.iam.role', resources: [twinA] },
      {
        scope: staging.id,
        kind: 'aws.ec2.vpc',
        resources: [stagingVpc],
        relationships: [relationship(stagingVpc.id, 'PEERED_WITH', vpc.id)],
      },
      { scope: staging.id, region: 'global', kind: 'aws.iam.role', resources: [twinB] },
    ],
    [organization, production, staging],
  );
  await writeRun(graph.facts, [
    { scope, kind: 'aws.ec2.subnet', resources: [{ ...subnet, raw: { Changed: true } }] },
    { scope, kind: 'aws.ec2.volume', status: 'denied' },
  ]);
  graph.overlay = {
    blueprintVersions: [],
    environments: [
      {
        name: 'eu',
        blueprint: 'regional',
        version: '2.3.0',
        cloud: 'aws',
        scopeId: production.id,
        region: 'eu-west-1',
        status: 'live',
        driftState: 'none',
        lastDeployment: null,
      },
    ],
    deployments: [],
    managed: [{ resourceId: vpc.id, environment: 'eu', node: 'network', address: 'aws_vpc.main', version: '2.2.0' }],
    changed: [],
  };
});
afterAll(() => graph.close());

async function search(
  filter: EstateFilterInput,
  sort: { by: 'kind' | 'name'; descending: boolean } = { by: 'kind', descending: false },
): Promise<{ total: number; rows: readonly ResourceRow[] }> {
  const input = { filter: estateFilterSchema.parse(filter), sort, offset: 0, limit: 200 };
  return graph.service.search(input, graph.call);
}

async function found(filter: EstateFilterInput): Promise<readonly string[]> {
  const { rows, total } = await search(filter);
  expect(total).toBe(rows.length);
  return rows.map((row) => row.nativeId);
}

test('stats say what the graph holds, stubs and stale ones apart', async () => {
  expect(await graph.service.stats(undefined, graph.call)).toEqual({
    resources: 7,
    stubs: 1,
    stale: 1,
    managed: 1,
    gone: 0,
    scopes: 3,
    runs: 2,
    // The second listing of subnets was complete and saw no relationships.
    relationships: 6,
    byKind: {
      'aws.ec2.instance': 1,
      'aws.ec2.subnet': 1,
      'aws.ec2.volume': 1,
      'aws.ec2.vpc': 2,
      'aws.iam.role': 2,
    },
    byRelationship: { ATTACHED_TO: 1, ENCRYPTED_BY: 1, IN_NETWORK: 1, MANAGED_BY: 1, PEERED_WITH: 1, RUNS_AS: 1 },
  });
});

test('scopes are a tree with counts per region', async () => {
  const scopes = await graph.service.scopes(undefined, graph.call);
  expect(scopes.map(({ name, parentId, resources, regions }) => ({ name, parentId, resources, regions }))).toEqual([
    { name: 'company', parentId: null, resources: 0, regions: [] },
    {
      name: 'production',
      parentId: organization.id,
      resources: 5,
      regions: [
        { region: 'eu-west-1', resources: 4 },
        { region: 'global', resources: 1 },
      ],
    },
    {
      name: 'staging',
      parentId: organization.id,
      resources: 2,
      regions: [
        { region: 'eu-west-1', resources: 1 },
        { region: 'global', resources: 1 },
      ],
    },
  ]);
});

describe('search', () => {
  test.each<[string, EstateFilterInput, readonly string[]]>([
    ['nothing given', {}, ['i-1', 'subnet-1', 'vol-1', 'vpc-1', 'vpc-9', 'deploy', 'deploy']],
    ['a name in any case', { text: 'WEB' }, ['i-1']],
    ['a native id', { text: 'vol-1' }, ['vol-1']],
    ['a tag', { text: 'env=prod' }, ['i-1', 'subnet-1', 'vpc-1']],
    ['a tag in other case', { text: 'Env=PROD' }, ['i-1', 'subnet-1', 'vpc-1']],
    ['a tag with any value', { text: 'team=' }, ['i-1']],
    ['two words, both of which must match', { text: 'env=prod 10.1.2.7' }, ['i-1', 'subnet-1', 'vpc-1']],
    ['an address: it and the networks that hold it', { text: '10.1.2.7' }, ['i-1', 'subnet-1', 'vpc-1']],
    ['a network: what lies in it and what holds it', { text: '10.1.2.0/24' }, ['i-1', 'subnet-1', 'vpc-1']],
    ['a network that holds everything', { text: '10.0.0.0/8' }, ['i-1', 'subnet-1', 'vpc-1', 'vpc-9']],
    ['a kind', { text: 'iam.role' }, ['deploy', 'deploy']],
    ['signs of the query language', { text: `'"\\` }, []],
    ['kinds', { kinds: ['aws.ec2.vpc', 'aws.ec2.volume'] }, ['vol-1', 'vpc-1', 'vpc-9']],
    ['a category', { categories: ['machine'] }, ['i-1']],
    ['a region', { regions: ['global'] }, ['deploy', 'deploy']],
    ['an account', { scopes: [staging.id] }, ['vpc-9', 'deploy']],
    ['an organization: everything below it', { scopes: [organization.id], text: 'vpc' }, ['vpc-1', 'vpc-9']],
    ['a tag by key and value', { tags: [{ key: 'env', value: 'staging' }] }, ['vol-1']],
    ['a tag by key', { tags: [{ key: 'team', value: null }] }, ['i-1']],
    ['a tag key that only ends so', { tags: [{ key: 'nv', value: null }] }, []],
    ['managed ones', { managed: 'managed' }, ['vpc-1']],
    ['unmanaged ones', { managed: 'unmanaged', kinds: ['aws.ec2.vpc'] }, ['vpc-9']],
    ['stale ones', { onlyStale: true }, ['vol-1']],
    ['what changed since a run', { changedSinceRun: 1 }, ['subnet-1']],
    ['ids by hand', { ids: [machine.id, volume.id, 'arn:none'] }, ['i-1', 'vol-1']],
    ['ids by hand under a filter', { ids: [machine.id, volume.id], text: 'web' }, ['i-1']],
    ['a cloud that is not there', { clouds: ['azure'] }, []],
    ['stubs when asked for', { includeStubs: true, text: 'k-1' }, ['k-1']],
  ])('finds by %s', async (_what, filter, ids) => {
    expect(await found(filter)).toEqual(ids);
  });

  test('says for each row why it matched, who manages it, and what is stale', async () => {
    const { rows } = await search({ text: '10.1.2.7' });
    expect(rows.map(({ nativeId, matched }) => [nativeId, matched])).toEqual([
      ['i-1', 'address 10.1.2.7'],
      ['subnet-1', 'network 10.1.2.0/24 holds 10.1.2.7'],
      ['vpc-1', 'network 10.1.0.0/16 holds 10.1.2.7'],
    ]);
    expect(rows[2]).toMatchObject({
      scopeName: 'production',
      managedBy: { environment: 'eu', blueprint: 'regional', version: '2.2.0', address: 'aws_vpc.main' },
      stale: false,
      tags: { env: 'prod', Name: 'main' },
    });
    expect((await search({ text: 'vol-1' })).rows).toMatchObject([{ stale: true, lastRun: 1 }]);
  });

  test('sorts, and pages without gaps or repeats', async () => {
    const { rows } = await search({ kinds: ['aws.ec2.instance', 'aws.ec2.subnet'] }, { by: 'name', descending: true });
    expect(rows.map((row) => row.name)).toEqual(['Web', 'private-a']);
    const pages = await Promise.all(
      [0, 3, 6].map(async (offset) => {
        const filter = estateFilterSchema.parse({});
        const page = { filter, sort: { by: 'region', descending: false } as const, offset, limit: 3 };
        return (await graph.service.search(page, graph.call)).rows.map((row) => row.id);
      }),
    );
    expect(new Set(pages.flat()).size).toBe(7);
  });
});

test('facets count under the filter, each without its own part', async () => {
  const filter = estateFilterSchema.parse({ kinds: ['aws.ec2.vpc'], scopes: [production.id] });
  expect(await graph.service.facets({ filter }, graph.call)).toEqual({
    kinds: [
      { value: 'aws.ec2.instance', count: 1 },
      { value: 'aws.ec2.subnet', count: 1 },
      { value: 'aws.ec2.volume', count: 1 },
      { value: 'aws.ec2.vpc', count: 1 },
      { value: 'aws.iam.role', count: 1 },
    ],
    regions: [{ value: 'eu-west-1', count: 1 }],
    scopes: [
      { value: production.id, label: 'production', count: 1 },
      { value: staging.id, label: 'staging', count: 1 },
    ],
    tagKeys: [
      { value: 'env', count: 1 },
      { value: 'Name', count: 1 },
    ],
  });
});

describe('one resource', () => {
  test('comes with its body, relationships both ways and history', async () => {
    const detail = await graph.service.resource({ id: machine.id }, graph.call);
    expect(detail.raw).toEqual(machine.raw);
    expect(detail.relationships.map(({ type, direction, other }) => [type, direction, other.name, other.kind])).toEqual(
      [
        ['IN_NETWORK', 'out', 'private-a', 'aws.ec2.subnet'],
        ['RUNS_AS', 'out', 'deploy', 'aws.iam.role'],
        ['ATTACHED_TO', 'in', 'vol-1', 'aws.ec2.volume'],
      ],
    );
    const changed = await graph.service.resource({ id: subnet.id }, graph.call);
    expect(changed.raw).toEqual({ Changed: true });
    expect(changed.history.map(({ run }) => run)).toEqual([2, 1]);
  });

  test('is found by its native id when only one has it', async () => {
    expect((await graph.service.resource({ id: 'vpc-9' }, graph.call)).row.id).toBe(stagingVpc.id);
    await expect(graph.service.resource({ id: 'deploy' }, graph.call)).rejects.toMatchObject({
      code: 'conflict',
      details: { candidates: [twinA.id, twinB.id] },
    });
    await expect(graph.service.resource({ id: 'vpc-404' }, graph.call)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('that is a stub has no body', async () => {
    const detail = await graph.service.resource({ id: 'k-1' }, graph.call);
    expect(detail).toMatchObject({ raw: null, row: { isStub: true, kind: 'aws.kms.key' }, history: [] });
    expect(detail.relationships).toMatchObject([{ type: 'ENCRYPTED_BY', direction: 'in' }]);
  });
});

describe('the drawing', () => {
  async function draw(filter: EstateFilterInput, expanded: readonly string[] = [], limit = 2000) {
    const input = { filter: estateFilterSchema.parse(filter), expanded: [...expanded], limit };
    return graph.service.graphView(input, graph.call);
  }

  test('begins with groups by scope and region, and counts the lines between them', async () => {
    const { nodes, edges, hidden } = await draw({});
    expect(nodes.map(({ id, label, count, group }) => [id, label, count, group])).toEqual([
      [`${production.id}|eu-west-1`, 'production · eu-west-1', 4, true],
      [`${production.id}|global`, 'production · global', 1, true],
      [`${staging.id}|eu-west-1`, 'staging · eu-west-1', 1, true],
      [`${staging.id}|global`, 'staging · global', 1, true],
    ]);
    expect(edges).toEqual(
      expect.arrayContaining([
        { from: `${production.id}|eu-west-1`, to: `${production.id}|global`, type: 'RUNS_AS', count: 1 },
        { from: `${staging.id}|eu-west-1`, to: `${production.id}|eu-west-1`, type: 'PEERED_WITH', count: 1 },
      ]),
    );
    expect(edges).toHaveLength(2);
    expect(hidden).toBe(0);
  });

  test('opens a group with every line redrawn, and makes no group of a single resource', async () => {
    const place = `${production.id}|eu-west-1`;
    const { nodes, edges } = await draw({ scopes: [production.id] }, [place]);
    expect(nodes.filter((node) => !node.group).map((node) => node.id)).toEqual([
      machine.id,
      subnet.id,
      volume.id,
      vpc.id,
    ]);
    expect(nodes.filter((node) => node.group).map((node) => node.id)).toEqual([`${production.id}|global`]);
    expect(edges).toEqual(
      expect.arrayContaining([
        { from: machine.id, to: subnet.id, type: 'IN_NETWORK', count: 1 },
        { from: machine.id, to: `${production.id}|global`, type: 'RUNS_AS', count: 1 },
        { from: volume.id, to: machine.id, type: 'ATTACHED_TO', count: 1 },
      ]),
    );
    expect(edges).toHaveLength(3);
  });

  test('draws resources picked by hand one by one', async () => {
    const { nodes, edges } = await draw({ ids: [machine.id, subnet.id, volume.id] });
    expect(nodes.every((node) => !node.group)).toBe(true);
    expect(edges).toHaveLength(2);
  });

  test('never hides without a count', async () => {
    const { nodes, hidden } = await draw({}, [], 2);
    expect(nodes.reduce((sum, node) => sum + node.count, 0) + hidden).toBe(7);
    expect(hidden).toBe(2);
    const place = `${production.id}|eu-west-1`;
    const full = await draw({ scopes: [production.id], regions: ['eu-west-1'] }, [`${place}|aws.ec2.vpc`], 3);
    expect(full.nodes.reduce((sum, node) => sum + node.count, 0) + full.hidden).toBe(4);
  });

  const anyWay: { types: []; direction: 'both' } = { types: [], direction: 'both' };

  test('of the neighbourhood is nearest first and counts what is left out', async () => {
    const near = await graph.service.neighbours({ ...anyWay, id: 'i-1', hops: 1, limit: 300 }, graph.call);
    expect(near.nodes[0]?.label).toBe('Web');
    expect(near.nodes.map((node) => node.label).sort()).toEqual(['Web', 'deploy', 'private-a', 'vol-1']);
    expect(near.edges).toHaveLength(3);
    const far = await graph.service.neighbours({ ...anyWay, id: machine.id, hops: 3, limit: 300 }, graph.call);
    expect(far.nodes.map((node) => node.label)).toContain('k-1');
    const cut = await graph.service.neighbours({ ...anyWay, id: machine.id, hops: 3, limit: 3 }, graph.call);
    expect([cut.nodes.length, cut.hidden]).toEqual([3, far.nodes.length - 3]);
  });
});

describe('reading for other parts of the engine', () => {
  test('a blast radius follows dependence: a network reaches its machines, a machine not its network', async () => {
    const { affected, unknown } = await graph.reader.affectedBy({ ids: ['subnet-1', 'subnet-404'] }, graph.signal);
    expect(affected.map(({ id, hops, path, because }) => ({ id, hops, path, because }))).toEqual([
      { id: machine.id, hops: 1, path: ['IN_NETWORK'], because: 'Web lies in private-a' },
      { id: volume.id, hops: 2, path: ['IN_NETWORK', 'ATTACHED_TO'], because: 'vol-1 is attached to Web' },
    ]);
    expect(unknown).toEqual(['subnet-404']);
    const machines = await graph.reader.affectedBy({ ids: [machine.id] }, graph.signal);
    expect(machines.affected.map(({ id }) => id)).toEqual([volume.id]);
    expect((await graph.reader.affectedBy({ ids: [] }, graph.signal)).affected).toEqual([]);
  });

  test('a blast radius names who manages what is reached, and what could not be mapped', async () => {
    const target = { scopeId: production.id, region: 'eu-west-1' };
    const radius = await graph.reader.blastRadius({ ids: [stagingVpc.id], hops: 1, target }, graph.signal);
    expect(radius).toMatchObject({
      hops: 1,
      affected: [{ id: vpc.id, managedBy: 'eu', because: 'main is peered with main' }],
      notMapped: [{ kind: 'aws.ec2.volume', region: 'eu-west-1', status: 'denied' }],
      mappedAt: expect.any(Number),
    });
  });

  test('a selection comes with bodies, its inner relationships and those that leave it', async () => {
    const filter = { scopes: [production.id], regions: ['eu-west-1'] };
    const { resources, relationships, leaving } = await graph.reader.resourcesOf(filter, graph.signal);
    expect(resources).toEqual([machine, { ...subnet, raw: { Changed: true } }, volume, vpc]);
    expect(relationships.map(({ type, to }) => [type, to])).toEqual([
      ['ATTACHED_TO', machine.id],
      ['IN_NETWORK', subnet.id],
    ]);
    expect(leaving.map(({ type, to }) => [type, to])).toEqual([
      ['ENCRYPTED_BY', 'arn:aws:kms:eu-west-1:333333333333:key/k-1'],
      ['RUNS_AS', twinA.id],
    ]);
  });
});
