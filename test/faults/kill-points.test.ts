import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '#engine/orchestrator/journal/database.ts';
import { createTerraformTool } from '#engine/orchestrator/runners/terraform/index.ts';
import { createBench, person, silentLogger, temporaryFolder, type Bench } from '#test/support/orchestrator/index.ts';
import { requireTool, tofuEnvironment } from '#test/support/toolchain/index.ts';
import { createNodeProcesses } from '../../src/main/engine-adapters/node-processes.ts';
import { counted } from './counted-blueprint.ts';

const points = [
  'at-approval',
  'after-intent',
  'during-apply',
  'after-apply-before-outputs',
  'after-outputs-before-done',
] as const;

async function runUntil(root: string, point: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./engine-until-killed.ts', import.meta.url)), root, point],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
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
    checkInvariants(path.join(folder.path, '.groundplan', 'journal.sqlite'));
  });
});

/** What must hold of every journal, whatever happened. */
function checkInvariants(file: string): void {
  const { entries, damage, database } = openDatabase(file);
  database.close();
  expect(damage).toBeNull();
  const nodes = entries.flatMap(({ event, sequence }) => (event.type === 'node' ? [{ ...event, sequence }] : []));
  const first = (state: string, step: string): number =>
    nodes.find((event) => event.state === state && event.step === step)?.sequence ?? Infinity;
  const approvedAt = entries.find(({ event }) => event.type === 'approved')?.sequence ?? Infinity;
  const breaches = nodes.filter(({ state, step, sequence }) => {
    if (state === 'INTENT') return sequence < approvedAt;
    if (state === 'RUNNING') return sequence < first('INTENT', step);
    return state === 'DONE' && sequence < first('OUTPUTS_SAVED', step);
  });
  expect(breaches).toEqual([]);
}

describe('a tool killed in the middle of a resource', () => {
  it('is not run again: a person is told what may exist', async () => {
    await using folder = await temporaryFolder();
    let pid = 0;
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
