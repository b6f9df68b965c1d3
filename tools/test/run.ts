import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureToolchain } from '../toolchain/ensure.ts';
import { readReport, type Count } from './report.ts';

// `npm test`: everything. What is missing is built first; every suite runs even when an earlier one failed, and the
// last line sums all of them.

const root = path.resolve(import.meta.dirname, '..', '..');
const reports = mkdtempSync(path.join(tmpdir(), 'groundplan-tests-'));

function run(file: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function step(title: string, file: string, args: readonly string[]): Promise<Count> {
  say(title);
  const code = await run(file, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, wrong: code === 0 ? [] : [title], left: [] };
}

async function suite(project: string): Promise<Count> {
  say(`${project} tests`);
  const report = path.join(reports, `${project}.json`);
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const code = await run(process.execPath, [
    vitest,
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  try {
    return readReport(`${project} tests`, readFileSync(report, 'utf8'), { code, root });
  } catch (error) {
    process.stdout.write(`The ${project} tests left no report: ${(error as Error).message}\n`);
    return { passed: 0, failed: 1, wrong: [`${project} tests: no report`], left: [] };
  }
}

function say(title: string): void {
  process.stdout.write(`\n== ${title} (after ${Math.round(process.uptime())} s)\n`);
}

say('toolchain');
const tools = await ensureToolchain([], { log: (line) => process.stdout.write(`${line}\n`) });
for (const tool of tools.filter(({ status }) => status === 'failed')) {
  process.stdout.write(`${tool.title} could not be provided: the tests that need it will fail by its name.\n`);
}

const counts: Count[] = [
  await step('static checks', process.execPath, [path.join(root, 'tools', 'check', 'check.ts')]),
  await suite('unit'),
  await step('build', process.execPath, [path.join(root, 'tools', 'build', 'build.mjs')]),
  await suite('integration'),
  await suite('e2e'),
];
rmSync(reports, { recursive: true, force: true });

// Tests end what they started; a process left behind is a fault worth seeing.
const leftBehind = spawnSync('pgrep', ['-f', 'moto_server|kube-apiserver|terraform-provider-aws'], {
  encoding: 'utf8',
});
if (leftBehind.status === 0)
  process.stdout.write(`Processes left behind: ${leftBehind.stdout.trim().replaceAll('\n', ' ')}\n`);

const left = Map.groupBy(
  counts.flatMap((count) => count.left),
  (name) => name,
);
for (const [name, tests] of left) process.stdout.write(`\nNot run here (${tests.length}): ${name}`);
for (const name of counts.flatMap(({ wrong }) => wrong)) process.stdout.write(`\nFailed: ${name}`);
const sum = (key: 'passed' | 'failed') => counts.reduce((total, count) => total + count[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
