import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '#shared/contract/index.ts';
import { startRelay } from '../../support/relay.ts';
import { startServe, type Served } from '../../support/serve.ts';

const run = promisify(execFile);
const tools = ['search_catalog', 'describe_blueprint', 'query_estate', 'propose_deployment', 'get_deployment'];
let folder: string;
let served: Served;
let token: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-agents-'));
  await writeFile(path.join(folder, 'groundplan.yaml'), 'groundplan: 1\nname: agents\n');
  served = await startServe({ args: ['--workspace', folder] });
  const lock = JSON.parse(await readFile(path.join(folder, '.groundplan', 'engine.json'), 'utf8')) as {
    url: string;
    agentToken: string;
  };
  url = `${lock.url}/mcp`;
  token = lock.agentToken;
});

afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function connected(transport: unknown): Promise<Client> {
  const client = new Client({ name: 'claude', version: '1' });
  await client.connect(transport as Transport);
  return client;
}

const overHttp = () =>
  connected(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
  );

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
};

function post(headers: Record<string, string>, body: string = JSON.stringify(initialize)): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body,
  });
}

test('there are five tools, in a fixed order, and none approves', async () => {
  const client = await overHttp();
  const listed = (await client.listTools()).tools;
  expect(listed.map(({ name }) => name)).toEqual(tools);
  expect(JSON.stringify(listed)).not.toMatch(/"name":"[^"]*(approve|reject|cancel|policy)/);
  await client.close();
});

test('a forged call of an approving tool is an unknown tool', async () => {
  const client = await overHttp();
  for (const name of ['approve_deployment', 'deployments.approve', 'approve', 'reject_deployment']) {
    const answer = await client.callTool({ name, arguments: { id: '1' } }).then(
      (result) => JSON.stringify(result),
      (error: Error) => error.message,
    );
    expect(answer).toMatch(/not found|unknown tool/i);
  }
  await client.close();
});

test('an empty catalog and an empty estate are answers, not errors; a foreign id does not exist', async () => {
  const client = await overHttp();
  const catalog = await client.callTool({ name: 'search_catalog', arguments: {} });
  expect(catalog.structuredContent).toEqual({ blueprints: [] });
  const foreign = await client.callTool({ name: 'get_deployment', arguments: { id: 'guessed' } });
  expect(foreign.isError).toBe(true);
  expect(JSON.stringify(foreign.content)).toContain('not-found');
  await client.close();
});

test('over standard input and output the launcher joins the running engine', async () => {
  const client = await connected(
    new StdioClientTransport({
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', path.resolve('src/main/cli.ts'), 'mcp', '--workspace', folder],
      stderr: 'inherit',
    }),
  );
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(tools);
  await client.close();
});

test('the command shown to a person for their agent works as it stands, from any folder', async () => {
  const login = await fetch(served.link, { redirect: 'manual' });
  const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { origin } = served;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { origin, cookie } });
  await once(socket, 'open');
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  const engine: ContractRouterClient<Contract> = createORPCClient(link);
  const { stdioCommand } = await engine.system.agentAccess();
  socket.close();
  const [command = '', ...args] = stdioCommand;
  const client = await connected(new StdioClientTransport({ command, args, cwd: tmpdir(), stderr: 'inherit' }));
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(tools);
  await client.close();
});

describe('what the door refuses', () => {
  test('a missing or wrong token', async () => {
    expect((await post({})).status).toBe(401);
    expect((await post({ authorization: 'Bearer wrong' })).status).toBe(401);
  });

  test('a page of another origin, even with the token', async () => {
    expect((await post({ authorization: `Bearer ${token}`, origin: 'http://evil.example' })).status).toBe(403);
  });

  test('a body that is too large or no JSON, and a session that is over', async () => {
    const authorization = `Bearer ${token}`;
    expect((await post({ authorization }, `{"x":"${'a'.repeat(1_100_000)}"}`)).status).toBe(413);
    expect((await post({ authorization }, '{')).status).toBe(400);
    expect((await post({ authorization, 'mcp-session-id': 'gone' })).status).toBe(404);
  });
});

describe('the conformance scenarios that apply to a server with its own tools', () => {
  test.each([
    'server-initialize',
    'ping',
    'tools-list',
    'resources-list',
    'prompts-list',
    'dns-rebinding-protection',
    'server-sse-multiple-streams',
  ])('%s', async (scenario) => {
    await using relay = await startRelay(url, token);
    const program = path.resolve('node_modules/.bin/conformance');
    const output = await mkdtemp(path.join(tmpdir(), 'groundplan-conformance-'));
    const { stdout } = await run(
      process.execPath,
      [program, 'server', '--url', relay.url, '--scenario', scenario, '-o', output],
      {
        timeout: 60_000,
      },
    ).catch((error: { stdout: string; stderr: string }) => {
      throw new Error(`${error.stdout}\n${error.stderr}`);
    });
    await rm(output, { recursive: true, force: true });
    expect(stdout).toMatch(/passed/i);
  });
});
