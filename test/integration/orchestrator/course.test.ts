import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Deployment, LogLine } from '#shared/model/index.ts';
import {
  createBench,
  layered,
  never,
  person,
  realTool,
  single,
  temporaryFolder,
  type TestBlueprint,
} from '#test/support/orchestrator/index.ts';

const text = { type: 'string' as const };

function states(deployment: Deployment): Record<string, string> {
  return Object.fromEntries(deployment.nodes.map((node) => [node.id, node.state]));
}

/** `first` → `second` → `third`, and `aside`, which depends on nothing. `second` fails while a file is missing. */
function fragile(flag: string): TestBlueprint {
  const step = (body: string): TestBlueprint['artifacts'][string] => ({
    inputs: { before: text },
    source: `
variable "before" {
  type    = string
  default = ""
}
resource "terraform_data" "start" {
  input = var.before
}
resource "terraform_data" "one" {
  triggers_replace = terraform_data.start.id
  ${body}
}
output "id" { value = terraform_data.one.id }
`,
  });
  const nodes = {
    first: { use: 'first@1.0.0' },
    second: { use: 'second@1.0.0', set: { before: '${first.id}' } },
    third: { use: 'third@1.0.0', set: { before: '${second.id}' } },
    aside: { use: 'aside@1.0.0' },
  };
  return {
    document: { blueprint: 'fragile', version: '1.0.0', boundary: 'application', nodes },
    artifacts: {
      first: step(''),
      second: step(`provisioner "local-exec" {\n    command = "test -f ${flag}"\n  }`),
      third: step(''),
      aside: step('provisioner "local-exec" {\n    command = "sleep 1"\n  }'),
    },
  };
}

describe('a step that fails', () => {
  it('stops what depends on it, lets the rest finish, and is resumed with the rest under a new approval', async () => {
    await using folder = await temporaryFolder();
    const flag = path.join(folder.path, 'flag');
    await using bench = await createBench({ root: folder.path, blueprints: [fragile(flag)] });
    const { id } = await bench.propose('fragile');
    await bench.until(id, ['AWAITING_APPROVAL']);
    await bench.approve(id);
    const partial = await bench.until(id, ['PARTIAL']);
    expect(states(partial)).toEqual({
      first: 'DONE',
      aside: 'DONE',
      second: 'FAILED',
      third: 'SKIPPED_UPSTREAM',
    });
    expect(partial.problems).toMatchObject([{ node: 'second', message: expect.stringContaining('test -f') }]);
    expect(partial.nodes.find((node) => node.id === 'third')?.problem?.message).toContain('second did not succeed');
    // What the failed step did make is told.
    const managed = bench.orchestrator.overlay().managed.filter((row) => row.node === 'second');
    expect(managed.map((row) => row.address)).toContain('terraform_data.start');
    expect(bench.orchestrator.environments()).toMatchObject([{ status: 'partial' }]);

    await writeFile(flag, '');
    await bench.orchestrator.deployments.resume({ id }, person);
    const waiting = await bench.until(id, ['AWAITING_APPROVAL']);
    expect(waiting.nodes.find((node) => node.id === 'first')?.changes).toEqual([]);
    await bench.approve(id);
    const done = await bench.until(id, ['SUCCEEDED']);
    expect(states(done)).toEqual({ first: 'NOOP', aside: 'NOOP', second: 'DONE', third: 'DONE' });
  });

  it('runs again under the same approval when nothing had moved', async () => {
    await using folder = await temporaryFolder();
    let broken = true;
    await using bench = await createBench({
      root: folder.path,
      blueprints: [layered()],
      deps: { blastRadius: () => Promise.reject(new Error('the map is being built')) },
    });
    const tool = bench.deps.terraformTool;
    const prepare: typeof tool.prepare = (options) => realTool().prepare(options);
    Object.assign(tool, {
      prepare: async (options: Parameters<typeof prepare>[0]) => {
        // Only when the deferred step is prepared for real: its inputs are all there then.
        if (broken && options.directory.endsWith('database') && 'network' in options.variables) {
          throw new Error('the disk is full');
        }
        return prepare(options);
      },
    });
    const { id } = await bench.propose('layered', { inputs: { name: 'a', password: 'correct horse' } });
    await bench.until(id, ['AWAITING_APPROVAL']);
    expect((await bench.orchestrator.deployments.review({ id }, person)).checks).toContainEqual({
      id: 'radius',
      title: 'What else is affected',
      status: 'unknown',
      detail: 'The map could not be asked: the map is being built',
    });
    await bench.approve(id);
    const partial = await bench.until(id, ['PARTIAL']);
    expect(states(partial)).toMatchObject({ network: 'DONE', database: 'FAILED', application: 'SKIPPED_UPSTREAM' });
    broken = false;
    await bench.orchestrator.deployments.resume({ id }, person);
    const done = await bench.until(id, ['SUCCEEDED']);
    expect(done.nodes.map((node) => [node.id, node.attempts])).toContainEqual(['network', 1]);
    expect(states(done)).toEqual({ network: 'DONE', notes: 'DONE', database: 'DONE', application: 'DONE' });
  });
});

describe('cancelling', () => {
  it('interrupts what runs once, starts nothing more and tells where everything stands', async () => {
    await using folder = await temporaryFolder();
    const slow = single(`
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "echo ready; sleep 5"
  }
}
resource "terraform_data" "after" {
  triggers_replace = terraform_data.slow.id
}
`);
    await using bench = await createBench({ root: folder.path, blueprints: [slow] });
    const { id } = await bench.propose('single');
    await bench.until(id, ['AWAITING_APPROVAL']);
    await bench.approve(id);
    for await (const line of await bench.orchestrator.deployments.followLogs({ id, after: 0 }, person)) {
      if (line.text.endsWith('): ready')) break;
    }
    await bench.orchestrator.deployments.cancel({ id }, person);
    await bench.orchestrator.deployments.cancel({ id }, person);
    const cancelled = await bench.until(id, ['CANCELLED']);
    expect(states(cancelled)).toEqual({ only: 'CANCELLED' });
    const { lines } = await bench.orchestrator.deployments.logs({ id, node: 'only', after: 0, limit: 1000 }, person);
    const text = lines.map((line) => line.text).join('\n');
    // A second one would make the tool give up at once, and say so.
    expect(text.match(/Interrupt received|Two interrupts/g)).toEqual(['Interrupt received']);
    expect(bench.orchestrator.overlay().managed.map((row) => row.address)).not.toContain('terraform_data.after');
  });

  it('ends a proposal that waits, and one that is being planned', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    const one = await bench.propose('layered', { inputs: { name: 'a' } });
    await bench.orchestrator.deployments.cancel({ id: one.id }, person);
    expect((await bench.orchestrator.deployments.get({ id: one.id }, person)).state).toBe('CANCELLED');
    const two = await bench.propose('layered', { inputs: { name: 'a' } });
    await bench.until(two.id, ['AWAITING_APPROVAL']);
    await bench.orchestrator.deployments.reject({ id: two.id, reason: 'not now' }, person);
    expect((await bench.orchestrator.deployments.get({ id: two.id }, person)).state).toBe('REJECTED');
    expect(existsSync(path.join(folder.path, '.groundplan', 'state', 'test', 'network.tfstate'))).toBe(false);
  });
});

describe('a change', () => {
  /** The database is replaced whenever its network is another one, which nobody approved. */
  function replacing(version: string, trigger: string): TestBlueprint {
    const blueprint = layered(version);
    const { network, database } = blueprint.artifacts;
    if (network === undefined || database === undefined) throw new Error('layered has both');
    return {
      ...blueprint,
      artifacts: {
        ...blueprint.artifacts,
        network: {
          ...network,
          source: network.source.replace('input = var.name', `input = var.name\n  triggers_replace = "${trigger}"`),
        },
        database: {
          ...database,
          source: database.source.replace('input = {', 'triggers_replace = var.network\n  input = {'),
        },
      },
    };
  }

  it('that grows past its envelope stops there, keeps what is done, and asks again', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({
      root: folder.path,
      blueprints: [replacing('1.0.0', 'one'), replacing('2.0.0', 'two')],
    });
    await bench.deploy('layered@1.0.0', { inputs: { name: 'a', password: 'correct horse' } });
    const { id } = await bench.propose('layered@2.0.0');
    const planned = await bench.until(id, ['AWAITING_APPROVAL']);
    expect(planned.nodes.map((node) => [node.id, node.planned])).toEqual([
      ['network', 'exact'],
      ['notes', 'exact'],
      ['database', 'deferred'],
      ['application', 'deferred'],
    ]);
    expect(planned.nodes[2]?.envelope?.addresses).toEqual([
      { address: 'terraform_data.database', type: 'terraform_data', action: 'update' },
    ]);
    expect((await bench.orchestrator.deployments.review({ id }, person)).mustType).toBe('test');
    await bench.approve(id);
    const stopped = await bench.until(id, ['NEEDS_REAPPROVAL']);
    expect(states(stopped)).toEqual({
      network: 'DONE',
      notes: 'NOOP',
      database: 'NEEDS_REAPPROVAL',
      application: 'DEFERRED',
    });
    expect(stopped.problems[0]?.message).toContain('terraform_data.database would be replaced');

    await bench.orchestrator.deployments.replan({ id }, person);
    await bench.until(id, ['AWAITING_APPROVAL']);
    expect((await bench.orchestrator.deployments.review({ id }, person)).counts.replace).toBe(1);
    await bench.approve(id);
    expect(states(await bench.until(id, ['SUCCEEDED']))).toMatchObject({ network: 'NOOP', database: 'DONE' });
  });

  it('to a version without a step takes that step down, last', async () => {
    await using folder = await temporaryFolder();
    const full = layered('1.0.0');
    const { application: _gone, ...nodes } = layered('2.0.0').document.nodes;
    const smaller: TestBlueprint = {
      ...layered('2.0.0'),
      document: { ...layered('2.0.0').document, nodes, outputs: {} },
      artifacts: Object.fromEntries(Object.entries(full.artifacts).filter(([name]) => name !== 'application')),
    };
    await using bench = await createBench({ root: folder.path, blueprints: [full, smaller] });
    await bench.deploy('layered@1.0.0', { inputs: { name: 'a', password: 'correct horse' } });
    const done = await bench.deploy('layered@2.0.0');
    expect(done.nodes.at(-1)).toMatchObject({ id: 'application', state: 'DONE', stage: 3 });
    expect(done.nodes.at(-1)?.changes[0]?.action).toBe('delete');
    expect(bench.orchestrator.overlay().managed.map((row) => row.node)).not.toContain('application');
    expect(bench.environments.get('test')?.blueprint).toBe('layered@2.0.0');
  });

  it('does not move an environment', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    await bench.deploy('layered', { inputs: { name: 'a', password: 'correct horse' } });
    await expect(
      bench.orchestrator.deployments.propose(
        {
          blueprint: 'layered',
          environment: 'test',
          target: { cloud: 'aws', account: '123456789012', region: 'us-east-1' },
          inputs: {},
          reason: '',
          kind: 'deploy',
        },
        person,
      ),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('puts back what moved, when somebody asks for it', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    await bench.deploy('layered', { inputs: { name: 'a', password: 'correct horse' } });
    const running = await bench.orchestrator.running('test');
    expect(running.steps.map((step) => [step.id, step.variables['network'] ?? null])).toContainEqual([
      'database',
      expect.any(String),
    ]);
    await rm(path.join(folder.path, '.groundplan', 'state', 'test', 'notes.tfstate'));
    const { id, kind } = await bench.orchestrator.proposeRevert({ environment: 'test', reason: 'drift' }, person);
    expect(kind).toBe('revert');
    const planned = await bench.until(id, ['AWAITING_APPROVAL']);
    expect(planned.nodes.flatMap((node) => node.changes.map((change) => [node.id, change.action]))).toEqual([
      ['notes', 'create'],
    ]);
  });
});

describe('logs', () => {
  it('are numbered, read on from a number, and followed to the end', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    const { id } = await bench.propose('layered', { inputs: { name: 'a', password: 'correct horse' } });
    await bench.until(id, ['AWAITING_APPROVAL']);
    await bench.approve(id);
    const followed: LogLine[] = [];
    for await (const line of await bench.orchestrator.deployments.followLogs({ id, after: 0 }, person)) {
      followed.push(line);
    }
    expect(followed.map((line) => line.sequence)).toEqual(followed.map((_line, index) => index + 1));
    expect(followed.at(-1)?.text).toBe('Deployment SUCCEEDED.');
    expect(followed.some((line) => line.text.includes('correct horse'))).toBe(false);
    const logs = (after: number, limit: number) =>
      bench.orchestrator.deployments.logs({ id, node: null, after, limit }, { signal: never, actor: person.actor });
    const first = await logs(0, 3);
    expect([first.lines.length, first.more]).toEqual([3, true]);
    expect((await logs(3, 1)).lines[0]?.sequence).toBe(4);
  });
});
