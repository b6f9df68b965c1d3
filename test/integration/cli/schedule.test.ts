import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import { cleanEnvironment } from '#test/support/toolchain/index.ts';

// The system's own timers, as a person installs them. The system that keeps them is a fake which writes down what it
// is told; the units themselves are read by systemd's own checker where the machine has it.

const run = promisify(execFile);

let shell: Shell;
let home: string;
let workspace: string;

beforeAll(async () => {
  shell = await openShell();
  home = path.join(shell.folder, 'home of 100% ada');
  const programs = path.join(shell.folder, 'bin');
  await mkdir(home);
  await mkdir(programs);
  const fake = path.join(programs, 'systemctl');
  await writeFile(fake, `#!/bin/sh\necho "$@" >> "${path.join(shell.folder, 'told')}"\n`);
  await chmod(fake, 0o755);
  workspace = path.join(shell.folder, 'my "shop" 5%');
  await mkdir(workspace);
  await writeFile(
    path.join(workspace, 'groundplan.yaml'),
    [
      'groundplan: 1',
      'name: shop',
      'connections:',
      '  - { name: prod eu, cloud: aws, regions: [eu-west-1], endpoint: "http://127.0.0.1:9" }',
      'schedules:',
      '  - { connection: prod eu, every: 12h }',
      '',
    ].join('\n'),
  );
});

afterAll(() => shell?.[Symbol.asyncDispose]());

function groundplan(...args: string[]) {
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: undefined,
    PATH: `${path.join(shell.folder, 'bin')}:${cleanEnvironment()['PATH'] ?? ''}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return shell.run(['--workspace', workspace, ...args], { env });
}

const units = () => path.join(home, '.config/systemd/user');
const told = () => readFile(path.join(shell.folder, 'told'), 'utf8').catch(() => '');
const isLinux = process.platform === 'linux';

test.runIf(isLinux)(
  'installing timers without a name takes none that nobody here said yes to',
  async () => {
    const left = await groundplan('schedule', 'install', '--json');
    expect(left.json()).toEqual({ timers: [], notFollowed: ['prod eu'] });
    expect((await groundplan('schedule', 'install')).stdout).toContain('left out:\n  prod eu\n');
    expect(await readdir(units()).catch(() => [])).toEqual([]);
    const listed = await groundplan('schedule', 'list', '--json');
    expect(listed.json()).toMatchObject({ schedules: [{ followed: false }] });
  },
  120_000,
);

test('a schedule that came with the workspace is shown, and followed only once somebody here says so', async () => {
  const listed = await groundplan('schedule', 'list', '--json');
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.json()).toMatchObject({ schedules: [{ followed: false, nextAt: null, lastAt: null, timer: null }] });
  const refused = await groundplan('schedule', 'run', '--json');
  expect(refused.json()).toEqual({ runs: [] });

  const set = await groundplan('schedule', 'set', 'prod eu', '--every', '6h', '--quiet', '22:00-06:00', '--json');
  expect(set).toMatchObject({ code: 0, stderr: '' });
  expect(set.json()).toMatchObject({
    schedules: [{ followed: true, schedule: { every: '6h', quiet: { from: '22:00' } } }],
  });
  expect(await readFile(path.join(workspace, 'groundplan.yaml'), 'utf8')).toContain('every: 6h');
}, 120_000);

test('wrong times and unknown connections are told', async () => {
  expect((await groundplan('schedule', 'set', 'prod eu', '--every', '7h')).stderr).toContain('Give one of 15m, 30m');
  expect((await groundplan('schedule', 'set', 'prod eu', '--quiet', '22:00')).code).toBe(2);
  const unknown = await groundplan('schedule', 'set', 'nope', '--json');
  expect(unknown).toMatchObject({ code: 2 });
  expect(unknown.json()).toMatchObject({ error: { code: 'not-found' } });
}, 120_000);

test.runIf(isLinux)(
  'timers are printed, written, written again the same, and removed',
  async () => {
    const printed = await groundplan('schedule', 'install', '--print');
    expect(printed.code).toBe(0);
    expect(printed.stdout).toContain('OnCalendar=*-*-* 06:00:00');
    expect(printed.stdout).toContain('systemctl --user enable --now');
    expect(await readdir(units()).catch(() => [])).toEqual([]);
    expect(await told()).toBe('');

    const installed = await groundplan('schedule', 'install', 'prod eu');
    expect(installed).toMatchObject({ code: 0, stderr: '' });
    expect(installed.stdout).toContain('systemctl --user list-timers groundplan-my-shop-5-prod-eu-');
    const files = (await readdir(units())).sort();
    expect(files.map((name) => name.replace(/-[0-9a-f]{8}\./u, '-*.'))).toEqual([
      'groundplan-my-shop-5-prod-eu-*.service',
      'groundplan-my-shop-5-prod-eu-*.timer',
    ]);
    const [service = '', timer = ''] = files;
    const text = await readFile(path.join(units(), service), 'utf8');
    expect(text).toContain(`ExecStart=:"${process.execPath.replaceAll('%', '%%')}" `);
    expect(text).toContain(String.raw`my \"shop\" 5%%" "schedule" "run" "--connection" "prod eu"`);
    expect(await told()).toBe(`--user daemon-reload\n--user enable --now ${timer}\n`);

    expect((await groundplan('schedule', 'install', 'prod eu')).code).toBe(0);
    expect((await readdir(units())).sort()).toEqual(files);
    expect(await readFile(path.join(units(), service), 'utf8')).toBe(text);
    const listed = await groundplan('schedule', 'list', '--json');
    expect(listed.json()).toMatchObject({ schedules: [{ timer: path.join(units(), timer) }] });
  },
  120_000,
);

const checker = '/usr/bin/systemd-analyze';
const hasChecker =
  isLinux &&
  (await run(checker, ['--version']).then(
    () => true,
    () => false,
  ));

test.runIf(hasChecker)(
  'the units pass systemd’s own check, which reads the paths as they are',
  async () => {
    const files = (await readdir(units())).map((name) => path.join(units(), name));
    const checked = await run(checker, ['verify', '--man=no', '--user', ...files], {
      env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: shell.folder },
    });
    expect(checked.stderr).not.toContain('groundplan-');
  },
  60_000,
);

test.runIf(isLinux)(
  'a removed timer is gone, and the schedule with it when that is wanted',
  async () => {
    const removed = await groundplan('schedule', 'remove', 'prod eu', '--json');
    expect(removed).toMatchObject({ code: 0 });
    expect(await readdir(units())).toEqual([]);
    expect(await told()).toMatch(/--user disable --now \S+\.timer\n--user daemon-reload\n$/u);
    expect((await groundplan('schedule', 'remove', 'prod eu')).stdout).toBe('The system has no timer for prod eu.\n');
  },
  120_000,
);

/** The time of day so many hours from now, as a schedule has it. */
function hoursFromNow(hours: number): string {
  const time = new Date(Date.now() + hours * 3_600_000);
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

test('what the timer calls maps what is due outside quiet hours, and what went wrong is kept', async () => {
  const set = (quiet: string) => groundplan('schedule', 'set', 'prod eu', '--quiet', quiet);
  expect((await set(`${hoursFromNow(-2)}-${hoursFromNow(2)}`)).code).toBe(0);
  const quiet = await groundplan('schedule', 'run', '--connection', 'prod eu');
  expect(quiet).toMatchObject({ code: 0, stdout: 'Nothing is due.\n' });
  // At whatever time of the day this runs.
  expect((await set('none')).code).toBe(0);
  const failed = await groundplan('schedule', 'run', '--connection', 'prod eu', '--json');
  expect(failed.code).toBe(1);
  expect(failed.json()).toMatchObject({ error: { code: 'endpoint-unreachable' } });
  const listed = await groundplan('schedule', 'list', '--json');
  expect(listed.json()).toMatchObject({ schedules: [{ problem: expect.stringContaining('127.0.0.1:9') as string }] });
  const early = await groundplan('schedule', 'run', '--connection', 'prod eu');
  expect(early).toMatchObject({ code: 0, stdout: 'Nothing is due.\n' });
  expect((await groundplan('schedule', 'remove', 'prod eu', '--schedule')).code).toBe(0);
  expect(await readFile(path.join(workspace, 'groundplan.yaml'), 'utf8')).not.toContain('schedules');
}, 120_000);
