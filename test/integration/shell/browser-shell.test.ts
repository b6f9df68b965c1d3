import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { spawnServe, startServe } from '../../support/serve.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-shell-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function makeWorkspace(name = 'demo'): Promise<string> {
  const root = path.join(folder, name);
  await mkdir(root, { recursive: true });
  await writeFile(path.join(root, 'groundplan.yaml'), `groundplan: 1\nname: ${name}\n`);
  return root;
}

/** The status of a WebSocket upgrade: 101 or what it was refused with. */
function upgrade(origin: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    // Refused with a status comes first; no connection at all is 0.
    socket.on('error', () => resolve(0));
  });
}

test('the printed link logs one browser in; nothing else is let in, from wherever it comes', async () => {
  await using served = await startServe();
  const { origin } = served;
  expect((await fetch(`${origin}/`)).status).toBe(401);
  expect((await fetch(`${origin}/login?token=guessed`, { redirect: 'manual' })).status).toBe(401);

  const login = await fetch(served.link, { redirect: 'manual' });
  const setCookie = login.headers.get('set-cookie') ?? '';
  expect(login.status).toBe(303);
  expect(setCookie).toMatch(/HttpOnly; SameSite=Strict/);
  const cookie = setCookie.split(';')[0] ?? '';

  expect(await upgrade(origin, { origin, cookie })).toBe(101);
  expect(await upgrade(origin, { origin: 'http://evil.example', cookie })).toBe(401);
  expect(await upgrade(origin, { cookie })).toBe(401);
  expect(await upgrade(origin, { origin })).toBe(401);
  expect(await upgrade(origin, { authorization: 'Bearer wrong' })).toBe(401);
  // A page of another site that resolves to 127.0.0.1 names itself in the Host header.
  const rebound = execFileSync(
    'curl',
    ['-s', '-o', '/dev/null', '-w', '%{http_code}', '-H', 'Host: evil.example', origin],
    { encoding: 'utf8' },
  );
  expect(rebound).toBe('421');
});

test('Ctrl-C ends everything it started and leaves no lock behind', async () => {
  const root = await makeWorkspace();
  const served = await startServe({ args: ['--workspace', root] });
  const lock = JSON.parse(await readFile(path.join(root, '.groundplan', 'engine.json'), 'utf8')) as { pid: number };
  expect((await stat(path.join(root, '.groundplan', 'engine.json'))).mode & 0o777).toBe(0o600);
  expect(await served.interrupt()).toBe(0);
  expect(await readdir(path.join(root, '.groundplan'))).not.toContain('engine.json');
  expect(() => process.kill(lock.pid, 0)).toThrow('ESRCH');
});

test('an engine that is killed is started again at the same address, and the browser stays logged in', async () => {
  const root = await makeWorkspace();
  await using served = await startServe({ args: ['--workspace', root] });
  const login = await fetch(served.link, { redirect: 'manual' });
  const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const lockFile = path.join(root, '.groundplan', 'engine.json');
  const { pid } = JSON.parse(await readFile(lockFile, 'utf8')) as { pid: number };
  process.kill(pid, 'SIGKILL');
  const holder = async () => (JSON.parse(await readFile(lockFile, 'utf8')) as { pid: number }).pid;
  await expect.poll(() => holder().catch(() => pid), { timeout: 60_000 }).not.toBe(pid);
  expect(await upgrade(served.origin, { origin: served.origin, cookie })).toBe(101);
});

test('a second start on the same workspace says who has it', async () => {
  const root = await makeWorkspace();
  await using _first = await startServe({ args: ['--workspace', root] });
  const second = spawnServe({ args: ['--workspace', root, '--port', '0'] });
  expect(await second.ended).toBe(1);
  expect(second.output()).toMatch(/open in another Groundplan \(process \d+\)/);
});

test('a port that was asked for and is taken is an error; the usual port gives way to a free one', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve());
  });
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const refused = spawnServe({ args: ['--port', String(port)] });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain(`Port ${port} on 127.0.0.1 is in use`);
  other.close();
});

test('a folder that is no workspace, a broken groundplan.yaml and a wrong option are each told', async () => {
  const empty = path.join(folder, 'empty');
  await mkdir(empty);
  const notOne = spawnServe({ args: ['--workspace', empty, '--port', '0'] });
  expect(await notOne.ended).toBe(1);
  expect(notOne.output()).toContain('is not a Groundplan workspace');

  const broken = await makeWorkspace('broken');
  await writeFile(
    path.join(broken, 'groundplan.yaml'),
    'groundplan: 1\nname: x\nconnections:\n  - name: a\n    cloud: mars\n',
  );
  const wrong = spawnServe({ args: ['--workspace', broken, '--port', '0'] });
  expect(await wrong.ended).toBe(1);
  expect(wrong.output()).toContain('groundplan.yaml:5:5: connections[0].cloud');

  const usage = spawnServe({ args: ['--port', 'many'] });
  expect(await usage.ended).toBe(2);
  expect(usage.output()).toContain('--port many');
});

test.skipIf(process.getuid?.() !== 0)(
  'a folder that cannot be written is told (runs as another user, needs root)',
  async () => {
    const root = await makeWorkspace();
    await chmod(root, 0o555);
    const served = spawnServe({ args: ['--workspace', root, '--port', '0'], uid: 65_534, env: { HOME: folder } });
    expect(await served.ended).toBe(1);
    expect(served.output()).toContain('cannot be written');
  },
);
