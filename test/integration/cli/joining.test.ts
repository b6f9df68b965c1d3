import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import { startServe, type Served } from '#test/support/serve.ts';
import { freePort } from '#test/support/toolchain/index.ts';
import { WebSocket, WebSocketServer } from 'ws';
import { processStartTime } from '../../../src/main/engine-adapters/process-start-time.ts';

// The browser shell has the workspace open: the command line works through its engine.

let shell: Shell;
let served: Served;
let workspace: string;

beforeAll(async () => {
  shell = await openShell();
  workspace = path.join(shell.folder, 'shop');
  await mkdir(workspace);
  await writeFile(path.join(workspace, 'groundplan.yaml'), 'groundplan: 1\nname: shop\n');
  served = await startServe({ args: ['--workspace', workspace] });
});

afterAll(async () => {
  await served?.[Symbol.asyncDispose]();
  await shell?.[Symbol.asyncDispose]();
});

const run = (...args: string[]) => shell.run(['--workspace', workspace, ...args]);

async function answer(...args: string[]): Promise<unknown> {
  const result = await run(...args, '--json');
  expect(result).toMatchObject({ code: 0, stderr: '' });
  return result.json();
}

async function enginePid(): Promise<number> {
  const lock = await readFile(path.join(workspace, '.groundplan', 'engine.json'), 'utf8');
  return (JSON.parse(lock) as { pid: number }).pid;
}

test('a workspace without a map, code or deployments answers with nothing, in the same shapes', async () => {
  const before = await enginePid();
  expect(await answer('graph', 'stats')).toEqual({
    resources: 0,
    relationships: 0,
    scopes: 0,
    byKind: {},
    byRelationship: {},
    runs: 0,
  });
  expect(await answer('coverage')).toEqual({ cells: [], advice: [] });
  expect(await answer('deployment', 'list')).toEqual([]);
  expect(await answer('drift')).toEqual({ environments: [] });
  expect(await answer('blueprint', 'list')).toEqual({ published: [], drafts: [], problems: [] });
  expect(await answer('artifact', 'list')).toEqual({ artifacts: [], problems: [] });
  // It was the open engine that answered, and it is still there.
  expect(await enginePid()).toBe(before);
});

test.each([
  [['blueprint', 'show', 'nope']],
  [['blueprint', 'validate', 'nope']],
  [['blueprint', 'publish', 'nope']],
  [['blueprint', 'diff', 'nope', '1.0.0', '2.0.0']],
  [['artifact', 'show', '../../nope']],
  [['artifact', 'import', './nope']],
  [['deployment', 'show', 'nope']],
  [['deployment', 'logs', 'nope']],
  [['deployment', 'logs', 'nope', '--follow']],
  [['deployment', 'cancel', 'nope']],
  [['drift', '--env', 'nope']],
  [['coverage', '--run', '7']],
  [['discover', '--connection', 'nope']],
  [['propose', 'nope', '--env', 'x', '--target', 'aws/123456789012/eu-west-1']],
])('what does not exist is said not to: %j', async (args) => {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr, ...(JSON.parse(stdout) as object) }).toMatchObject({
    code: 2,
    stderr: '',
    error: { code: 'not-found', message: expect.stringMatching(/\S/) as string },
  });
});

test('a path is read from where the command was given, not from where the engine runs', async () => {
  await mkdir(path.join(shell.folder, 'modules', 'greeting'), { recursive: true });
  await writeFile(
    path.join(shell.folder, 'modules', 'greeting', 'main.tf'),
    'variable "text" {\n  type = string\n}\nresource "terraform_data" "greeting" {\n  input = var.text\n}\n',
  );
  const imported = await shell.run(['--workspace', workspace, 'artifact', 'import', './greeting'], { cwd: 'modules' });
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  expect(imported.stdout).toMatch(/^Imported greeting 0\.1\.0 \(\w+\): 1 inputs, 0 outputs\.\n$/);
});

test('the command line cannot do what is a person’s act, even with the token of the door', async () => {
  const { url, token } = JSON.parse(await readFile(path.join(workspace, '.groundplan', 'engine.json'), 'utf8')) as {
    url: string;
    token: string;
  };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/rpc`, { headers: { authorization: `Bearer ${token}` } });
  await once(socket, 'open');
  const client: { deployments: { approve(input: object): Promise<unknown> } } = createORPCClient(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  const approval = { id: 'x', planSetDigest: 'x', envelopeDigest: 'x' };
  await expect(client.deployments.approve(approval)).rejects.toMatchObject({ data: { code: 'forbidden' } });
  socket.terminate();
});

describe('an engine that is lost', () => {
  test('before a command is followed by its successor', async () => {
    const before = await enginePid();
    process.kill(before, 'SIGKILL');
    await expect.poll(enginePid, { timeout: 20_000 }).not.toBe(before);
    expect(await answer('drift')).toEqual({ environments: [] });
  });

  /** A workspace whose lock says that this very process is its engine, listening there. */
  async function lockedWorkspace(name: string, url: string): Promise<string> {
    const folder = path.join(shell.folder, name);
    await mkdir(path.join(folder, '.groundplan'), { recursive: true });
    await writeFile(path.join(folder, 'groundplan.yaml'), `groundplan: 1\nname: ${name}\n`);
    const record = { pid: process.pid, startTime: processStartTime(process.pid), url, token: 't', agentToken: 't' };
    await writeFile(path.join(folder, '.groundplan', 'engine.json'), JSON.stringify(record));
    return folder;
  }

  test('in the middle of a command is told', async () => {
    const door = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    door.on('connection', (socket) => socket.once('message', () => socket.terminate()));
    await once(door, 'listening');
    const folder = await lockedWorkspace('lost', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
    const { code, stdout, stderr } = await shell.run(['--workspace', folder, 'drift', '--json']);
    expect({ code, stderr, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 1,
      stderr: '',
      error: { code: 'engine-gone', advice: expect.stringContaining('again') as string },
    });
    door.close();
  });

  test('and does not answer is told', async () => {
    const folder = await lockedWorkspace('silent', `http://127.0.0.1:${await freePort()}`);
    const { code, stderr } = await shell.run(['--workspace', folder, 'drift']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^The engine at \S+ that has this workspace open does not answer\.\n/) as string,
    });
  });

  test('a lock that points away from this machine is no lock', async () => {
    const folder = await lockedWorkspace('hostile', 'http://engine.example');
    expect(await shell.run(['--workspace', folder, 'drift'])).toMatchObject({ code: 0, stderr: '' });
  });
});
