import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import {
  applyRoot,
  everythingProven,
  findingsOf,
  prove,
  provenRoots,
  splitService,
  tofu,
} from '#test/support/split/index.ts';

const split = splitService();

/** The root's state but for the findings of checks, which the tool prints in any order. */
async function stateOf(root: string): Promise<unknown> {
  const pulled: unknown = JSON.parse(await tofu(root, ['state', 'pull']));
  return { ...z.looseObject({ lineage: z.string() }).parse(pulled), check_results: null };
}

describe('parts of an applied root', () => {
  it.for(Object.entries(provenRoots))('change nothing: %s', async ([, { files, later = {}, pins }]) => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, files);
    await writeFiles(root, later);
    const state = await stateOf(root);
    const proof = await prove(split, { root, decisions: { pins } });
    expect(findingsOf(proof)).toEqual(everythingProven);
    expect(proof.complete).toBe(true);
    expect(JSON.stringify(proof)).not.toContain('hidden');
    expect(await stateOf(root)).toEqual(state);
  });

  it('read one another’s states, when that is the choice', async () => {
    await using folder = await temporaryFolder();
    const { files, pins } = provenRoots['for_each'] ?? { files: {}, pins: {} };
    const root = await applyRoot(folder.path, files);
    const proof = await prove(split, { root, decisions: { pins }, options: { wiring: 'remote-state' } });
    expect(findingsOf(proof)).toEqual(everythingProven);
  });

  it('keep the workspace of the tool', async () => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, {
      'main.tf': `
resource "terraform_data" "net" { input = "net-\${terraform.workspace}" }
resource "terraform_data" "app" { input = terraform_data.net.output }
`,
    });
    await tofu(root, ['workspace', 'new', 'live']);
    await tofu(root, ['apply', '-auto-approve', '-input=false']);
    const pins = { 'terraform_data.net': 'net', 'terraform_data.app': 'app' };
    for (const wiring of ['blueprint', 'remote-state'] as const) {
      const proof = await prove(split, { root, decisions: { pins }, options: { wiring } });
      expect({ wiring, ...findingsOf(proof) }).toEqual({ wiring, ...everythingProven });
    }
  });
});

describe('a proof', () => {
  const { files, pins } = provenRoots['locals'] ?? { files: {}, pins: {} };

  it('names the lines that are not: pending changes, and what is in the state only', async () => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, files);
    const text = await readFile(path.join(root, 'main.tf'), 'utf8');
    await writeFile(path.join(root, 'main.tf'), text.replace('net = local.net_id', 'net = local.net_id, more = 1'));
    const pending = await prove(split, { root, decisions: { pins } });
    expect(findingsOf(pending)).toEqual({
      ...everythingProven,
      plans: ['app: terraform_data.app: update, as in the root before'],
    });
    expect(pending.complete).toBe(false);

    await writeFile(path.join(root, 'main.tf'), text.replace(/resource "terraform_data" "app".*\n/, ''));
    const stranger = await prove(split, { root, decisions: { pins: { 'terraform_data.net': 'net' } } });
    expect(findingsOf(stranger)['instances']).toEqual([
      'terraform_data.app is in the state only; the code does not declare it',
    ]);
  });

  it('says what is in the code only, which stands in nobody’s way', async () => {
    await using folder = await temporaryFolder();
    const none = 'resource "terraform_data" "none" {\n  count = 0\n}\n';
    const root = await applyRoot(folder.path, { ...files, 'none.tf': none });
    const proof = await prove(split, { root, decisions: { pins: { ...pins, 'terraform_data.none': 'app' } } });
    expect(findingsOf(proof)).toEqual(everythingProven);
    expect(proof.checks.find(({ id }) => id === 'instances')?.detail).toMatch(
      /who reads them; only in the code: terraform_data\.none$/,
    );
  });

  it('leaves no state or plan behind, whether it holds or not', async () => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, files);
    const before = await readdir(root);
    await prove(split, {
      root,
      decisions: { pins },
      state: { from: 'file', file: path.join(root, 'terraform.tfstate') },
    });
    expect(await readdir(root)).toEqual(before);
  });

  it('refuses what is no state, without quoting it', async () => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, files);
    const file = path.join(folder.path, 'given.tfstate');
    const attempt = (text: string) =>
      writeFile(file, text).then(() => prove(split, { root, decisions: { pins }, state: { from: 'file', file } }));
    await expect(attempt('')).rejects.toMatchObject({ code: 'bad-input', message: `${file} holds no state.` });
    await expect(attempt('{"secret": "hidden"')).rejects.toMatchObject({
      message: `${file} is no state: it is not JSON.`,
    });
    await expect(attempt('{"version": 3, "serial": 1}')).rejects.toMatchObject({
      message: `${file} is a state of format version 3; version 4 is needed.`,
    });
    await expect(attempt('{"serial": 1, "lineage": "x", "encrypted_data": "AA=="}')).rejects.toMatchObject({
      message: `${file} is encrypted.`,
    });
    await expect(
      prove(split, { root, decisions: { pins }, state: { from: 'file', file: `${file}.none` } }),
    ).rejects.toMatchObject({ code: 'not-found' });
    await writeFile(path.join(root, 'backend.tf'), 'terraform {\n  backend "s3" {}\n}\n');
    await expect(prove(split, { root, decisions: { pins } })).rejects.toMatchObject({
      code: 'tool-failed',
      advice: 'Run init in the root, sign in to where its state lies, or give the state as a file.',
    });
  });
});
