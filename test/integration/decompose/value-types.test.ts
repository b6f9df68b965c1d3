import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownSchemas } from '#engine/artifacts/index.ts';
import { splitDecisionsSchema, splitOptionsSchema, type SplitInterface } from '#shared/model/index.ts';
import { temporaryFolder, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import { applyRoot, findingsOf, prove, splitCall, splitRequest, splitService } from '#test/support/split/index.ts';
import { requireTool, tofuEnvironment } from '#test/support/toolchain/index.ts';
import { tableOfAnswer } from '../../../src/main/engine/artifacts/terraform/provider-schemas/from-tool.ts';
import { writeTable } from '../../../src/main/engine/artifacts/terraform/provider-schemas/table-files.ts';

const code = `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "1.60.0"
    }
  }
}
resource "aws_db_instance" "data" {
  count    = 2
  password = "x"
}
resource "aws_eks_cluster" "data" {
  name     = "data"
  role_arn = "r"
  vpc_config {
    subnet_ids = []
  }
}
resource "terraform_data" "data" { input = "x" }
resource "terraform_data" "app" {
  input = [
    aws_db_instance.data[0].password,
    aws_db_instance.data[0].port,
    aws_eks_cluster.data.certificate_authority[0].data,
    aws_eks_cluster.data.no_such_attribute,
    terraform_data.data.output,
  ]
}
`;

/** What crosses, by address and attribute. */
async function crossing(root: string, data: string | null): Promise<ReadonlyMap<string, SplitInterface>> {
  const known = knownSchemas(path.resolve('resources'), data === null ? null : { paths: { data } });
  const split = splitService(undefined, known);
  const pins = { 'aws_*': 'data', 'terraform_data.data': 'data', 'terraform_data.app': 'app' };
  const decisions = splitDecisionsSchema.parse({ pins });
  const { interfaces } = await split.propose({ root, decisions, options: splitOptionsSchema.parse({}) }, splitCall);
  return new Map(interfaces.map((one) => [`${one.address}.${one.attribute}`, one]));
}

function typesOf(found: ReadonlyMap<string, SplitInterface>): readonly (readonly unknown[])[] {
  return [...found].map(([value, { type, typeFrom, sensitive }]) => [value, type, typeFrom, sensitive]);
}

describe('types of what crosses', () => {
  it('come from what the real provider answered, objects and secrets included', async () => {
    await using folder = await temporaryFolder();
    const root = path.join(folder.path, 'root');
    await mkdir(root);
    await writeFiles(root, { 'main.tf': code });
    const run = (...args: string[]): string =>
      execFileSync(requireTool('tofu'), args, {
        cwd: root,
        env: tofuEnvironment(),
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
      });
    run('init', '-input=false');
    const answer: unknown = JSON.parse(run('providers', 'schema', '-json'));
    const data = path.join(folder.path, 'data');
    const table = tableOfAnswer(answer, { provider: 'aws', version: '1.60.0' });
    await writeTable(path.join(data, 'provider-schemas'), table);
    const from = 'schema of aws 1.60.0';
    expect(typesOf(await crossing(root, data))).toEqual([
      ['aws_db_instance.data.password', 'list(string)', `${from}: aws_db_instance.password`, true],
      ['aws_db_instance.data.port', 'list(number)', `${from}: aws_db_instance.port`, false],
      [
        'aws_eks_cluster.data.certificate_authority',
        'list(object({ data = string }))',
        `${from}: aws_eks_cluster.certificate_authority`,
        false,
      ],
      ['aws_eks_cluster.data.no_such_attribute', 'any', null, false],
      ['terraform_data.data.output', 'any', null, false],
    ]);
  });

  it('come from the tables of the app without such an answer, which is not believed for whole objects', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'main.tf': code.replace('"1.60.0"', '">= 3"') });
    const found = await crossing(folder.path, null);
    expect(found.get('aws_db_instance.data.port')).toMatchObject({
      type: 'list(number)',
      typeFrom: expect.stringMatching(/^schema of aws \d+\.\d+\.\d+: aws_db_instance\.port$/),
    });
    expect(found.get('aws_eks_cluster.data.certificate_authority')).toMatchObject({ type: 'any', typeFrom: null });
    expect(found.get('aws_db_instance.data.password')).toMatchObject({
      sensitive: true,
      sensitiveBecause: 'aws_db_instance.password is sensitive',
    });
  });

  it('do not come from a table of another major version: what every resource has is known, the rest is any', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, {
      'main.tf': code.replace('certificate_authority[0].data', 'version, aws_eks_cluster.data.arn'),
    });
    const found = await crossing(folder.path, null);
    expect(found.get('aws_eks_cluster.data.version')).toMatchObject({ type: 'any', typeFrom: null });
    expect(found.get('aws_eks_cluster.data.arn')).toMatchObject({
      type: 'string',
      typeFrom: 'arn, as every resource of aws has it',
    });
  });
});

describe('what only the state marks as sensitive', () => {
  it('is kept by name when the parts are proven, and marked from then on', async () => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, {
      'main.tf': `
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = terraform_data.net.output }
`,
    });
    const state = path.join(root, 'terraform.tfstate');
    const text = await readFile(state, 'utf8');
    const marks = '"sensitive_attributes": [[{"type": "get_attr", "value": "output"}]]';
    await writeFile(state, text.replaceAll('"sensitive_attributes": []', marks));
    const decisions = { pins: { 'terraform_data.net': 'net', 'terraform_data.app': 'app' } };
    const out = path.join(folder.path, 'out');
    const split = splitService();
    const emit = async (allowSecrets: boolean): Promise<unknown> =>
      split.emit(splitRequest({ root, decisions, options: { allowSecrets }, out }), splitCall);
    await emit(false);
    const proof = await prove(split, { root, decisions, state: { from: 'file', file: state }, out });
    expect(findingsOf(proof)['secrets']).toEqual(['net.data_net_output is a secret and crosses between parts']);
    await expect(emit(false)).rejects.toMatchObject({ code: 'bad-input' });
    await emit(true);
    const outputs = await readFile(path.join(out, 'artifacts', 'root-net', 'split_outputs.tf'), 'utf8');
    expect(outputs).toContain('sensitive   = true');
  });
});
