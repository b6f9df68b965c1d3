import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { agent, createBench, person } from '#test/support/orchestrator/index.ts';
import { layered } from '#test/support/orchestrator/index.ts';
import { temporaryFolder } from '#test/support/orchestrator/index.ts';

describe('a deployment from proposal to outputs', () => {
  it('plans what can be planned, asks for what is missing, applies in order and saves what it made', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    const { deployments } = bench.orchestrator;
    const proposal = await bench.propose('layered', { inputs: { name: 'main' }, call: agent });
    expect(proposal).toMatchObject({ state: 'PROPOSED', kind: 'create', version: '1.0.0' });

    await bench.until(proposal.id, ['AWAITING_APPROVAL']);
    const asked = await deployments.review({ id: proposal.id }, person);
    expect(asked.approvable).toBe(false);
    expect(asked.blockers).toEqual(['Fill in password.']);
    expect(asked.inputs.map(({ name, value, origin }) => [name, value, origin])).toEqual([
      ['region', 'eu-west-1', 'target'],
      ['name', 'main', 'proposer'],
      ['password', null, 'missing'],
      ['size', 'small', 'default'],
    ]);

    await deployments.fillInputs({ id: proposal.id, values: { password: 'correct horse' } }, person);
    const planned = await bench.until(proposal.id, ['AWAITING_APPROVAL']);
    expect(planned.nodes.map(({ id, stage, planned: how, boundary }) => [id, stage, how, boundary])).toEqual([
      ['network', 1, 'exact', 'networking'],
      ['notes', 1, 'exact', 'observability'],
      ['database', 2, 'deferred', 'data'],
      ['application', 3, 'deferred', 'application'],
    ]);
    const review = await deployments.review({ id: proposal.id }, person);
    expect(review).toMatchObject({
      approvable: true,
      blockers: [],
      mustType: null,
      counts: { create: 4, update: 0, delete: 0, replace: 0, import: 0 },
      radius: { affected: [] },
    });
    expect(review.deployment.nodes.find((node) => node.id === 'database')?.envelope).toEqual({
      addresses: [{ address: 'terraform_data.database', type: 'terraform_data', action: 'create' }],
      counts: [{ type: 'terraform_data', action: 'create', max: 1 }],
      waitsFor: [{ input: 'network', node: 'network', output: 'id' }],
    });
    expect(review.deployment.estimate).toMatchObject({ p50: null, p90: null });
    expect((await deployments.planText({ id: proposal.id, node: 'network' }, person)).text).toContain(
      'will be created',
    );

    await bench.approve(proposal.id);
    const done = await bench.until(proposal.id, ['SUCCEEDED']);
    expect(done.nodes.map((node) => [node.id, node.state, node.attempts])).toEqual([
      ['network', 'DONE', 1],
      ['notes', 'DONE', 1],
      ['database', 'DONE', 1],
      ['application', 'DONE', 1],
    ]);
    expect(done.proposedBy).toEqual(agent.actor);
    expect(done.approvedBy).toEqual(person.actor);
    const [network, , database] = done.nodes;
    expect(network?.outputs).toContainEqual({ name: 'label', value: 'main-eu-west-1', mark: 'known' });
    expect(database?.outputs).toEqual([{ name: 'url', value: null, mark: 'sensitive' }]);
    expect(database?.startedAt).toBeGreaterThanOrEqual(network?.finishedAt ?? Infinity);

    expect(bench.environments.get('test')).toEqual({
      environment: 'test',
      blueprint: 'layered@1.0.0',
      target: planned.target,
      inputs: { name: 'main', password: { secret: 'test/password' } },
    });
    expect(bench.orchestrator.environments()).toMatchObject([{ name: 'test', status: 'live', resources: 4 }]);
    expect(bench.orchestrator.overlay().managed).toHaveLength(4);
    expect(bench.orchestrator.overlay().changed).toHaveLength(4);

    const again = await bench.deploy('layered', { inputs: {} });
    expect(again.kind).toBe('change');
    expect(again.nodes.map((node) => node.state)).toEqual(['NOOP', 'NOOP', 'NOOP', 'NOOP']);
    expect(again.nodes.every((node) => node.planned === 'exact')).toBe(true);
  });

  it('writes no secret anywhere in the workspace but into the tool’s own files', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    const { id } = await bench.deploy('layered', { inputs: { name: 'main', password: 'correct horse' } });
    const log = await bench.orchestrator.deployments.logs({ id, node: null, after: 0, limit: 1000 }, person);
    expect(log.lines.map((line) => line.text).join('\n')).toContain('terraform_data.database: Creation complete');
    const files = (await readdir(path.join(folder.path, '.groundplan'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const holding: string[] = [];
    for (const file of files)
      if ((await readFile(file)).includes('correct horse')) holding.push(path.relative(folder.path, file));
    // State and plans are the tool's: both are for the user alone (mode 0600), as the facts of the format say.
    expect(holding.filter((file) => !file.startsWith(path.join('.groundplan', 'state')))).toEqual([]);
  });

  it('learns how long changes take', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    await bench.deploy('layered', { inputs: { name: 'one', password: 'correct horse' } });
    const { id } = await bench.propose('layered', {
      environment: 'second',
      inputs: { name: 'two', password: 'correct horse' },
    });
    const planned = await bench.until(id, ['AWAITING_APPROVAL']);
    expect(planned.estimate).toMatchObject({ samples: 16, unknown: 0 });
    expect(planned.estimate.p50).toBeGreaterThanOrEqual(0);
  });

  it('takes down in reverse order, after the name was typed, and forgets the environment', async () => {
    await using folder = await temporaryFolder();
    await using bench = await createBench({ root: folder.path, blueprints: [layered()] });
    await bench.deploy('layered', { inputs: { name: 'main', password: 'correct horse' } });
    const { id } = await bench.propose('layered', { kind: 'remove' });
    const planned = await bench.until(id, ['AWAITING_APPROVAL']);
    expect(planned.nodes.map((node) => [node.id, node.stage])).toEqual([
      ['application', 1],
      ['database', 2],
      ['network', 3],
      ['notes', 3],
    ]);
    const review = await bench.orchestrator.deployments.review({ id }, person);
    expect(review).toMatchObject({ mustType: 'test', counts: { delete: 4 } });
    const digests = { planSetDigest: review.planSetDigest ?? '', envelopeDigest: review.envelopeDigest ?? '' };
    await expect(
      bench.orchestrator.deployments.approve({ id, ...digests, typed: 'tset' }, person),
    ).rejects.toMatchObject({ code: 'bad-input' });
    await bench.approve(id);
    await bench.until(id, ['SUCCEEDED']);
    expect(bench.environments.has('test')).toBe(false);
    expect(bench.orchestrator.overlay().managed).toEqual([]);
    expect(bench.orchestrator.environments()).toMatchObject([{ status: 'removed', resources: 0 }]);
  });
});
