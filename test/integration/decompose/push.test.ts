import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RootTool } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { realRootTool, temporaryFolder } from '#test/support/orchestrator/tool-workbench.ts';
import {
  applyRoot,
  backendOf,
  heldIn,
  prove,
  push,
  rollBack,
  splitCall,
  splitRequest,
  splitService,
  startStateServer,
  tofu,
  twoParts,
  writtenAndProven,
} from '#test/support/split/index.ts';

/** A tool whose pushes fail: the one of that number, before or after it had its effect. */
function failing(push: number, when: 'before' | 'after'): RootTool {
  const tool = realRootTool();
  let count = 0;
  return {
    ...tool,
    async pushState(run) {
      // The rehearsal of the proof is not meant.
      if (run.folder.includes('groundplan-split-')) return tool.pushState(run);
      count += 1;
      if (count === push && when === 'before') throw new AppError('tool-failed', 'The power went.');
      await tool.pushState(run);
      if (count === push) throw new AppError('tool-failed', 'The power went.');
      return undefined;
    },
  };
}

describe('pushing the states of a split', () => {
  it('gives the parts theirs, empties the root’s, and is taken back', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const { root, request } = await writtenAndProven(split, folder.path, {
      'main.tf': twoParts.code,
      'backend.tf': backendOf(server),
    });
    const before = server.stateAt('/live');
    expect((await split.standing(request, splitCall)).provenAt).toBe(0);
    await expect(push(split, request, 'yes')).rejects.toMatchObject({ code: 'bad-input' });
    const steps = await push(split, request);
    expect(steps.at(-1)).toMatchObject({
      status: 'pushed',
      places: [
        { place: 'net', status: 'changed' },
        { place: 'app', status: 'changed' },
        { place: 'the root', status: 'changed' },
      ],
    });
    expect(heldIn(server.stateAt('/live/net'))).toEqual(['terraform_data.net']);
    expect(heldIn(server.stateAt('/live/app'))).toEqual(['terraform_data.app']);
    expect(heldIn(server.stateAt('/live'))).toEqual([]);
    // The parts as they were written are what the tool now plans without a change, outputs included.
    const part = path.join(request.out ?? '', 'artifacts', 'root-net');
    await tofu(part, ['init', '-input=false']);
    expect(await tofu(part, ['plan', '-input=false', '-detailed-exitcode'])).toContain('No changes');
    await expect(push(split, request)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The states are pushed already.',
    });
    await expect(split.emit(request, splitCall)).rejects.toMatchObject({ code: 'conflict' });
    // A later proof does not take the way back away.
    await prove(split, {
      root,
      decisions: { pins: twoParts.pins },
      options: { target: twoParts.target },
      out: request.out,
    });

    expect((await rollBack(split, request)).at(-1)?.status).toBe('rolled-back');
    expect(heldIn(server.stateAt('/live/net'))).toEqual([]);
    expect(server.stateAt('/live')).toMatchObject({
      lineage: before?.['lineage'],
      outputs: before?.['outputs'],
      resources: before?.['resources'],
    });
    expect(await tofu(root, ['plan', '-input=false', '-detailed-exitcode'])).toContain('No changes');
    await expect(rollBack(split, request)).rejects.toMatchObject({ code: 'conflict' });
  });

  it.for([1, 2, 3].flatMap((step) => [['before', step] as const, ['after', step] as const]))(
    'that fails %s push %i is taken back',
    async ([when, step]) => {
      await using folder = await temporaryFolder();
      await using server = await startStateServer();
      const split = splitService(failing(step, when));
      const { request } = await writtenAndProven(split, folder.path, {
        'main.tf': twoParts.code,
        'backend.tf': backendOf(server),
      });
      const before = server.stateAt('/live');
      await expect(push(split, request)).rejects.toMatchObject({ message: 'The power went.' });
      const { push: standing } = await split.standing(request, splitCall);
      expect(standing?.status).toBe('pushing');
      await expect(push(split, request)).rejects.toMatchObject({ code: 'conflict' });
      const steps = await rollBack(splitService(), request);
      expect(steps.at(-1)).toMatchObject({ status: 'rolled-back' });
      expect(heldIn(server.stateAt('/live/net')) ?? []).toEqual([]);
      expect(heldIn(server.stateAt('/live/app')) ?? []).toEqual([]);
      expect(server.stateAt('/live')).toMatchObject({ lineage: before?.['lineage'], resources: before?.['resources'] });
    },
  );

  it('stops when somebody wrote the root’s state, and goes back only over what nobody wrote since', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const { root, request } = await writtenAndProven(split, folder.path, {
      'main.tf': twoParts.code,
      'backend.tf': backendOf(server),
    });
    await push(split, request);
    const part = path.join(request.out ?? '', 'artifacts', 'root-net');
    await tofu(part, ['init', '-input=false']);
    await tofu(part, ['apply', '-auto-approve', '-input=false', '-replace=terraform_data.net']);
    await expect(rollBack(split, request)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('The state of net was written since the push'),
    });
    expect(heldIn(server.stateAt('/live'))).toEqual([]);

    const other = await temporaryFolder();
    const second = await writtenAndProven(split, other.path, { 'main.tf': twoParts.code });
    await tofu(second.root, ['apply', '-auto-approve', '-input=false', '-replace=terraform_data.net']);
    await expect(push(split, second.request)).rejects.toMatchObject({ code: 'state-moved' });
    await other[Symbol.asyncDispose]();
    expect(root).not.toBe(second.root);
  });

  it('keeps the states of an environment where the root names no backend, and says when it may be deployed', async () => {
    await using folder = await temporaryFolder();
    const split = splitService();
    const { root, request } = await writtenAndProven(split, folder.path, { 'main.tf': twoParts.code });
    const out = request.out ?? '';
    const environment = (): Promise<string> => readFile(path.join(out, 'environments', 'root.yaml'), 'utf8');
    expect(await environment()).toContain('ready: false');
    await push(split, request);
    expect(await environment()).not.toContain('ready');
    const file = path.join(out, '.groundplan', 'state', 'root', 'net.tfstate');
    expect(heldIn(JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>)).toEqual(['terraform_data.net']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await rollBack(split, request);
    expect(await environment()).toContain('ready: false');
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await tofu(root, ['plan', '-input=false', '-detailed-exitcode'])).toContain('No changes');
  });

  it('is taken back only with the parts that were pushed, where they were pushed to', async () => {
    await using folder = await temporaryFolder();
    const split = splitService();
    const { root, request } = await writtenAndProven(split, folder.path, { 'main.tf': twoParts.code });
    await push(split, request);
    const kept = path.join(request.out ?? '', '.groundplan');
    const net = path.join(kept, 'state', 'root', 'net.tfstate');
    const files = [path.join(root, 'terraform.tfstate'), net, path.join(kept, 'splits', 'root', 'push.json')];
    const texts = (): Promise<readonly string[]> => Promise.all(files.map((file) => readFile(file, 'utf8')));
    const before = await texts();
    await writeFile(path.join(root, 'main.tf'), 'resource "terraform_data" "other" {}\n');
    await expect(rollBack(split, request)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /^The code is no longer what the push was made with: terraform_data\.net is pinned/,
      ),
      advice: expect.stringContaining(
        'the decisions were fineness medium; pins terraform_data.net: net, terraform_data.app: app.',
      ),
    });
    await writeFile(path.join(root, 'main.tf'), twoParts.code);
    // A proof that was kept before its decisions were: those of today have to give the same parts.
    const proof = path.join(kept, 'splits', 'root', 'proof.json');
    const proven = await readFile(proof, 'utf8');
    await writeFile(proof, JSON.stringify({ ...(JSON.parse(proven) as object), made: null }));
    for (const pins of [{}, { 'terraform_data.*': 'one' }]) {
      await expect(rollBack(split, { ...request, decisions: { ...request.decisions, pins } })).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(/parts that the code does not give now: (app, net|app|net)\.$/),
      });
    }
    await writeFile(proof, proven);
    expect(await texts()).toEqual(before);
    await rename(net, `${net}.elsewhere`);
    await expect(rollBack(split, request)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('The state of net is not where it was pushed to'),
    });
    await rename(`${net}.elsewhere`, net);
    expect(await texts()).toEqual(before);
    // What is decided by now is another thing: the way back is that of the parts as they were made.
    const other = { ...request, decisions: { ...request.decisions, pins: { 'terraform_data.*': 'one' } } };
    expect((await rollBack(split, other)).at(-1)?.status).toBe('rolled-back');
  });

  it('finds the backend of the root where TF_DATA_DIR says, and those of the parts in their own folders', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const { root, request } = await writtenAndProven(splitService(), folder.path, {
      'main.tf': twoParts.code,
      'backend.tf': backendOf(server),
    });
    await rename(path.join(root, '.terraform'), path.join(root, '.kept'));
    const split = splitService(realRootTool({ TF_DATA_DIR: '.kept' }));
    expect((await push(split, request)).at(-1)).toMatchObject({ status: 'pushed', lock: { status: 'held' } });
    expect(heldIn(server.stateAt('/live/app'))).toEqual(['terraform_data.app']);
    expect((await rollBack(split, request)).at(-1)?.status).toBe('rolled-back');
  });

  it('is refused before the parts are written and proven, and after the code has changed', async () => {
    await using folder = await temporaryFolder();
    const split = splitService();
    const root = await applyRoot(folder.path, { 'main.tf': twoParts.code });
    const request = splitRequest({
      root,
      decisions: { pins: twoParts.pins },
      options: { target: twoParts.target },
      out: path.join(folder.path, 'out'),
    });
    await expect(push(split, request)).rejects.toMatchObject({ message: 'The parts of root are not written yet.' });
    await split.emit(request, splitCall);
    await expect(push(split, request)).rejects.toMatchObject({ message: 'No complete proof of root is kept.' });
    await prove(split, {
      root,
      decisions: { pins: twoParts.pins },
      options: { target: twoParts.target },
      out: request.out,
    });
    const other = { ...request, decisions: { ...request.decisions, pins: { 'terraform_data.*': 'one' } } };
    await expect(push(split, other)).rejects.toMatchObject({
      message: 'The code or what was decided is not what was proven.',
    });
  });
});
