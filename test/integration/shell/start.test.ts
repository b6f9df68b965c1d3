import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

// `npm start` as the script behind it: what a newcomer sees first.

interface Started extends AsyncDisposable {
  output(): string;
  interrupt(): void;
  readonly ended: Promise<number | null>;
}

async function start(options: {
  readonly node?: readonly string[];
  readonly args?: readonly string[];
}): Promise<Started> {
  const settings = await mkdtemp(path.join(tmpdir(), 'groundplan-start-'));
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const script = path.resolve('tools', 'start', 'start.mjs');
  const child = spawn(process.execPath, [...(options.node ?? []), script, ...(options.args ?? [])], {
    env: { ...env, GROUNDPLAN_SETTINGS: settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => resolve(code));
  });
  return {
    output: () => text,
    interrupt: () => child.kill('SIGINT'),
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await ended;
      await rm(settings, { recursive: true, force: true });
    },
  };
}

test('an old Node is told, with the way to the right one', async () => {
  const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } })";
  await using started = await start({ node: ['--import', `data:text/javascript,${encodeURIComponent(old)}`] });
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(
    /^Groundplan needs Node 24; this is Node 20\.11\.0\. Run `npm ci` and then `npm start`/,
  );
});

test.runIf(process.platform === 'linux')(
  'without a display it says so in one line, serves the same app, and ends with Ctrl-C',
  async () => {
    await using started = await start({ args: ['--port', '0', '--no-open'] });
    await expect
      .poll(() => started.output(), { timeout: 120_000 })
      .toMatch(/^\s*Groundplan: http:\/\/127\.0\.0\.1:\d+\/login\?token=\S+$/m);
    expect(started.output()).toMatch(
      /^There is no display here: serving the same app to a browser on this machine instead\.$/m,
    );
    started.interrupt();
    expect(await started.ended).toBe(0);
  },
);
