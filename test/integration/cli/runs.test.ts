import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';

// Two runs over the same sample, so that nothing may differ.

let shell: Shell;
let workspace: string;

beforeAll(async () => {
  shell = await openShell();
  workspace = path.join(shell.folder, 'shop');
  for (const _run of [1, 2]) await run('sample');
});

afterAll(() => shell?.[Symbol.asyncDispose]());

const run = (...args: string[]) => shell.run(['--workspace', workspace, ...args]);

test('two runs over an unchanged estate give no difference', async () => {
  const compared = await run('graph', 'compare', '1', '2', '--json');
  expect(compared).toMatchObject({ code: 0, stderr: '' });
  expect(compared.json()).toEqual({
    from: 1,
    to: 2,
    added: [],
    removed: [],
    changed: [],
    cannotTell: expect.any(Array) as unknown,
    unknown: 0,
  });
  const told = await run('graph', 'compare', '1', '2');
  expect(told.stdout).toContain('Run 1 to run 2: 0 added, 0 removed, 0 changed');
});

test('a run that never was is told', async () => {
  const compared = await run('graph', 'compare', '1', '7', '--json');
  expect(compared).toMatchObject({ code: 2 });
  expect(compared.json()).toMatchObject({ error: { code: 'not-found', message: 'There is no run 7.' } });
});

test('the map can be asked as it stood after a run', async () => {
  const [then, now] = [await run('graph', 'stats', '--run', '1', '--json'), await run('graph', 'stats', '--json')];
  expect(then).toMatchObject({ code: 0, stderr: '' });
  expect(now.json()).toEqual({ ...(then.json() as object), runs: 2 });
  const cypher = 'MATCH (r:Run) RETURN max(r.id) AS newest';
  expect((await run('graph', 'query', cypher, '--run', '1', '--json')).json()).toMatchObject({ rows: [{ newest: 1 }] });
  expect((await run('graph', 'stats', '--run', '9', '--json')).code).toBe(2);
});

test(
  'the history is told with its size, kept by a rule, pruned, and a run removed by hand once that is confirmed',
  { timeout: 400_000 },
  async () => {
    const listed = await run('runs', 'list', '--json');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    const { bytes, runs } = listed.json() as { bytes: number; runs: { id: number; clouds: string[]; bytes: number }[] };
    expect(runs.map(({ id }) => id)).toEqual([2, 1]);
    expect(runs.map(({ clouds }) => clouds)).toEqual([['aws'], ['aws']]);
    expect(runs.reduce((sum, one) => sum + one.bytes, 0)).toBe(bytes);

    const asked = await run('runs', 'remove', '1');
    expect(asked.code).toBe(2);
    expect(asked.stdout).toContain('Give --yes to remove it for good.');
    const needed = await run('runs', 'remove', '2', '--yes', '--json');
    expect(needed).toMatchObject({ code: 1 });
    expect(needed.json()).toMatchObject({ error: { code: 'conflict' } });
    expect((await run('runs', 'prune')).stdout).toBe('No run was removed.\n');

    expect((await run('runs', 'keep', '--last', '1', '--all')).code).toBe(2);
    expect((await run('runs', 'keep', '--last', '1')).stdout).toBe(
      'Kept are the newest run, and what the map still rests on.\n',
    );
    expect((await run('runs', 'prune', '--dry-run', '--json')).json()).toMatchObject({
      removed: [{ run: 1 }],
      kept: [],
    });
    expect((await run('runs', 'prune')).stdout).toMatch(/^Run 1 removed: /u);
    expect((await run('graph', 'stats', '--run', '1', '--json')).json()).toMatchObject({
      error: { code: 'not-found' },
    });
    expect((await run('runs', 'keep', '--json')).json()).toEqual({
      retention: { runs: 1, days: null },
      followed: true,
    });

    await run('sample');
    expect((await run('runs', 'keep', '--all')).stdout).toBe('All runs are kept.\n');
    expect((await run('runs', 'remove', '2', '--yes')).stdout).toMatch(/^Run 2 removed: /u);
    expect(((await run('runs', 'list', '--json')).json() as { runs: object[] }).runs).toMatchObject([{ id: 3 }]);
  },
);

test('a rule that came with the workspace removes nothing after a run until it is set on this machine', async () => {
  await appendFile(path.join(workspace, 'groundplan.yaml'), 'history: { runs: 1 }\n');
  const state = path.join(shell.folder, 'shop.tfstate');
  await writeFile(state, '{ "version": 4, "lineage": "shop", "terraform_version": "1.9.0", "resources": [] }\n');
  const waits = 'The rule for old runs is not followed on this machine.';
  expect((await run('import', state)).stderr).toContain(waits);
  expect((await run('import', state)).stderr).toContain(waits);
  expect(await listed()).toMatchObject({ retention: { runs: 1, days: null }, followed: false, runs: [5, 4, 3] });
  expect((await run('runs', 'keep')).stdout).toContain('set it with `groundplan runs keep` to follow it.');

  await run('runs', 'keep', '--last', '1');
  expect((await run('import', state)).stderr).toBe('');
  // The map rests on run 3 for all but the state.
  expect(await listed()).toMatchObject({ followed: true, runs: [6, 3] });
});

async function listed(): Promise<object> {
  const told = (await run('runs', 'list', '--json')).json() as { runs: { id: number }[] };
  return { ...told, runs: told.runs.map(({ id }) => id) };
}
