import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import { seedCompany, type CompanySummary } from '#test/support/company/index.ts';
import { startFaultProxy, type FaultProxy } from '#test/support/fault-proxy/index.ts';
import { cleanEnvironment, startMoto, type Moto } from '#test/support/toolchain/index.ts';

// The real engine maps a real AWS protocol server and is killed with SIGKILL at several points. The last good map must
// stand, and going on must list only what was not complete.

const regions = ['us-east-1', 'eu-west-1'] as const;
/**
 * Which call lists each kind that is asked for. Kinds that lie in a network are not among them: their listings ask for
 * the networks too, to find out whose they are.
 */
const listings: Readonly<Record<string, string>> = {
  'aws.ec2.vpc': 'DescribeVpcs',
  'aws.ec2.volume': 'DescribeVolumes',
  'aws.ec2.elastic-ip': 'DescribeAddresses',
  'aws.sqs.queue': 'ListQueues',
  'aws.dynamodb.table': 'ListTables',
  'aws.sns.topic': 'ListTopics',
};

let moto: Moto;
let proxy: FaultProxy;
let company: CompanySummary;
let shell: Shell;
let folder: string;
let workspaces = 0;
let workspace: string;

beforeAll(async () => {
  moto = await startMoto();
  company = await seedCompany({ endpoint: moto.endpoint, parts: 'pattern' });
  proxy = await startFaultProxy(moto.endpoint);
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-killed-'));
  shell = await openShell({
    ...cleanEnvironment(),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    HOME: folder,
  });
}, 240_000);

afterAll(async () => {
  await shell?.[Symbol.asyncDispose]();
  await proxy?.stop();
  await moto?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  proxy.setFaults([]);
  workspace = path.join(shell.folder, `w${(workspaces += 1)}`);
});

const groundplan = (...args: string[]) => shell.run(['--workspace', workspace, ...args]);

function discovery(kinds: readonly string[] = Object.keys(listings)): string[] {
  return [
    '--workspace',
    workspace,
    'discover',
    '--account',
    company.accounts.production.id,
    '--endpoint',
    proxy.endpoint,
    ...regions.flatMap((region) => ['--region', region]),
    ...kinds.flatMap((kind) => ['--kind', kind]),
    '--json',
  ];
}

const runFolder = (run: number) => path.join(workspace, '.groundplan/facts', String(run).padStart(6, '0'));

/** Sealed cells of a run as `status kind region`; a line that was cut off is none. */
async function cellsOf(run: number): Promise<readonly { status: string; kind: string; region: string }[]> {
  const text = await readFile(path.join(runFolder(run), 'coverage.ndjson'), 'utf8').catch(() => '');
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { cell: { status: string; kind: string; region: string } }).cell);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 6000; turn += 1) {
    if (await isSo()) return;
    await delay(5);
  }
  throw new Error('It never came to that.');
}

/** Starts the run and kills its process as soon as something is so. */
async function killOnce(isSo: () => Promise<boolean>): Promise<void> {
  const { child, result } = shell.start(discovery());
  await until(isSo);
  child.kill('SIGKILL');
  expect((await result).code).toBeNull();
}

/** Calls since `before` that list something, as `action region`. */
function listed(before: number): string[] {
  const actions = new Set(Object.values(listings));
  return proxy.requests
    .slice(before)
    .filter(({ action }) => actions.has(action))
    .map(({ action, region }) => `${action} ${region}`)
    .sort();
}

const everyListing = regions.flatMap((region) => Object.values(listings).map((action) => `${action} ${region}`)).sort();

async function statsOf(): Promise<{ resources: number; relationships: number; runs: number }> {
  const told = await groundplan('graph', 'stats', '--json');
  expect(told).toMatchObject({ code: 0, stderr: '' });
  return told.json() as { resources: number; relationships: number; runs: number };
}

const graphFiles = async () => readdir(path.join(workspace, '.groundplan/graph')).catch(() => []);

describe('killed while it lists', { timeout: 300_000 }, () => {
  test.each([
    { point: 'after the first facts', sealed: 1 },
    { point: 'with half of its cells', sealed: 6 },
    { point: 'in the middle of its last cell', sealed: 11 },
  ])('$point, the old map stands and the rest alone is listed', async ({ sealed }) => {
    expect((await shell.run(discovery(['aws.ec2.vpc']))).code).toBe(0);
    const good = await statsOf();
    const silent = Object.values(listings).slice(sealed === 1 ? 1 : sealed === 6 ? 3 : 5);
    proxy.setFaults(
      sealed === 11
        ? [{ action: 'ListTopics', region: 'eu-west-1', fault: { kind: 'silent' } }]
        : silent.map((action) => ({ action, fault: { kind: 'silent' as const } })),
    );
    await killOnce(async () => (await cellsOf(2)).length >= sealed);
    const before = await cellsOf(2);
    const complete = before
      .filter(({ status }) => status === 'complete')
      .map(({ kind, region }) => `${listings[kind]} ${region}`);
    expect(complete.length).toBeGreaterThan(0);

    proxy.setFaults([]);
    const after = await statsOf();
    expect(after.resources).toBeGreaterThanOrEqual(good.resources);
    const runs = (await groundplan('runs', 'list', '--json')).json() as { runs: { id: number; status: string }[] };
    expect(runs.runs[0]).toMatchObject({ id: 2, status: 'failed' });

    const asked = proxy.requests.length;
    const resumed = await shell.run(['--workspace', workspace, 'discover', '--resume', '--json']);
    expect(resumed).toMatchObject({ code: 0, stderr: '' });
    expect(resumed.json()).toMatchObject({ id: 2, status: 'complete', cells: 12, incompleteCells: 0, resumed: 1 });
    expect(listed(asked)).toEqual(everyListing.filter((listing) => !complete.includes(listing)));

    const whole = await statsOf();
    workspace = path.join(shell.folder, `whole${workspaces}`);
    expect((await shell.run(discovery())).code).toBe(0);
    expect({ ...(await statsOf()), runs: 2 }).toEqual(whole);
  });
});

describe('killed once everything is listed', { timeout: 300_000 }, () => {
  test.each([
    {
      point: 'before the map is swapped',
      isSo: async () =>
        (await readFile(path.join(runFolder(2), 'run.json'), 'utf8').catch(() => '')).includes('"complete"'),
    },
    { point: 'while it is loaded', isSo: async () => (await graphFiles()).some((name) => name.startsWith('build-2')) },
    { point: 'just after', isSo: async () => (await pointer()) === 2 },
  ])('$point, a map stands that shows all of it, and nothing is left to resume', async ({ isSo }) => {
    expect((await shell.run(discovery(['aws.ec2.vpc']))).code).toBe(0);
    expect(await pointer()).toBe(1);
    await killOnce(isSo);
    expect((await cellsOf(2)).every(({ status }) => status === 'complete')).toBe(true);
    expect([1, 2]).toContain(await pointer());

    const shown = await statsOf();
    const resumed = await shell.run(['--workspace', workspace, 'discover', '--resume', '--json']);
    expect(resumed.code).toBe(1);
    expect(resumed.json()).toMatchObject({
      error: {
        code: 'conflict',
        message: 'Run 2 cannot be resumed: it came to its end with everything looked at.',
        advice: 'Start a new run.',
      },
    });
    workspace = path.join(shell.folder, `whole${workspaces}`);
    expect((await shell.run(discovery())).code).toBe(0);
    expect({ ...(await statsOf()), runs: 2 }).toEqual(shown);
  });

  async function pointer(): Promise<number | null> {
    const text = await readFile(path.join(workspace, '.groundplan/graph/current.json'), 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as { generation: number }).generation;
  }
});

describe('nothing to resume', { timeout: 120_000 }, () => {
  test('is told where nothing was mapped, and other places are refused', async () => {
    expect((await groundplan('init')).code).toBe(0);
    const none = await groundplan('discover', '--resume', '--json');
    expect(none).toMatchObject({ code: 2 });
    expect(none.json()).toMatchObject({
      error: { code: 'not-found', message: 'There is nothing to resume: nothing was mapped yet.' },
    });
    expect((await groundplan('discover', '--resume', '--region', 'eu-west-1')).code).toBe(2);
  });
});
