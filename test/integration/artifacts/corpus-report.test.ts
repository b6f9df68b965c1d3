import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReadingAids } from '#engine/artifacts/index.ts';
import type { FoundPiece, PortSchema } from '#shared/model/index.ts';
import { makeCodeToImport } from '#test/support/artifacts/index.ts';
import { requireTool } from '#test/support/toolchain/index.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';

const corpus = path.resolve(process.env['GROUNDPLAN_CORPUS'] ?? '../shared/corpus');

/** Folders that hold Terraform files, those of modules inside of others too. */
async function terraformFolders(): Promise<readonly string[]> {
  const entries = await readdir(corpus, { withFileTypes: true, recursive: true });
  const folders = entries.filter(({ name }) => name.endsWith('.tf')).map(({ parentPath }) => parentPath);
  return [...new Set(folders)].sort();
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(corpus, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(corpus, folder, name));
}

interface Tally {
  pieces: number;
  unread: number;
  inputs: number;
  outputs: number;
  unknown: number;
  errors: number;
}

function isUnknown(schema: PortSchema): boolean {
  return schema['x-origin']?.how === 'unknown';
}

function tallyOf(pieces: readonly FoundPiece[]): Tally {
  const read = pieces.flatMap(({ artifact }) => artifact ?? []);
  const inputs = read.flatMap((artifact) => Object.values(artifact.inputs.properties));
  const outputs = read.flatMap((artifact) => Object.values(artifact.outputs.properties));
  return {
    pieces: pieces.length,
    unread: pieces.length - read.length,
    inputs: inputs.length,
    outputs: outputs.length,
    unknown: [...inputs, ...outputs].filter(isUnknown).length,
    errors: pieces.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error').length,
  };
}

describe.skipIf(!existsSync(path.join(corpus, 'README.md')))('all the code of the corpus (GROUNDPLAN_CORPUS)', () => {
  it('is read without a crash; what is read of each kind, and every failure, is reported', async () => {
    await using place = await makeCodeToImport((test) => {
      const processes = createNodeProcesses();
      const find = (name: string) => Promise.resolve(name === 'helm' ? requireTool('helm') : null);
      const resourcesFolder = path.resolve('resources');
      return createReadingAids({ ...test, processes: { find, run: (one) => processes.run(one) }, resourcesFolder });
    });
    const paths = [...(await terraformFolders()), ...(await foldersIn('helm')), path.join(corpus, 'python')];
    const byKind = new Map<string, FoundPiece[]>();
    // One by one: a folder inside of another is a piece of its own here.
    for (const given of paths) {
      for await (const item of await place.artifacts.examine({ paths: [given] }, place.test.call)) {
        if (item.type !== 'piece') continue;
        byKind.set(item.piece.runner, [...(byKind.get(item.piece.runner) ?? []), item.piece]);
      }
    }
    const report = Object.fromEntries([...byKind].map(([kind, pieces]) => [kind, tallyOf(pieces)]));
    console.table(report);
    for (const { path: given, problems } of [...byKind.values()].flat()) {
      const errors = problems.filter(({ severity }) => severity === 'error');
      const [first] = errors;
      if (first !== undefined) {
        console.log(`${path.relative(corpus, given)}: ${errors.length} errors, the first: ${first.message}`);
      }
    }
    // Examples of gcp-assets are texts that templates are made of: 58 of them are no HCL.
    expect(report).toEqual({
      terraform: { pieces: 36, unread: 0, inputs: 589, outputs: 162, unknown: 12, errors: 58 },
      helm: { pieces: 6, unread: 0, inputs: 177, outputs: 16, unknown: 2, errors: 0 },
      python: { pieces: 8, unread: 0, inputs: 38, outputs: 1, unknown: 1, errors: 0 },
    });
  });
});
