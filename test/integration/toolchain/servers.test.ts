import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { chromiumPath, cleanEnvironment, freePort, startMoto, startToolServer } from '#test/support/toolchain/index.ts';

async function isListening(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(2000) });
    return true;
  } catch {
    return false;
  }
}

async function eventually(check: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await check()) return true;
    await sleep(50);
  }
  return false;
}

async function callQueues(endpoint: string, body: Record<string, string>): Promise<Response> {
  return fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: new URLSearchParams({ Version: '2012-11-05', ...body }),
  });
}

describe('moto as the tests run it', () => {
  it('answers as AWS does, can be emptied, and is gone when it is disposed of', async () => {
    let endpoint: string;
    {
      await using moto = await startMoto();
      endpoint = moto.endpoint;
      await callQueues(endpoint, { Action: 'CreateQueue', QueueName: 'jobs' });
      expect(await (await callQueues(endpoint, { Action: 'ListQueues' })).text()).toContain('/123456789012/jobs');
      await moto.reset();
      expect(await (await callQueues(endpoint, { Action: 'ListQueues' })).text()).not.toContain('jobs');
    }
    expect(await isListening(endpoint)).toBe(false);
  });

  it('denies what nobody is allowed once it checks permissions', async () => {
    await using moto = await startMoto();
    expect((await callQueues(moto.endpoint, { Action: 'ListQueues' })).status).toBe(200);
    await moto.checkPermissionsAfter(0);
    expect((await callQueues(moto.endpoint, { Action: 'ListQueues' })).status).toBe(403);
  });

  it('ends when its signal aborts', async () => {
    const stop = new AbortController();
    await using moto = await startMoto({ signal: stop.signal });
    stop.abort();
    expect(await eventually(async () => !(await isListening(moto.endpoint)))).toBe(true);
  });

  it('says so when its port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    try {
      await expect(startMoto({ port })).rejects.toMatchObject({
        code: 'tool-failed',
        message: expect.stringContaining('in use'),
      });
    } finally {
      other.close();
    }
  });

  it('ends with the process that started it, even when that is killed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-killed-'));
    try {
      const program = path.join(folder, 'program.ts');
      const support = path.resolve(import.meta.dirname, '../../support/toolchain/index.ts');
      await writeFile(
        program,
        `import { startMoto } from ${JSON.stringify(support)};
         const moto = await startMoto();
         console.log(moto.endpoint);
         setInterval(() => {}, 1000);`,
      );
      const parent = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
      const endpoint = await new Promise<string>((resolve, reject) => {
        parent.once('exit', () => reject(new Error('the program ended early')));
        parent.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()));
      });
      expect(await isListening(endpoint)).toBe(true);
      parent.kill('SIGKILL');
      expect(await eventually(async () => !(await isListening(endpoint)))).toBe(true);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('any server of a test', () => {
  const shell = (script: string, isReady: () => Promise<boolean>) =>
    startToolServer({
      title: 'the server',
      file: '/bin/sh',
      arguments: ['-c', script],
      isReady,
      timeoutSeconds: 1,
    });

  it('fails with its log when it ends before it is ready', async () => {
    await expect(shell('echo no disk left >&2; exit 4', async () => false)).rejects.toMatchObject({
      code: 'tool-failed',
      message: expect.stringContaining('no disk left'),
    });
  });

  it('fails and is ended when it does not become ready in time', async () => {
    const isReady = () => Promise.reject(new Error('not yet'));
    await expect(shell('sleep 60', isReady)).rejects.toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining('not yet'),
    });
  });

  it('is asked to end before it is made to', async () => {
    const server = await shell('trap "echo finished; exit 0" TERM; while :; do sleep 0.05; done', async () => true);
    await sleep(200);
    await server.stop();
    expect(server.log()).toContain('finished');
  });

  it('gets none of the settings that point tools at the user’s clouds', () => {
    expect(Object.keys(cleanEnvironment()).filter((name) => /^(?:AWS_|TF_|KUBE)/.test(name))).toEqual([]);
    expect(cleanEnvironment()['PATH']).toBe(process.env['PATH']);
  });
});

describe('Chromium', () => {
  it('is there and tells its version', async () => {
    const { stdout } = await promisify(execFile)(chromiumPath(), ['--version', '--no-sandbox']);
    expect(stdout).toMatch(/Chrom(?:e|ium) \d+/);
  });
});
