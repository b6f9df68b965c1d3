import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBench, person, temporaryFolder, type Bench } from '#test/support/orchestrator/index.ts';
import { openDatabase } from '#engine/orchestrator/journal/database.ts';
import { counted } from './counted-blueprint.ts';

const points = [
  'at-approval',
  'after-intent',
  'during-apply',
  'after-apply-before-outputs',
  'after-outputs-before-done',
] as const;

async function runUntil(root: string, point: string): Promise<string> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'engine-until-killed.ts'), root, point], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return readFile(path.join(root, 'deployment'), 'utf8');
}

async function marks(root: string): Promise<string[]> {
  return (await readFile(path.join(root, 'marks'), 'utf8')).trim().split('\n').sort();
}

function reopened(root: string): Promise<Bench> {
  return createBench({ root, blueprints: [counted(path.join(root, 'marks'))] });
}

describe.each(points)('an engine killed %s', (point) => {
  it('tells the truth after a restart, finishes, and applies nothing twice', async () => {
    await using folder = await temporaryFolder();
    const id = await runUntil(folder.path, point);
    await using bench = await reopened(folder.path);
    const done = await bench.until(id, ['SUCCEEDED']);
    expect(done.nodes.map((node) => [node.id, node.state])).toEqual([
      ['base', 'DONE'],
      ['aside', 'DONE'],
      ['top', 'DONE'],
    ]);
    expect(await marks(folder.path)).toEqual(['aside', 'base', 'top']);
    expect(bench.orchestrator.overlay().managed).toHaveLength(3);
    const base = done.nodes.find((node) => node.id === 'base');
    expect(base?.outputs).toEqual([{ name: 'id', value: expect.any(String), mark: 'known' }]);
    await checkInvariants(path.join(folder.path, '.groundplan', 'journal.sqlite'));
  });
});

/** What must hold of every journal, whatever happened. */
async function checkInvariants(file: string): Promise<void> {
  const { entries, damage, database } = openDatabase(file);
  database.close();
  expect(damage).toBeNull();
  let approved = false;
  const intents = new Map<string, number>();
  for (const { event } of entries) {
    if (event.type === 'approved') approved = true;
    if (event.type !== 'node') continue;
    if (event.state === 'INTENT') {
      expect(approved).toBe(true);
      intents.set(event.step, event.attempt ?? 0);
    }
    if (event.state === 'RUNNING') expect(intents.has(event.step)).toBe(true);
    if (event.state === 'DONE') expect(intents.has(event.step)).toBe(true);
  }
  const outputs = new Set(
    entries.flatMap(({ event }) => (event.type === 'node' && event.state === 'OUTPUTS_SAVED' ? [event.step] : [])),
  );
  const done = entries.flatMap(({ event }) => (event.type === 'node' && event.state === 'DONE' ? [event.step] : []));
  expect(done.every((step) => outputs.has(step))).toBe(true);
}

describe('a tool killed in the middle of a resource', () => {
  it('is not run again: a person is told what may exist', async () => {
    await using folder = await temporaryFolder();
    let pid = 0;
    const { createNodeProcesses } = await import('../../src/main/engine-adapters/node-processes.ts');
    const { createTerraformTool } = await import('#engine/orchestrator/runners/terraform/index.ts');
    const { silentLogger } = await import('#test/support/orchestrator/index.ts');
    const { requireTool, tofuEnvironment } = await import('#test/support/toolchain/index.ts');
    const tool = createTerraformTool({
      processes: createNodeProcesses(),
      logger: silentLogger,
      environment: tofuEnvironment(),
      configured: () => requireTool('tofu'),
    });
    await using bench = await createBench({
      root: folder.path,
      blueprints: [counted(path.join(folder.path, 'marks'))],
      deps: {
        terraformTool: {
          ...tool,
          apply: (workdir, options) =>
            tool.apply(workdir, {
              ...options,
              onStart: (child) => {
                pid = child.pid;
                options.onStart?.(child);
              },
              onEvent: (event) => {
                options.onEvent?.(event);
                if (event.type === 'provision_start') process.kill(pid, 'SIGKILL');
              },
            }),
        },
      },
    });
    const { id } = await bench.propose('counted');
    await bench.until(id, ['AWAITING_APPROVAL']);
    await bench.approve(id);
    const stopped = await bench.until(id, ['NEEDS_OPERATOR']);
    const base = stopped.nodes.find((node) => node.id === 'base');
    expect(base).toMatchObject({ state: 'NEEDS_OPERATOR', attempts: 1 });
    expect(base?.problem?.message).toContain('terraform_data.one');
    expect(stopped.nodes.filter((node) => node.id !== 'base').map((node) => node.state)).toEqual([
      'SKIPPED_UPSTREAM',
      'SKIPPED_UPSTREAM',
    ]);
    expect((await bench.orchestrator.deployments.review({ id }, person)).blockers[0]).toContain('cut off');
  });
});
