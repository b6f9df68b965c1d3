import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type FakeResourceGraph,
  makeEstate,
  startFakeResourceGraph,
  subscriptionId,
} from '#test/support/azure/index.ts';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import {
  companyAssets,
  FakeInventory,
  type InventoryServer,
  startGrpcInventory,
  startRestInventory,
} from '#test/support/gcp/index.ts';
import { cleanEnvironment } from '#test/support/toolchain/index.ts';

// The real command line maps Azure and Google and is killed with SIGKILL while a server keeps it waiting. The last good
// map must stand, and going on must list only what was not complete.

let shell: Shell;

beforeAll(async () => {
  shell = await openShell({ ...cleanEnvironment(), CLOUD_TOKEN: 'test-token' });
});

afterAll(() => shell?.[Symbol.asyncDispose]());

interface SealedCell {
  readonly status: string;
  readonly kind: string;
  readonly scope: string;
}

/** Sealed cells of a run; a line that was cut off is none. */
async function cellsOf(workspace: string, run: number): Promise<readonly SealedCell[]> {
  const folder = path.join(workspace, '.groundplan/facts', String(run).padStart(6, '0'));
  const text = await readFile(path.join(folder, 'coverage.ndjson'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { cell: SealedCell }).cell);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(5);
}

async function statsOf(workspace: string): Promise<{ resources: number; relationships: number }> {
  const told = await shell.run(['--workspace', workspace, 'graph', 'stats', '--json']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  return told.json() as { resources: number; relationships: number };
}

interface Killed {
  readonly workspace: string;
  readonly places: readonly string[];
  /** Narrows the run that leaves the first good map. */
  readonly first: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Makes the server wait. */
  readonly stall: () => void;
  readonly isSo: () => Promise<boolean>;
}

/** Maps a little, then everything until something is so, and kills that; the first map has to stand. */
async function killOnce({ workspace, places, first, env, stall, isSo }: Killed): Promise<void> {
  const discover = ['--workspace', workspace, 'discover', ...places, '--json'];
  expect(await shell.run([...discover, ...first], { env })).toMatchObject({ code: 0 });
  const good = await statsOf(workspace);
  stall();
  const { child, result } = shell.start(discover, { env });
  await until(isSo);
  child.kill('SIGKILL');
  expect((await result).code).toBeNull();
  expect((await statsOf(workspace)).resources).toBeGreaterThanOrEqual(good.resources);
  const runs = (await shell.run(['--workspace', workspace, 'runs', 'list', '--json'])).json();
  expect(runs).toMatchObject({ runs: [{ id: 2, status: 'failed' }, { id: 1 }] });
}

/** Goes on with the run that was killed, and holds its map against one that was never cut off. */
async function goOn({ workspace, places, env }: Killed): Promise<void> {
  const resumed = await shell.run(['--workspace', workspace, 'discover', '--resume', '--json'], { env });
  expect(resumed).toMatchObject({ code: 0, stderr: '' });
  expect(resumed.json()).toMatchObject({ id: 2, status: 'complete', incompleteCells: 0, resumed: 1 });
  const whole = `${workspace}-whole`;
  expect(await shell.run(['--workspace', whole, 'discover', ...places, '--json'], { env })).toMatchObject({ code: 0 });
  const { resources, relationships } = await statsOf(whole);
  expect(await statsOf(workspace)).toMatchObject({ resources, relationships });
}

describe('Azure', { timeout: 300_000 }, () => {
  let fake: FakeResourceGraph;

  beforeAll(async () => {
    // Three pages of resources over three subscriptions, none of which ends where a page does.
    fake = await startFakeResourceGraph({ estate: makeEstate({ subscriptions: 3, groups: 5, applications: 30 }) });
  });

  afterAll(() => fake?.stop());

  test('killed in the middle of a listing, the old map stands and only open subscriptions are asked again', async () => {
    const workspace = path.join(shell.folder, 'azure');
    const killed: Killed = {
      workspace,
      places: ['--cloud', 'azure', '--endpoint', fake.endpoint, '--access-token-env', 'CLOUD_TOKEN'],
      first: ['--kind', 'azure.network.virtualnetworks'],
      env: { CLOUD_TOKEN: fake.token },
      stall: () => fake.setFaults([{ table: 'resources', laterPages: true, fault: { kind: 'silent' } }]),
      isSo: async () => {
        const cells = await cellsOf(workspace, 2);
        return cells.some(({ kind, status }) => kind === 'azure.compute.disks' && status === 'complete');
      },
    };
    await killOnce(killed);
    fake.setFaults([]);
    const asked = fake.asked.length;
    const resumed = () => fake.asked.slice(asked).filter(({ table }) => table === 'resources');
    await goOn(killed);
    const [again] = resumed();
    expect([...(again?.subscriptions ?? [])].sort()).toEqual([subscriptionId(1), subscriptionId(2)]);
  });
});

describe.each([
  ['REST', 'rest', startRestInventory],
  ['gRPC', 'grpc', startGrpcInventory],
] as const)('Google over %s', { timeout: 300_000 }, (_name, transport, start) => {
  const inventory = new FakeInventory({ assets: () => companyAssets(), mostPerPage: 25 });
  let server: InventoryServer;

  beforeAll(async () => {
    server = await start(inventory);
  });

  afterAll(() => server?.[Symbol.asyncDispose]());

  test('killed in the middle of a listing, the old map stands and what was complete is not asked again', async () => {
    const workspace = path.join(shell.folder, `gcp-${transport}`);
    const killed: Killed = {
      workspace,
      places: [
        '--cloud',
        'gcp',
        '--scope',
        'organizations/6001',
        '--endpoint',
        server.endpoint,
        '--access-token-env',
        'CLOUD_TOKEN',
        '--transport',
        transport,
      ],
      first: ['--kind', 'gcp.storage.bucket'],
      env: {},
      stall: () => inventory.setFaults([{ typed: false, content: 'RESOURCE', page: 1, fault: { kind: 'silent' } }]),
      isSo: async () => {
        const cells = await cellsOf(workspace, 2);
        const listing = inventory.requests.some(({ content, pageToken }) => content === 'RESOURCE' && pageToken !== '');
        return listing && cells.some(({ kind, status }) => kind === 'gcp.iam.policy' && status === 'complete');
      },
    };
    await killOnce(killed);
    inventory.setFaults([]);
    const asked = inventory.requests.length;
    const { length: policiesBefore } = inventory.requests.filter(({ content }) => content === 'IAM_POLICY');
    await goOn(killed);
    const again = inventory.requests.slice(asked);
    expect(again.some(({ content }) => content === 'RESOURCE')).toBe(true);
    // All of these are of the whole run that followed: as many as the first one had asked for.
    expect(again.filter(({ content }) => content === 'IAM_POLICY')).toHaveLength(policiesBefore);
  });
});
