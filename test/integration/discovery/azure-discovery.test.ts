import { afterEach, describe, expect, test } from 'vitest';
import {
  type AzureEstate,
  type FakeOptions,
  type FakeResourceGraph,
  grantAt,
  makeEstate,
  startFakeResourceGraph,
  subscriptionId,
  tenantId,
} from '#test/support/azure/index.ts';
import { textOf } from '#test/support/azure/kusto.ts';
import { factsOnDisk } from '#test/support/facts/facts-on-disk.ts';
import { azureBench, gapsByPlace } from './azure-bench.ts';

let fake: FakeResourceGraph | null = null;

async function start(estate: AzureEstate, options: Omit<FakeOptions, 'estate'> = {}): Promise<FakeResourceGraph> {
  fake = await startFakeResourceGraph({ estate, ...options });
  return fake;
}

afterEach(async () => {
  await fake?.stop();
  fake = null;
});

const small = { subscriptions: 3, groups: 2, applications: 2 };
const scopeOf = (number: number): string => `azure:subscription:${subscriptionId(number)}`;

describe('a tenant', () => {
  test('is mapped whole: every row a resource with its parts and edges, every cell complete', async () => {
    const estate = makeEstate(small);
    const { discover, facts } = azureBench(await start(estate));
    const { run } = await discover();
    expect(run).toMatchObject({ status: 'complete', incompleteCells: 0, clouds: ['azure'] });
    const seen = new Map(facts.resources.map((fact) => [fact.id, fact]));
    const rows = Object.values(estate.tables).flat();
    expect(rows.filter((row) => !seen.has(textOf(row, 'id').toLowerCase()))).toEqual([]);
    // Each of the 12 applications has a subnet and an ip configuration inside the bodies of others.
    expect(seen.size).toBe(rows.length + 24);
    expect(new Set(facts.cells.map(({ region }) => region))).toEqual(new Set(['*']));
    expect(facts.cells.filter(({ scope }) => scope === scopeOf(0)).length).toBeGreaterThan(60);
    expect(JSON.stringify(facts.lines)).not.toContain('never-kept');
    expect(JSON.stringify(facts.lines)).not.toContain(fake?.token);
  });

  test('hangs on its tree: groups above subscriptions, resource groups below', async () => {
    const { discover, facts } = azureBench(await start(makeEstate({ subscriptions: 1, groups: 1, applications: 1 })));
    await discover();
    const parents = Object.fromEntries(facts.scopes.map(({ id, parentId }) => [id, parentId]));
    expect(parents).toMatchObject({
      [`azure:tenant:${tenantId}`]: null,
      [`azure:management-group:${tenantId}`]: `azure:tenant:${tenantId}`,
      'azure:management-group:landing-0': `azure:management-group:${tenantId}`,
      [scopeOf(0)]: 'azure:management-group:landing-0',
      [`azure:resource-group:${subscriptionId(0)}/rg-0`]: scopeOf(0),
    });
    const machine = facts.resources.find(({ kind }) => kind === 'azure.compute.virtualmachines');
    expect(machine?.scopeId).toBe(`azure:resource-group:${subscriptionId(0)}/rg-0`);
  });

  test('costs few questions: three tables, however many kinds', async () => {
    const { discover } = azureBench(await start(makeEstate(small)));
    await discover();
    const asked = fake?.asked.map(({ table, subscriptions }) => `${table} ${subscriptions?.length ?? 'tenant'}`);
    expect(asked?.sort()).toEqual([
      'authorizationresources 3',
      'authorizationresources tenant',
      'resourcecontainers 3',
      'resourcecontainers tenant',
      'resourcecontainers tenant',
      'resourcecontainers tenant',
      'resources 3',
    ]);
  });
});

describe('what was asked for', () => {
  test('a subscription alone leaves the others and what is above them alone', async () => {
    const { discover, facts } = azureBench(await start(makeEstate(small)));
    const { run } = await discover({ scopes: [subscriptionId(1).toUpperCase()] });
    expect(run.status).toBe('complete');
    expect(new Set(facts.cells.map(({ scope }) => scope))).toEqual(new Set([scopeOf(1)]));
  });

  test('a management group means the subscriptions below it', async () => {
    const { discover, facts } = azureBench(await start(makeEstate(small)));
    await discover({ scopes: ['/providers/Microsoft.Management/managementGroups/landing-0'] });
    expect(new Set(facts.cells.map(({ scope }) => scope))).toEqual(
      new Set(['azure:management-group:landing-0', scopeOf(0), scopeOf(1), scopeOf(2)]),
    );
    expect(gapsByPlace(facts.cells)).toEqual([]);
  });

  test('what is granted at a management group is its own, and the next look at it has the last word', async () => {
    const group = '/providers/Microsoft.Management/managementGroups/landing-0';
    const grants = (estate: AzureEstate, ...who: readonly string[]): AzureEstate => {
      const rows = who.map((principal) => grantAt(group, principal, 'User'));
      estate.tables.authorizationresources.unshift(...rows);
      return estate;
    };
    await using facts = await factsOnDisk();
    const shown = async (): Promise<readonly string[]> => {
      const view = await facts.store.view(new AbortController().signal);
      const names: string[] = [];
      for await (const { fact } of view.resources()) {
        if (fact.scopeId === 'azure:management-group:landing-0') names.push(fact.id.split('/').at(-1) ?? '');
      }
      return names.sort();
    };
    const map = async (estate: AzureEstate, places: { scopes?: string[] } = {}): Promise<void> => {
      const graph = await startFakeResourceGraph({ estate });
      try {
        expect((await azureBench(graph, facts.store).discover(places)).run).toMatchObject({ status: 'complete' });
      } finally {
        await graph.stop();
      }
    };
    await map(grants(makeEstate(small), 'ann', 'bob'), { scopes: ['landing-0'] });
    expect(await shown()).toEqual(['reader-ann', 'reader-bob']);
    await map(grants(makeEstate(small), 'ann', 'eve'));
    expect(await shown()).toEqual(['reader-ann', 'reader-eve']);
    await map(grants(makeEstate(small), 'eve'), { scopes: ['landing-0'] });
    expect(await shown()).toEqual(['reader-eve']);
  });

  test('a subscription that cannot be seen is a denied cell for every kind, never absent', async () => {
    const { discover, facts } = azureBench(await start(makeEstate(small), { hidden: new Set([subscriptionId(2)]) }));
    const { run } = await discover({ scopes: [subscriptionId(1), subscriptionId(2), 'nowhere'] });
    expect(run.status).toBe('partial');
    const cells = facts.cells.filter(({ scope }) => scope === scopeOf(1)).length;
    expect(gapsByPlace(facts.cells)).toEqual([
      'management-group:nowhere * denied × 1',
      `subscription:${subscriptionId(2)} * denied × ${cells}`,
    ]);
    expect(facts.cells.find(({ status }) => status === 'denied')?.error).toMatch(/not listed|access denied/u);
  });

  test('regions keep to their cells, with what lies in no region', async () => {
    const { discover, facts } = azureBench(await start(makeEstate(small)));
    const { run } = await discover({ regions: ['West Europe'] });
    expect(run.status).toBe('complete');
    const located = facts.resources.filter(({ kind }) => kind === 'azure.compute.virtualmachines');
    expect(located.map(({ region }) => region)).toEqual(Array(6).fill('westeurope'));
    const regions = (kind: string): Set<string> =>
      new Set(facts.cells.filter((cell) => cell.kind === kind).map(({ region }) => region));
    expect(regions('azure.compute.virtualmachines')).toEqual(new Set(['westeurope', 'global']));
    expect(regions('azure.authorization.roleassignments')).toEqual(new Set(['*']));
  });

  test('a region that does not exist is refused with the nearest, never mapped as an empty one', async () => {
    const { discover, facts } = azureBench(await start(makeEstate(small)));
    await expect(discover({ regions: ['westeurope', 'westeurpoe', 'nowhere1'] })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'westeurpoe, nowhere1: not a region of Azure that is known here.',
      advice: expect.stringContaining('Did you mean westeurope?'),
    });
    expect(await facts.runs()).toEqual([]);
  });

  test('a region that is newer than the list is mapped as soon as something is there', async () => {
    const estate = makeEstate(small);
    estate.tables.resources.splice(0, 1, { ...estate.tables.resources[0], location: 'moonnorth' });
    const { discover, facts } = azureBench(await start(estate));
    const { run } = await discover({ regions: ['moonnorth'] });
    expect(run.status).toBe('complete');
    expect(facts.resources.filter(({ region }) => region === 'moonnorth')).toHaveLength(1);
  });

  test('a kind that lies inside another is listed with it, an undeclared one with everything else', async () => {
    const { discover, facts } = azureBench(await start(makeEstate(small)));
    await discover({}, ['azure.network.virtualnetworks.subnets']);
    expect(new Set(facts.cells.map(({ kind }) => kind))).toEqual(new Set(['azure.network.virtualnetworks']));
    expect(new Set(facts.resources.map(({ kind }) => kind))).toEqual(
      new Set(['azure.network.virtualnetworks', 'azure.network.virtualnetworks.subnets']),
    );
    await discover({}, ['azure.insights.components']);
    expect(new Set(facts.cells.map(({ kind }) => kind))).toEqual(new Set(['azure.other']));
    expect(new Set(facts.resources.map(({ kind }) => kind))).toEqual(new Set(['azure.insights.components']));
  });

  test('a kind of another cloud is refused before anything is asked', async () => {
    const { discover, facts } = azureBench(await start(makeEstate(small)));
    await expect(discover({}, ['azure.insights.components', 'aws.ec2.vpc'])).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('aws.ec2.vpc'),
    });
    expect(await facts.runs()).toEqual([]);
    expect(fake?.asked).toEqual([]);
  });

  test.each([
    [{ scopes: ['/subscriptions/s/resourceGroups/g'] }, 'not a subscription or management group'],
    [{ regions: ['Mars!'] }, 'not a region of Azure'],
    [{ endpoint: 'http://example.com' }, 'unencrypted'],
    [{ endpoint: 'ftp://127.0.0.1' }, 'not an address'],
  ])('%j is refused before anything is asked', async (places, words) => {
    const { discover, facts } = azureBench(await start(makeEstate(small)));
    await expect(discover(places)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(words),
    });
    expect(await facts.runs()).toEqual([]);
    expect(fake?.asked).toEqual([]);
  });
});

describe('a large tenant', () => {
  test('pages of a thousand rows follow each other by their tokens', async () => {
    const estate = makeEstate({ subscriptions: 2, groups: 10, applications: 30 });
    const { discover, facts } = azureBench(await start(estate));
    expect((await discover()).run.status).toBe('complete');
    const pages = fake?.asked.filter(({ table }) => table === 'resources') ?? [];
    expect(pages.map(({ top, skipToken }) => [top, skipToken !== null])).toEqual([
      [1000, false],
      [1000, true],
      [1000, true],
      [1000, true],
    ]);
    expect(facts.resources.filter(({ kind }) => kind === 'azure.compute.disks')).toHaveLength(600);
  });

  test('keeps within the quota that the answers tell, without being refused once', async () => {
    const estate = makeEstate({ subscriptions: 1, groups: 10, applications: 100 });
    const { discover } = azureBench(await start(estate, { quota: { calls: 4, seconds: 1 } }));
    expect((await discover()).run.status).toBe('complete');
    expect(fake?.asked.length).toBeGreaterThan(8);
    expect(fake?.throttled()).toBe(0);
  });

  test('more than ten thousand subscriptions are all found, and the cut that was met is told', async () => {
    const estate = makeEstate({ subscriptions: 10_050, groups: 1, applications: 0 });
    const { discover, facts } = azureBench(await start(estate));
    const kind = 'azure.resources.subscriptions.resourcegroups';
    const { run, largest } = await discover({}, [kind]);
    expect(facts.resources).toHaveLength(10_050);
    expect(facts.cells.filter((cell) => cell.kind === kind && cell.status === 'complete')).toHaveLength(10_050);
    expect(gapsByPlace(facts.cells)).toEqual([`management-group:${tenantId} * truncated × 1`]);
    expect(run.status).toBe('partial');
    expect(Math.max(...(fake?.asked.map(({ subscriptions }) => subscriptions?.length ?? 0) ?? []))).toBe(1000);
    expect(largest).toBeLessThan(100_000);
  });
});
