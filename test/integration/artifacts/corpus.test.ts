import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { getExpressionAst } from '@cdktn/hcl2json';
import { describe, expect, it } from 'vitest';
import { createArtifactsService, createArtifactStore } from '#engine/artifacts/index.ts';
import { referencesIn } from '#engine/artifacts/terraform/hcl-references.ts';
import { scanHcl, type ScannedAttribute, type ScannedBlock } from '#engine/artifacts/terraform/hcl-scan.ts';
import { makeWorkspace } from '#test/support/workspace/make-workspace.ts';

const corpus = path.resolve(process.env['GROUNDPLAN_CORPUS'] ?? '../shared/corpus');
const roots = path.join(corpus, 'terraform');

type Ast = Awaited<ReturnType<typeof getExpressionAst>>;

/** Where the language's own parser sees references: offsets of traversals whose root no `for` has bound. */
function traversals(node: Ast | undefined, bound: ReadonlySet<string> = new Set()): number[] {
  if (node === null || node === undefined) return [];
  if (node.type === 'scopeTraversal' && 'traversal' in node.meta) {
    const [root] = node.meta.traversal;
    return root === undefined || bound.has(root.segment) ? [] : [node.range.start.byte];
  }
  const inside =
    node.type === 'for' && 'keyVar' in node.meta ? new Set([...bound, node.meta.keyVar, node.meta.valVar]) : bound;
  return (node.children ?? []).flatMap((child) => traversals(child, inside));
}

function attributesIn(block: ScannedBlock): readonly ScannedAttribute[] {
  return [...block.attributes, ...block.blocks.flatMap(attributesIn)];
}

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

  it('refer to what the language’s own parser says they do, expression by expression', async () => {
    const entries = await readdir(corpus, { withFileTypes: true, recursive: true });
    const files = entries
      .filter(({ name }) => name.endsWith('.tf'))
      .map(({ name, parentPath }) => path.join(parentPath, name));
    const expressions = new Set<string>();
    for (const file of files.filter((one) => !one.includes('gcp-assets'))) {
      const text = await readFile(file, 'utf8');
      for (const { start, end } of scanHcl(text).blocks.flatMap(attributesIn)) {
        const expression = text.slice(start, end);
        // Their parser counts bytes; and each call of it takes milliseconds.
        const oneByteEach = Buffer.byteLength(expression) === expression.length;
        if (/[a-z]\.[a-z]/.test(expression) && oneByteEach) expressions.add(`${expression}\n`);
      }
    }
    expect(expressions.size).toBeGreaterThan(2000);
    for (const expression of expressions) {
      const expected = new Set(traversals(await getExpressionAst('x.tf', expression)));
      expect(new Set(referencesIn(expression).map(({ start }) => start)), expression).toEqual(expected);
    }
  });
});

const scripts = path.join(corpus, 'python');

describe.skipIf(!existsSync(scripts))('real Python scripts (GROUNDPLAN_CORPUS)', () => {
  it('are imported, each with its inputs or with the reason why they cannot be known', async () => {
    await using test = await makeWorkspace();
    const artifacts = createArtifactsService({ ...test, store: createArtifactStore(test.workspace) });
    const report = await artifacts.import({ paths: [scripts] }, test.call);
    expect(report.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const summary = report.imported.map(({ name, inputs, outputs }) => [
      name,
      Object.keys(inputs.properties).length,
      inputs.required.length,
      Object.keys(outputs.properties).length,
    ]);
    expect(summary).toEqual([
      ['argparse-validate-cluster-config', 4, 0, 0],
      ['click-state-iam', 3, 0, 0],
      ['dynamic-vertex-deploy', 2, 0, 0],
      ['env-only-dataproc-resize', 6, 0, 0],
      ['pep723-plan-summary', 5, 1, 0],
      ['typed-main-argparse-oslogin-ssh', 7, 2, 1],
      ['typed-main-report-reservations', 3, 0, 0],
      ['typer-k8s-discovery', 8, 1, 0],
    ]);
    const said = report.problems.filter(({ code }) => code === 'unknown-inputs').map(({ file }) => file);
    expect(new Set(said)).toEqual(
      new Set([
        'artifacts/click-state-iam/click_state_iam.py',
        'artifacts/dynamic-vertex-deploy/dynamic_vertex_deploy.py',
      ]),
    );
  });
});
