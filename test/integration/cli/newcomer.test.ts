import { once } from 'node:events';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import { cleanEnvironment } from '#test/support/toolchain/index.ts';

// Everything about mapping as somebody meets it who has not mapped anything yet.

let shell: Shell;
let empty: string;
const beginWith = 'Nothing was mapped yet. Begin with `groundplan discover`';

beforeAll(async () => {
  shell = await openShell({ ...cleanEnvironment(), AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  empty = path.join(shell.folder, 'empty');
  await shell.run(['--workspace', empty, 'init']);
});

afterAll(() => shell?.[Symbol.asyncDispose]());

const run = (...args: string[]) => shell.run(['--workspace', empty, ...args]);

describe('in a folder that is no workspace', { timeout: 180_000 }, () => {
  test('the policies of mapping are told, one alone as it goes into a file', async () => {
    const folder = path.join(shell.folder, 'mine');
    await mkdir(folder);
    await writeFile(path.join(folder, 'notes.txt'), 'mine\n');
    const one = await shell.run(['--workspace', folder, 'policy', '--cloud', 'aws']);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(one.stdout)).toMatchObject({ Version: '2012-10-17' });
    const all = await shell.run(['--workspace', folder, 'policy', '--json']);
    expect(all.json()).toMatchObject({ policies: [{ cloud: 'aws' }, { cloud: 'azure' }, { cloud: 'gcp' }] });
    expect(await readdir(folder)).toEqual(['notes.txt']);
  });

  test.each([
    [['import', 'nothing.json'], 'There is no such file'],
    [['discover', '--connection', 'x'], 'The workspace has no connection called x.'],
    [['discover', '--resume'], 'There is nothing to resume'],
  ])('what is refused of %j leaves no workspace behind', async (args, message) => {
    const folder = path.join(shell.folder, args.join('-'));
    const refused = await shell.run(['--workspace', folder, ...args]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain(message);
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
    await mkdir(folder);
    expect((await shell.run(['--workspace', folder, ...args, '--json'])).json()).toMatchObject({
      error: { message: expect.stringContaining(message) as string },
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('in a workspace without a map', { timeout: 300_000 }, () => {
  test.each([
    [['graph', 'stats'], 0],
    [['graph', 'find', 'web'], 0],
    [['graph', 'exposed'], 0],
    [['graph', 'overlaps'], 0],
    [['graph', 'query', 'MATCH (r:Resource) RETURN r.id'], 0],
    [['graph', 'blast', 'i-1'], 2],
    [['graph', 'uses', 'i-1'], 2],
    [['graph', 'neighbours', 'i-1'], 2],
    [['graph', 'path', 'i-1', 'i-2'], 2],
  ])('%j says that nothing was mapped', async (args, code) => {
    const told = await run(...args);
    expect(told.code).toBe(code);
    expect(told.stderr).toContain(beginWith);
  });

  test('answers for scripts have their shape, and nothing beside it', async () => {
    const listed = await run('runs', 'list', '--json');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.json()).toEqual({ retention: { runs: null, days: null }, followed: true, bytes: 0, runs: [] });
    const found = await run('graph', 'find', 'web', '--json');
    expect(found).toMatchObject({ code: 0, stderr: '' });
    expect(found.json()).toEqual({ total: 0, rows: [] });
    expect((await run('coverage', '--json')).json()).toEqual({ cells: [], advice: [] });
    expect((await run('schedule', 'list', '--json')).json()).toEqual({ schedules: [] });
  });

  test.each([
    [['graph', 'blast', 'i-1', 'i-2'], 'Not in the graph: i-1, i-2.'],
    [['graph', 'compare', '1', '2'], 'There is no run 1.'],
    [['runs', 'remove', '1'], 'There is no run 1.'],
    [['coverage', '--run', '1'], 'There is no run 1.'],
    [['coverage', '--as-of', '1'], 'There is no run 1.'],
    [['coverage', '--run', '1', '--as-of', '1'], 'Give --run or --as-of, not both.'],
    [['graph', 'stats', '--run', '1'], 'There is no run 1.'],
    [['export', 'estate.gz'], 'There is nothing to export'],
    [['schedule', 'set', 'prod'], 'The workspace has no connection called prod.'],
    [['schedule', 'install', 'prod', '--print'], 'The workspace has no connection called prod.'],
    [['schedule', 'run', '--connection', 'prod'], 'prod has no schedule.'],
  ])('%j is refused with 2, and says how to go on', async (args, message) => {
    const refused = await run(...args, '--json');
    expect(refused).toMatchObject({ code: 2, stderr: '' });
    expect(refused.json()).toMatchObject({
      error: { message: expect.stringContaining(message) as string, advice: expect.stringMatching(/\w/) as string },
    });
  });
});

test(
  'Ctrl-C ends a run that waits for a cloud, and says that it can be gone on with',
  { timeout: 180_000 },
  async () => {
    // A cloud that never answers.
    const silent = createServer(() => undefined);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const { port } = silent.address() as AddressInfo;
      const asked = once(silent, 'request');
      const folder = path.join(shell.folder, 'stopped');
      const options = ['discover', '--cloud', 'aws', '--endpoint', `http://127.0.0.1:${port}`];
      const { child, result } = shell.start(['--workspace', folder, ...options]);
      await asked;
      child.kill('SIGINT');
      expect((await result).code).toBe(1);
      const { runs } = (await shell.run(['--workspace', folder, 'runs', 'list', '--json'])).json() as {
        runs: { status: string }[];
      };
      for (const one of runs) expect(['cancelled', 'failed']).toContain(one.status);
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  },
);
