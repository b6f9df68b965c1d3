import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspaceFolder } from '#engine/workspace/index.ts';
import type { Run } from '#shared/model/index.ts';
import {
  type FakeResourceGraph,
  makeEstate,
  startFakeResourceGraph,
  subscriptionId,
} from '#test/support/azure/index.ts';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import {
  companyAssets,
  denied,
  FakeInventory,
  type InventoryServer,
  startRestInventory,
} from '#test/support/gcp/index.ts';

let shell: Shell;

beforeAll(async () => {
  shell = await openShell();
});

afterAll(() => shell?.[Symbol.asyncDispose]());

interface CoverageAnswer {
  readonly cells: readonly {
    readonly scope: string;
    readonly status: string;
    readonly permission: string | null;
    readonly advice?: string;
  }[];
  readonly advice: readonly { readonly text: string; readonly copy: string; readonly cells: number }[];
}

/** Runs verbs in one workspace with a token in the environment. */
function inWorkspace(name: string, env: Readonly<Record<string, string>>) {
  const workspace = path.join(shell.folder, name);
  return async <Answer>(...args: string[]): Promise<Answer> => {
    const result = await shell.run(['--workspace', workspace, ...args, '--json'], { env });
    expect(result).toMatchObject({ code: 0, stderr: '' });
    return result.json() as Answer;
  };
}

function deniedCells({ cells }: CoverageAnswer) {
  return cells.filter(({ status }) => status === 'denied');
}

describe('Azure, by a token, against a fake of Resource Graph', () => {
  let fake: FakeResourceGraph;
  const shape = { subscriptions: 3, groups: 2, applications: 2 };

  beforeAll(async () => {
    fake = await startFakeResourceGraph({ estate: makeEstate(shape) });
  });
  afterEach(() => fake.setFaults([]));
  afterAll(() => fake.stop());

  const places = () => ['--cloud', 'azure', '--endpoint', fake.endpoint, '--access-token-env', 'AZURE_TOKEN'];

  test('maps every subscription', async () => {
    const run = inWorkspace('azure', { AZURE_TOKEN: fake.token });
    const ended = await run<Run>('discover', ...places());
    expect(ended).toMatchObject({ status: 'complete', clouds: ['azure'], incompleteCells: 0 });
    const { byKind } = await run<{ byKind: Record<string, number> }>('graph', 'stats');
    expect(byKind['azure.network.virtualnetworks']).toBe(shape.subscriptions * shape.groups * shape.applications);
    expect((await run<CoverageAnswer>('coverage')).advice).toEqual([]);
  });

  test('a subscription that is refused is told with what opens it, and the others are mapped', async () => {
    const closed = subscriptionId(1);
    fake.setFaults([{ table: 'resources', subscription: closed, fault: { kind: 'denied' } }]);
    const run = inWorkspace('azure-denied', { AZURE_TOKEN: fake.token });
    expect(await run<Run>('discover', ...places())).toMatchObject({ status: 'partial' });
    const coverage = await run<CoverageAnswer>('coverage');
    const cells = deniedCells(coverage);
    expect(new Set(cells.map(({ scope }) => scope))).toEqual(new Set([`azure:subscription:${closed}`]));
    expect(cells[0]?.advice).toBe(
      `Grant Microsoft.ResourceGraph/resources/read to whoever maps it at /subscriptions/${closed}: ` +
        'by the custom role Groundplan discovery, or by Reader.',
    );
    expect(coverage.advice.map((one) => [one.copy, one.cells])).toEqual([
      [
        `az role assignment create --assignee "PRINCIPAL" --role "Groundplan discovery" --scope "/subscriptions/${closed}"`,
        cells.length,
      ],
    ]);
  });
});

describe('Google, by a token, against a fake of the asset inventory', () => {
  let server: InventoryServer;
  let inventory: FakeInventory;

  beforeAll(async () => {
    inventory = new FakeInventory({ assets: companyAssets });
    server = await startRestInventory(inventory);
  });
  afterEach(() => inventory.setFaults([]));
  afterAll(() => server[Symbol.asyncDispose]());

  const places = (...scopes: string[]) => [
    '--cloud',
    'gcp',
    '--endpoint',
    server.endpoint,
    '--access-token-env',
    'GCP_TOKEN',
    '--transport',
    'rest',
    ...scopes.flatMap((scope) => ['--scope', scope]),
  ];

  test('maps the organisation', async () => {
    const run = inWorkspace('gcp', { GCP_TOKEN: 'test-token' });
    const ended = await run<Run>('discover', ...places('organizations/6001'));
    expect(ended).toMatchObject({ status: 'complete', clouds: ['gcp'], incompleteCells: 0 });
    const { byKind } = await run<{ byKind: Record<string, number> }>('graph', 'stats');
    const networks = companyAssets().filter(({ assetType }) => assetType === 'compute.googleapis.com/Network');
    expect(byKind['gcp.compute.network']).toBe(networks.length);
    expect((await run<CoverageAnswer>('coverage')).advice).toEqual([]);
  });

  test('a project that is denied is told with what opens it, and the others are mapped', async () => {
    const answer = denied('cloudasset.assets.listResource', 'projects/acme-data');
    inventory.setFaults([{ parent: 'projects/acme-data', fault: { kind: 'status', answer } }]);
    const run = inWorkspace('gcp-denied', { GCP_TOKEN: 'test-token' });
    const [first] = companyAssets().flatMap(({ name }) => /\/projects\/(acme-(?!data)[\w-]+)/u.exec(name)?.[1] ?? []);
    const ended = await run<Run>('discover', ...places('projects/acme-data', `projects/${first}`));
    expect(ended).toMatchObject({ status: 'partial' });
    expect(ended.resources).toBeGreaterThan(0);
    const coverage = await run<CoverageAnswer>('coverage');
    const cells = deniedCells(coverage);
    expect(new Set(cells.map(({ scope }) => scope))).toEqual(new Set(['gcp:project:acme-data']));
    expect(coverage.advice.map((one) => one.cells)).toEqual([cells.length]);
    expect(coverage.advice[0]?.text).toBe(
      'Grant cloudasset.assets.listResource to whoever maps it in projects/acme-data.',
    );
    expect(coverage.advice[0]?.copy).toBe(
      'gcloud projects add-iam-policy-binding "acme-data" --member=user:YOU@example.org --role="projects/acme-data/roles/groundplanDiscovery"',
    );
  });
});

test('the policy of one cloud is printed as it is, so that it can go into a file', async () => {
  const workspace = path.join(shell.folder, 'policies');
  await createWorkspaceFolder(workspace, 'policies');
  const policy = async (cloud: string) => {
    const { code, stdout, stderr } = await shell.run(['--workspace', workspace, 'policy', '--cloud', cloud]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  expect(JSON.parse(await policy('aws'))).toMatchObject({
    Statement: [{ Sid: 'GroundplanDiscovery' }, { Sid: 'GroundplanAccounts' }, { Sid: 'GroundplanRoles' }],
  });
  expect(JSON.parse(await policy('azure'))).toMatchObject({ Name: 'Groundplan discovery', DataActions: [] });
  expect(await policy('gcp')).toContain('includedPermissions:\n  - cloudasset.assets.listIamPolicy\n');
});
