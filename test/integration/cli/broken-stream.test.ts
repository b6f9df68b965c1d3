import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFactStore } from '#engine/graph/facts/index.ts';
import { openShell, type Shell } from '#test/support/command-line/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { startServe, type Served } from '#test/support/serve.ts';

// An answer that is written as it comes, and breaks off in the middle: more of it than fits between two programs.

const accounts = 200;
const kinds = 25;
let shell: Shell;
let served: Served;
let workspace: string;

beforeAll(async () => {
  shell = await openShell();
  workspace = path.join(shell.folder, 'shop');
  await mkdir(path.join(workspace, '.groundplan', 'facts'), { recursive: true });
  await writeFile(path.join(workspace, 'groundplan.yaml'), 'groundplan: 1\nname: shop\n');
  await writeLedger(path.join(workspace, '.groundplan', 'facts'));
  served = await startServe({ args: ['--workspace', workspace] });
});

afterAll(async () => {
  await served?.[Symbol.asyncDispose]();
  await shell?.[Symbol.asyncDispose]();
});

async function writeLedger(root: string): Promise<void> {
  const clock = { now: () => Date.now() };
  const facts = createFactStore({ root, clock, logger: recordingLogger(), appVersion: 'test' });
  const writer = await facts.startRun({ source: 'live', clouds: ['aws'] });
  for (let account = 0; account < accounts; account += 1) {
    for (let kind = 0; kind < kinds; kind += 1) {
      const place = {
        scope: `aws:account:${100_000_000_000 + account}`,
        region: 'eu-west-1',
        kind: `aws.test.k${kind}`,
      };
      await writer.finishCell({ ...place, status: 'complete', pages: 1, rows: 0, error: null, permission: null });
    }
  }
  await writer.finish({ status: 'complete', error: null });
}

interface Ledger {
  readonly cells: readonly { readonly scope: string }[];
  readonly advice?: unknown;
  readonly error?: { readonly code: string };
}

test('whole it is one JSON object', async () => {
  const result = await shell.run(['--workspace', workspace, 'coverage', '--json']);
  expect(result).toMatchObject({ code: 0, stderr: '' });
  const ledger = result.json() as Ledger;
  expect(ledger.cells).toHaveLength(accounts * kinds);
  expect(Object.keys(ledger)).toEqual(['cells', 'advice']);
});

test('broken off it is one JSON object still, which says so, as the exit code and standard error do', async () => {
  const { child, result } = shell.start(['--workspace', workspace, 'coverage', '--json']);
  const { stdout } = child;
  if (stdout === null) throw new Error('The command has no output.');
  // Once nobody reads on, the command cannot come to an end: its engine goes while it is in the middle.
  const first = once(stdout, 'data').then(() => undefined);
  stdout.once('data', () => stdout.pause());
  await first;
  const lock = await readFile(path.join(workspace, '.groundplan', 'engine.json'), 'utf8');
  process.kill((JSON.parse(lock) as { pid: number }).pid, 'SIGKILL');
  stdout.resume();
  const ended = await result;
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/^The engine at http\S+ has gone away; /);
  const ledger = ended.json() as Ledger;
  expect(ledger.error).toMatchObject({ code: 'engine-gone' });
  expect(ledger.cells.length).toBeGreaterThan(0);
  expect(ledger.cells[0]?.scope).toBe('aws:account:100000000000');
  expect(ledger).not.toHaveProperty('advice');
});
