import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { Call } from '#engine/ports/index.ts';
import {
  accessTo,
  agent,
  createBench,
  layered,
  never,
  person,
  realTool,
  resolvedBlueprint,
  single,
  temporaryFolder,
  type Bench,
} from '#test/support/orchestrator/index.ts';

const simple = single('resource "terraform_data" "one" {\n  input = 1\n}\n');
const commandLine: Call = { signal: never, actor: { kind: 'command-line', name: 'ada' } };

async function waiting(
  bench: Bench,
  blueprint = 'single',
): Promise<{ id: string; planSetDigest: string; envelopeDigest: string }> {
  const { id } = await bench.propose(blueprint);
  await bench.until(id, ['AWAITING_APPROVAL']);
  const review = await bench.orchestrator.deployments.review({ id }, person);
  return { id, planSetDigest: review.planSetDigest ?? '', envelopeDigest: review.envelopeDigest ?? '' };
}

async function planFiles(root: string): Promise<string[]> {
  const folder = path.join(root, '.groundplan', 'plans');
  return (await readdir(folder)).filter((name) => name.endsWith('.tfplan')).map((name) => path.join(folder, name));
}

describe('an approval is refused', () => {
  it('from an agent and from the command line', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    const request = { ...(await waiting(bench)), typed: null };
    for (const call of [agent, commandLine]) {
      await expect(bench.orchestrator.deployments.approve(request, call)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(bench.orchestrator.deployments.reject({ id: request.id, reason: 'x' }, call)).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(bench.orchestrator.deployments.resume({ id: request.id }, call)).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect((await bench.orchestrator.deployments.get({ id: request.id }, person)).state).toBe('AWAITING_APPROVAL');
  });

  it('for another digest than that of the plan that waits', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    const request = { ...(await waiting(bench)), typed: null };
    const wrong = [
      { ...request, planSetDigest: request.planSetDigest.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
      { ...request, envelopeDigest: 'sha256:0' },
    ];
    for (const one of wrong) {
      await expect(bench.orchestrator.deployments.approve(one, person)).rejects.toMatchObject({
        code: 'approval-mismatch',
      });
    }
  });

  it('once it has expired, also when the clock is set back afterwards', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    const request = { ...(await waiting(bench)), typed: null };
    bench.clock.advance(25 * 60 * 60 * 1000);
    await expect(bench.orchestrator.deployments.approve(request, person)).rejects.toMatchObject({
      code: 'approval-expired',
    });
    bench.clock.advance(-48 * 60 * 60 * 1000);
    await expect(bench.orchestrator.deployments.approve(request, person)).rejects.toMatchObject({
      code: 'approval-expired',
    });
    await bench.orchestrator.deployments.replan({ id: request.id }, person);
    await bench.until(request.id, ['AWAITING_APPROVAL']);
    await bench.approve(request.id);
    await bench.until(request.id, ['SUCCEEDED']);
  });

  it('when it was used already', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    const request = { ...(await waiting(bench)), typed: null };
    const both = await Promise.allSettled([
      bench.orchestrator.deployments.approve(request, person),
      bench.orchestrator.deployments.approve(request, person),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await bench.until(request.id, ['SUCCEEDED']);
    await expect(bench.orchestrator.deployments.approve(request, person)).rejects.toMatchObject({
      code: 'approval-used',
    });
  });

  it('when a plan file has one byte more before it is approved', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    const request = { ...(await waiting(bench)), typed: null };
    const [file = ''] = await planFiles(folder.path);
    await appendFile(file, 'x');
    await expect(bench.orchestrator.deployments.approve(request, person)).rejects.toMatchObject({
      code: 'digest-mismatch',
    });
  });
});

describe('an approved deployment does not run', () => {
  it('when a plan file changes between approval and execution', async () => {
    await using folder = await temporaryFolder();
    const hold = Promise.withResolvers<undefined>();
    let asked = 0;
    await using bench = await createBench({
      root: folder.path,
      blueprints: [simple],
      deps: {
        cloudAccess: {
          // The second question is the preflight's.
          accessFor: async () => {
            asked += 1;
            if (asked === 2) await hold.promise;
            return accessTo(null);
          },
        },
      },
    });
    const request = { ...(await waiting(bench)), typed: null };
    const [file = ''] = await planFiles(folder.path);
    await bench.orchestrator.deployments.approve(request, person);
    // The preflight has found the file sound by now; what counts is the copy that is executed.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await appendFile(file, 'x');
    hold.resolve(undefined);
    const stopped = await bench.until(request.id, ['NEEDS_REAPPROVAL']);
    expect(stopped.problems[0]).toMatchObject({ code: 'digest-mismatch', node: 'only' });
    expect(bench.orchestrator.overlay().managed).toEqual([]);
  });

  it('when a state has moved since it was planned', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    const first = await waiting(bench);
    const { id } = await bench.propose('single');
    await bench.until(id, ['AWAITING_APPROVAL']);
    // Somebody runs the tool by hand on the same state.
    const tool = realTool();
    const workdir = await tool.prepare({
      sources: path.join(folder.path, 'catalog', 'single', '1.0.0', 'only'),
      directory: path.join(folder.path, 'by-hand'),
      access: accessTo(null),
      variables: {},
      statePath: path.join(folder.path, '.groundplan', 'state', 'test', 'only.tfstate'),
      signal: never,
    });
    const plan = await tool.plan(workdir, { mode: 'normal', signal: never });
    await tool.apply(workdir, { planFile: plan.planFile, expectedDigest: plan.digest, signal: never });

    await bench.orchestrator.deployments.approve({ ...first, typed: null }, person);
    const stopped = await bench.until(first.id, ['NEEDS_REAPPROVAL']);
    expect(stopped.problems[0]).toMatchObject({ code: 'state-moved', node: 'only' });
    // The other plan for the same environment went out of date with the approval of this one.
    expect((await bench.orchestrator.deployments.get({ id }, person)).state).toBe('SUPERSEDED');

    await bench.orchestrator.deployments.replan({ id: first.id }, person);
    const again = await bench.until(first.id, ['AWAITING_APPROVAL']);
    expect(again.nodes[0]?.changes).toEqual([]);
  });

  it('when the policy changed, and not at all when a policy forbids it', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    await bench.deploy('single');
    await mkdir(path.join(folder.path, 'policy'), { recursive: true });
    const policy = path.join(folder.path, 'policy', 'protected.yaml');
    await writeFile(
      policy,
      'protected:\n  - environment: te*\n    address: terraform_data.*\n    reason: it holds the orders\n',
    );
    const { id } = await bench.propose('single', { kind: 'remove' });
    const blocked = await bench.until(id, ['POLICY_BLOCKED']);
    expect(blocked.problems[0]?.message).toContain('it holds the orders');
    await rm(policy);
    await bench.orchestrator.deployments.replan({ id }, person);
    await bench.until(id, ['AWAITING_APPROVAL']);
    const review = await bench.orchestrator.deployments.review({ id }, person);
    const digests = { planSetDigest: review.planSetDigest ?? '', envelopeDigest: review.envelopeDigest ?? '' };
    await writeFile(policy, 'protected:\n  - address: aws_db_instance.*\n');
    await bench.orchestrator.deployments.approve({ id, ...digests, typed: 'test' }, person);
    const stopped = await bench.until(id, ['NEEDS_REAPPROVAL']);
    expect(stopped.problems[0]).toMatchObject({ code: 'approval-mismatch' });
    await writeFile(policy, 'protectd: []\n');
    await bench.orchestrator.deployments.replan({ id }, person);
    const unread = await bench.until(id, ['PLAN_FAILED']);
    expect(unread.problems[0]?.message).toContain('policy/protected.yaml');
  });
});

describe('a proposal is refused', () => {
  it('from an agent for what is not published to agents, with inputs it may not set, or seen by another', async () => {
    await using folder = await temporaryFolder();
    const hidden = { ...simple, release: { audience: { people: 'everyone' as const, agents: 'no' as const } } };
    await using bench = await createBench({ root: folder.path, blueprints: [hidden, layered()] });
    await expect(bench.propose('single', { call: agent })).rejects.toMatchObject({ code: 'not-found' });
    await expect(bench.propose('layered', { inputs: { name: 'x', password: 'y' }, call: agent })).rejects.toMatchObject(
      { code: 'bad-input', message: expect.stringContaining('filled in by a person') },
    );
    await expect(bench.propose('layered', { inputs: { size: 'large' }, call: agent })).rejects.toMatchObject({
      code: 'bad-input',
    });
    const { id } = await bench.propose('layered', { inputs: { name: 'x' }, call: agent });
    const other: Call = { signal: never, actor: { kind: 'agent', name: 'somebody else' } };
    expect(() => bench.orchestrator.deployments.get({ id }, other)).toThrow('no deployment with this id');
    expect(await bench.orchestrator.deployments.list({ waiting: false }, other)).toEqual([]);
    expect(await bench.orchestrator.deployments.list({ waiting: false }, agent)).toHaveLength(1);
  });

  it('for an environment of what runs already, while its states are not there', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    bench.environments.set('test', {
      environment: 'test',
      blueprint: 'single@1.0.0',
      target: { cloud: 'aws', account: '123456789012', region: 'eu-west-1' },
      state: { backend: 'local', ready: false },
    });
    await expect(bench.propose('single')).rejects.toMatchObject({
      code: 'conflict',
      message: 'The states of test are not there yet.',
    });
  });

  it('with a name that would lead out of the workspace', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    for (const environment of ['../other', 'a/b', '', 'UPPER']) {
      await expect(bench.propose('single', { environment })).rejects.toMatchObject({ code: 'bad-input' });
    }
  });

  it('for a version that was withdrawn or altered', async () => {
    await using folder = await temporaryFolder();
    const withdrawn = { ...simple, release: { status: 'withdrawn' as const, reason: 'it leaks' } };
    await using bench = await createBench({ root: folder.path, blueprints: [withdrawn] });
    await expect(bench.propose('single')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('it leaks'),
    });
    await using altered = await createBench({
      root: path.join(folder.path, 'other'),
      deps: {
        releases: {
          resolve: async (reference) => ({
            ...(await resolvedBlueprint(folder.path, simple)),
            intact: reference === '',
          }),
        },
      },
    });
    await expect(altered.propose('single')).rejects.toMatchObject({ code: 'digest-mismatch' });
  });

  it('with wrong inputs, each named, and no secret in the message', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    const wrong = bench.propose('layered', {
      inputs: { name: 7, size: 'huge', password: ['hunter2'], region: 'eu-west-1', colour: 'red' },
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'bad-input',
      details: { inputs: ['name', 'size', 'password', 'region', 'colour'] },
    });
    await expect(wrong).rejects.toThrow('"size" must be one of small, large');
    await expect(wrong).rejects.not.toThrow('hunter2');
  });
});

describe('a plan that cannot be made', () => {
  it('says file, line and reason, and can be planned again', async () => {
    await using folder = await temporaryFolder();
    const failing = single(
      'variable "n" {\n  type = number\n}\nresource "terraform_data" "one" {\n  lifecycle {\n    precondition {\n      condition     = var.n > 3\n      error_message = "n is too small"\n    }\n  }\n}\n',
      { inputs: { n: { type: 'number' } } },
    );
    await using bench = await createBench({ root: folder.path, blueprints: [failing] });
    const { id } = await bench.propose('single', { inputs: { n: 2 } });
    const failed = await bench.until(id, ['PLAN_FAILED']);
    expect(failed.problems).toMatchObject([
      {
        code: 'plan-failed',
        node: 'only',
        file: 'main.tf',
        line: 7,
        message: expect.stringContaining('n is too small'),
      },
    ]);
    await bench.orchestrator.deployments.fillInputs({ id, values: { n: 4 } }, person);
    await bench.until(id, ['AWAITING_APPROVAL']);
  });

  it('names a tool that is missing or too old', async () => {
    await using folder = await temporaryFolder();
    const old = path.join(folder.path, 'tofu');
    await writeFile(old, '#!/bin/sh\necho \'{"terraform_version":"1.5.7"}\'\n', { mode: 0o755 });
    const expected = { [old]: 'tool-too-old', [path.join(folder.path, 'none')]: 'tool-missing' };
    for (const [configured, code] of Object.entries(expected)) {
      await using bench = await createBench({
        root: path.join(folder.path, code),
        blueprints: [simple],
        deps: { terraformTool: realTool({ configured }) },
      });
      const { id } = await bench.propose('single');
      const failed = await bench.until(id, ['PLAN_FAILED']);
      expect(failed.problems[0]).toMatchObject({ code, advice: expect.stringContaining('Install OpenTofu') });
    }
  });

  it('names credentials that are missing or act elsewhere', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({
      root: folder.path,
      blueprints: [simple],
      deps: {
        cloudAccess: {
          accessFor: () => Promise.reject(new AppError('credentials-expired', 'The session has expired.')),
        },
      },
    });
    const { id } = await bench.propose('single');
    expect((await bench.until(id, ['PLAN_FAILED'])).problems[0]).toMatchObject({ code: 'credentials-expired' });
    await using other = await createBench({
      root: path.join(folder.path, 'other'),
      blueprints: [simple],
      deps: { cloudAccess: { accessFor: () => Promise.resolve(accessTo(null, '999999999999')) } },
    });
    const second = await other.propose('single');
    expect((await other.until(second.id, ['PLAN_FAILED'])).problems[0]).toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('999999999999'),
    });
  });
});
