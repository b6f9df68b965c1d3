import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findGo } from '../../../tools/toolchain/build/go.ts';

const program = path.resolve(import.meta.dirname, '../../../tools/toolchain/toolchain.ts');

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'groundplan-toolchain-'));
});

afterEach(async () => {
  await rm(cache, { recursive: true, force: true });
});

function start(
  parts: readonly string[],
  env: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...parts], {
    env: { ...process.env, GROUNDPLAN_TOOLCHAIN: cache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
  return { child, ended };
}

const listSchema = z.object({
  directory: z.string(),
  tools: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      present: z.boolean(),
      path: z.string().nullable(),
      bytes: z.number().nullable(),
    }),
  ),
});

describe('npm run toolchain', () => {
  it('builds a tool once for two runs at the same time and lists it', async () => {
    const runs = await Promise.all([start(['etcd']).ended, start(['etcd']).ended]);
    expect(runs.map((run) => run.code)).toEqual([0, 0]);
    const outputs = runs.map((run) => run.output).toSorted((a, b) => b.length - a.length);
    expect(outputs.filter((output) => output.includes('building; the first time'))).toHaveLength(1);
    expect(outputs.filter((output) => output.includes('another run is building it'))).toHaveLength(1);

    const again = await start(['etcd']).ended;
    expect(again.output).toMatch(/etcd \S+: there/);
    const { output } = await start(['--list', '--json']).ended;
    const list = listSchema.parse(JSON.parse(output));
    expect(list.directory).toBe(cache);
    expect(list.tools.find((tool) => tool.name === 'etcd')).toMatchObject({
      present: true,
      path: expect.stringContaining(cache),
      bytes: expect.any(Number),
    });
    expect(list.tools.find((tool) => tool.name === 'tofu')).toMatchObject({ present: false, path: null });
  });

  it('fails by the name of the part it cannot build, and builds the others', async () => {
    const commands = path.join(cache, 'commands');
    await mkdir(commands);
    await symlink(findGo('etcd'), path.join(commands, 'go'));
    const { code, output } = await start(['moto', 'chromium', 'etcd'], { PATH: commands }).ended;
    expect(code).toBe(1);
    expect(output).toContain('Python is missing; moto runs on it.');
    expect(output).toContain('apt-get install python3');
    expect(output).toContain('Chromium is missing.');
    expect(output).toMatch(/etcd \S+: ready after/);
    expect(output).toContain('Missing: moto, Chromium.');
  });

  it('leaves nothing that counts as built when it is stopped, and goes on the next time', async () => {
    const { child, ended } = start(['moto']);
    const building = async (): Promise<boolean> =>
      (await readdir(cache)).some(
        (name) => name.startsWith('.building-moto') && existsSync(path.join(cache, name, 'bin')),
      );
    while (!(await building())) await sleep(50);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(1);
    expect((await readdir(cache)).filter((name) => !name.startsWith('.locks'))).toEqual([]);
    const { output } = await start(['--list', 'moto']).ended;
    expect(output).toContain('missing');
  });

  it('refuses a name it does not know and says which there are', async () => {
    const { code, output } = await start(['terrafrom']).ended;
    expect(code).toBe(2);
    expect(output).toContain('No such tool: terrafrom.');
    expect(output).toContain('kube-apiserver');
  });
});
