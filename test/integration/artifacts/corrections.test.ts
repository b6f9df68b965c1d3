import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactsService } from '#engine/ports/index.ts';
import { knownFacts, makeCodeToImport, type CodeToImport } from '#test/support/artifacts/index.ts';
import type { TestWorkspace } from '#test/support/workspace/make-workspace.ts';

let test: TestWorkspace;
let elsewhere: string;
let artifacts: ArtifactsService;
let code: CodeToImport['code'];
let place: CodeToImport;

beforeEach(async () => {
  place = await makeCodeToImport();
  ({ test, elsewhere, artifacts, code } = place);
});
afterEach(() => place[Symbol.asyncDispose]());

const main = 'variable "cidr" { type = string }\nvariable "tags" {}\noutput "id" { value = var.cidr }\n';
const inWorkspace = (file: string): string => path.join(test.root, 'artifacts', file);
const importNetwork = () => artifacts.import({ paths: [path.join(elsewhere, 'network')] }, test.call);

describe('groundplan.yaml', () => {
  it('lies over what was read; each corrected fact says who declared it, and where', async () => {
    await code({ 'network/main.tf': main });
    await importNetwork();
    await test.write(
      'artifacts/network/groundplan.yaml',
      `# by hand
version: 1.2.0
boundary: platform
inputs:
  cidr:
    description: The range
    sensitive: true
    examples: [10.0.0.0/16]
  tags: { type: object, additionalProperties: { type: string }, immutable: true }
outputs:
  gone: { type: string }
`,
    );
    const {
      artifacts: [artifact],
      problems,
    } = await artifacts.list(undefined, test.call);
    const user = (line: number) => ({ how: 'declared by the user', where: `groundplan.yaml:${line}` });
    expect(artifact).toMatchObject({ version: '1.2.0', boundary: 'platform' });
    if (artifact === undefined) throw new Error('There is no artifact.');
    expect(knownFacts(artifact.inputs).properties).toEqual({
      cidr: {
        type: 'string',
        description: 'The range',
        'x-sensitive': true,
        examples: ['10.0.0.0/16'],
        'x-origin': {
          how: 'declared',
          where: 'main.tf:1',
          facts: { description: user(6), 'x-sensitive': user(7), examples: user(8) },
        },
      },
      tags: {
        type: 'object',
        additionalProperties: { type: 'string' },
        'x-immutable': true,
        'x-origin': {
          ...user(9),
          facts: { type: user(9), additionalProperties: user(9), 'x-immutable': user(9) },
        },
      },
    });
    expect(problems).toMatchObject([
      { severity: 'warning', code: 'unknown-port', file: 'artifacts/network/groundplan.yaml', line: 11 },
    ]);
  });

  it.each([
    ['at the top', 'version: 1.2.0\nboundry: data\n', 2, 'Did you mean boundary?'],
    ['in an input', 'inputs:\n  cidr:\n    descripton: x\n', 3, 'Did you mean description?'],
    ['deep in a type', 'inputs:\n  tags:\n    type: array\n    items: { typ: string }\n', 4, 'Did you mean type?'],
  ])(
    'with an unknown field %s is refused with its line, and the code still counts',
    async (...[, text, line, advice]) => {
      await code({ 'network/main.tf': main });
      await importNetwork();
      await test.write('artifacts/network/groundplan.yaml', text);
      const { artifacts: listed, problems } = await artifacts.list(undefined, test.call);
      expect(listed).toMatchObject([{ version: '0.1.0', boundary: 'platform' }]);
      expect(problems).toMatchObject([
        { severity: 'error', code: 'unknown-field', advice, file: 'artifacts/network/groundplan.yaml', line },
      ]);
    },
  );

  it('cannot point out of the workspace', async () => {
    await test.write('artifacts/evil/groundplan.yaml', 'source: ../../../etc\n');
    const { artifacts: listed, problems } = await artifacts.list(undefined, test.call);
    expect(listed).toEqual([]);
    expect(problems[0]?.message).toContain('lies outside of the workspace');
  });

  it('comes along from beside the code, survives another import, and gives way to what is said here', async () => {
    await code({
      'network/main.tf': main,
      'network/groundplan.yaml': '# theirs\nboundary: data\ninputs:\n  cidr: { description: Theirs, format: cidr }\n',
    });
    const first = await importNetwork();
    expect(first.imported).toMatchObject([{ boundary: 'data' }]);
    const mine = '# mine\nboundary: security\ninputs:\n  cidr: { description: Mine }\n';
    await test.write('artifacts/network/groundplan.yaml', mine);
    await code({ 'network/main.tf': `${main}variable "more" { type = number }\n` });
    const again = await importNetwork();
    expect(again).toMatchObject({ updated: ['network'], problems: [] });
    expect(again.imported[0]).toMatchObject({ boundary: 'security' });
    expect(again.imported[0]?.inputs.properties['cidr']).toMatchObject({ description: 'Mine', format: 'cidr' });
    expect(again.imported[0]?.inputs.properties['more']).toMatchObject({ type: 'number' });
    expect(await readFile(inWorkspace('network/groundplan.yaml'), 'utf8')).toBe(
      '# mine\nboundary: security\ninputs:\n  cidr: { description: Mine, format: cidr }\n',
    );
  });

  it('with a mistake is not lost when the code is imported again', async () => {
    await code({ 'network/main.tf': main });
    await importNetwork();
    await test.write('artifacts/network/groundplan.yaml', 'version: 1.2.0\nboundry: data\n');
    await code({ 'network/main.tf': `${main}variable "more" {}\n` });
    const again = await importNetwork();
    expect(again.problems).toMatchObject([{ code: 'unknown-field', line: 2 }]);
    expect(await readFile(inWorkspace('network/groundplan.yaml'), 'utf8')).toBe('version: 1.2.0\nboundry: data\n');
  });

  it('is read under its older name, and not at all where both are there', async () => {
    await test.write('artifacts/network/main.tf', main);
    await test.write('artifacts/network/artifact.yaml', 'version: 1.2.0\n');
    expect((await artifacts.list(undefined, test.call)).artifacts).toMatchObject([{ version: '1.2.0' }]);
    await test.write('artifacts/network/groundplan.yaml', 'version: 1.3.0\n');
    const { artifacts: listed, problems } = await artifacts.list(undefined, test.call);
    expect(listed).toMatchObject([{ version: '1.3.0' }]);
    expect(problems).toMatchObject([{ code: 'two-corrections', file: 'artifacts/network/artifact.yaml' }]);
  });

  it('of a workspace beside code says nothing about that code, and is not copied', async () => {
    await code({ 'network/main.tf': main, 'network/groundplan.yaml': 'groundplan: 1\nname: company\n' });
    expect(await importNetwork()).toMatchObject({ imported: [{ name: 'network' }], problems: [] });
    const there = await stat(inWorkspace('network/groundplan.yaml')).catch(() => null);
    expect(there).toBeNull();
  });

  it('corrects several scripts of one folder each by its file', async () => {
    const script = 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--size", type=int)\n';
    await code({
      'jobs/one.py': script,
      'jobs/two.py': script,
      'jobs/groundplan.yaml':
        'entries:\n  one.py: { boundary: data, inputs: { size: { description: Of one } } }\n  two.py: { version: 3.0.0, outputs: { count: { type: integer } } }\n',
    });
    const { imported, problems } = await artifacts.import({ paths: [path.join(elsewhere, 'jobs')] }, test.call);
    expect(problems.map(({ code: what }) => what)).toEqual(['unknown-outputs', 'unknown-outputs']);
    expect(imported.map(({ name, version, boundary }) => [name, version, boundary])).toEqual([
      ['one', '0.1.0', 'data'],
      ['two', '3.0.0', 'platform'],
    ]);
    expect(imported[0]?.inputs.properties['size']?.description).toBe('Of one');
    expect(imported[1]?.outputs.properties['count']).toMatchObject({
      type: 'integer',
      'x-origin': { how: 'declared by the user' },
    });
  });

  it('stands in a script itself as well, where the file beside it wins', async () => {
    await code({
      'job/job.py': `# /// script
# dependencies = []
# [tool.groundplan]
# boundary = "data"
# inputs = { size = { description = "In the script", minimum = 1 } }
# ///
def main(size: int) -> None: ...
`,
      'job/groundplan.yaml': 'inputs: { size: { description: Beside it } }\n',
    });
    const { imported, problems } = await artifacts.import({ paths: [path.join(elsewhere, 'job')] }, test.call);
    expect(problems).toEqual([]);
    expect(imported).toMatchObject([
      { boundary: 'data', inputs: { properties: { size: { type: 'integer', minimum: 1, description: 'Beside it' } } } },
    ]);
  });

  it('takes what is said while importing', async () => {
    await code({ 'network/main.tf': main });
    const folder = path.join(elsewhere, 'network');
    const corrections = { boundary: 'data' as const, inputs: { tags: { type: 'object' as const, sensitive: true } } };
    const report = await artifacts.import(
      { paths: [folder], pieces: [{ path: folder, piece: '.', corrections }] },
      test.call,
    );
    expect(report.imported).toMatchObject([{ boundary: 'data' }]);
    expect(await readFile(inWorkspace('network/groundplan.yaml'), 'utf8')).toBe(
      `# yaml-language-server: $schema=../../.groundplan/schemas/artifact.schema.json
boundary: data
inputs:
  tags: { type: object, sensitive: true }
`,
    );
  });
});
