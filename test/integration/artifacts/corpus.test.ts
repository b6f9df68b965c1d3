import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createArtifactsService, createArtifactStore } from '#engine/artifacts/index.ts';
import { makeWorkspace } from '#test/support/workspace/make-workspace.ts';

const corpus = path.resolve(process.env['GROUNDPLAN_CORPUS'] ?? '../shared/corpus');
const roots = path.join(corpus, 'terraform');

describe.skipIf(!existsSync(roots))('real Terraform roots (GROUNDPLAN_CORPUS)', () => {
  it('are imported without an error, every fact with a line that is right', async () => {
    await using test = await makeWorkspace();
    const artifacts = createArtifactsService({ ...test, store: createArtifactStore(test.workspace) });
    const entries = await readdir(roots, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const report = await artifacts.import({ paths: names.map((name) => path.join(roots, name)) }, test.call);
    expect(report.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.imported.map(({ name }) => name).sort()).toEqual(names.sort());
    for (const artifact of report.imported) {
      const files = new Map(
        (await artifacts.files({ name: artifact.name }, test.call)).map(({ path: file, text }) => [
          file,
          text.split('\n'),
        ]),
      );
      const facts = [
        ...Object.entries(artifact.inputs.properties).map(([name, port]) => ({ name, kind: 'variable', port })),
        ...Object.entries(artifact.outputs.properties).map(([name, port]) => ({ name, kind: 'output', port })),
      ];
      for (const { name, kind, port } of facts) {
        const [file = '', line = ''] = port['x-origin']?.where.split(':') ?? [];
        expect(files.get(file)?.[Number(line) - 1]).toMatch(new RegExp(`^\\s*${kind}\\s+"${name}"`));
      }
      for (const { origin } of artifact.requires) {
        const [file = '', line = ''] = origin.where.split(':');
        expect(files.get(file)?.[Number(line) - 1]).toMatch(/required_|backend|source|resource|data|version/);
      }
    }
  });
});
