import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import { writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import { smallCompany } from '#test/support/split/index.ts';

let shell: Shell;

beforeAll(async () => {
  shell = await openShell();
  await mkdir(path.join(shell.folder, 'company'));
  await writeFiles(path.join(shell.folder, 'company'), smallCompany);
});

afterAll(() => shell?.[Symbol.asyncDispose]());

const split = (...args: string[]) => shell.run(['split', path.join(shell.folder, 'company'), ...args]);

test('a split is told as text, and as JSON with everything that is known of it', async () => {
  const text = await split();
  expect(text).toMatchObject({ code: 0 });
  expect(text.stdout).toMatch(/^12 resources and module calls in \d+ lines, \d parts:\n/);
  expect(text.stdout).toMatch(/^By fineness: coarse \d parts \(largest \d+\), medium .*, fine .*\.$/m);
  const json = await split('--json', '--groups', '3');
  expect(json).toMatchObject({ code: 0 });
  const answer = json.json() as Record<string, unknown>;
  expect(Object.keys(answer).sort()).toEqual([
    'bound',
    'crossings',
    'cycles',
    'decisions',
    'emission',
    'foundTarget',
    'groups',
    'interfaces',
    'lines',
    'members',
    'moves',
    'name',
    'problems',
    'proof',
    'push',
    'reach',
    'resolutions',
    'root',
    'scores',
  ]);
  expect(answer).toMatchObject({ name: 'company', emission: null, push: null, decisions: { groups: 3 } });
  expect(answer['groups']).toHaveLength(3);
});

test('a mistake among the pins is told with its line, and ends with 2', async () => {
  const pins = path.join(shell.folder, 'pins.yaml');
  await writeFile(pins, 'fineness: medium\npins:\n  terraform_data.network_vpc: Not A Name\n');
  const { code, stderr } = await split('--pins', pins);
  expect(code).toBe(2);
  expect(stderr).toContain(`${pins}:3`);
});

test('boundaries are decided in the pins and by an option, and one for a part that is not there is told', async () => {
  const pins = path.join(shell.folder, 'boundaries.yaml');
  await writeFile(pins, 'boundaries:\n  network: security\n  orders: compute\n');
  const decidedSplit = await split('--json', '--pins', pins, '--boundary', 'orders=data', '--boundary', 'gone=data');
  expect(decidedSplit.code).toBe(0);
  const answer = decidedSplit.json() as {
    groups: { name: string; boundary: string }[];
    problems: { code: string; field: string }[];
  };
  const decided = Object.fromEntries(answer.groups.map(({ name, boundary }) => [name, boundary]));
  expect(decided).toMatchObject({ network: 'security', orders: 'data' });
  expect(answer.problems.filter((one) => one.code === 'unused-decision').map(({ field }) => field)).toEqual([
    'boundaries.gone',
  ]);
  const wrong = await split('--boundary', 'orders=somewhere');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('boundaries are networking, data');
});

test('a state from two places is refused, and code that cannot be read ends with 1', async () => {
  const both = await split('--state', 'x.tfstate', '--pull-state', '--json');
  expect(both).toMatchObject({ code: 2 });
  expect(both.json()).toMatchObject({
    error: { code: 'bad-input', message: '--state and --pull-state exclude each other.' },
  });
  const unproven = await split('--push', 'small-company', '--json');
  expect(unproven).toMatchObject({ code: 2 });
  expect(unproven.json()).toMatchObject({
    error: { code: 'bad-input', message: '--push needs the state: only what is proven with it is pushed.' },
  });
  const broken = path.join(shell.folder, 'broken');
  await mkdir(broken);
  await writeFiles(broken, { 'a.tf': 'resource "terraform_data" "a" {}\n', 'b.tf': 'locals {\n  x = = 1\n}\n' });
  expect(await shell.run(['split', broken])).toMatchObject({ code: 1 });
});

test('what changed in an artifact since it was imported is told as text and as JSON', async () => {
  const module = path.join(shell.folder, 'greeting');
  const workspace = path.join(shell.folder, 'shop');
  await mkdir(module);
  await mkdir(workspace);
  await writeFiles(workspace, { 'groundplan.yaml': 'groundplan: 1\nname: shop\n' });
  const text = 'variable "text" {\n  type = string\n}\n';
  await writeFiles(module, { 'main.tf': text });
  const run = (...args: string[]) => shell.run(['--workspace', workspace, 'artifact', ...args]);
  expect(await run('import', module)).toMatchObject({ code: 0 });
  expect(await run('diff', 'greeting')).toMatchObject({
    code: 0,
    stdout: 'Nothing changed between recorded and now.\n',
  });
  await writeFiles(path.join(workspace, 'artifacts', 'greeting'), { 'main.tf': text.replace('string', 'number') });
  const changed = await run('diff', 'greeting');
  expect(changed).toMatchObject({ code: 0 });
  expect(changed.stdout).toMatch(/^change +path +before +after +breaking +why/);
  expect(changed.stdout).toMatch(/^changed +inputs\.text\.type +\{"type":"string"\} +\{"type":"number"\} +yes +\S/m);
  expect(changed.stdout).toMatch(/No blueprint uses it\.\n$/);
  const json = await run('diff', 'greeting', '--json');
  expect(json.json()).toMatchObject({
    changes: [
      { path: 'inputs.text.type', before: { type: 'string' }, after: { type: 'number' }, breaking: true },
      { path: 'code', breaking: false },
    ],
    uses: [],
  });
  expect(await run('diff', 'nope', '--json')).toMatchObject({ code: 2 });
});
