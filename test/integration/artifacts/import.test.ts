import { readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArtifactsService, createArtifactStore, writeArtifact } from '#engine/artifacts/index.ts';
import type { ArtifactsService } from '#engine/ports/index.ts';
import type { FoundPiece } from '#shared/model/index.ts';
import { makeCodeToImport, type CodeToImport } from '#test/support/artifacts/index.ts';
import { requireTool, tofuEnvironment } from '#test/support/toolchain/index.ts';
import { makeWorkspace, type TestWorkspace } from '#test/support/workspace/make-workspace.ts';

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

const inWorkspace = (file: string): string => path.join(test.root, file);
const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const network = {
  'network/main.tf': `variable "cidr" { type = string }
resource "aws_vpc" "main" { cidr_block = var.cidr }
resource "aws_security_group" "a" {}
resource "aws_security_group" "b" {}
output "vpc_id" { value = aws_vpc.main.id }
`,
};

describe('importing a module', () => {
  it('copies the code, reads it, and says where every fact comes from', async () => {
    await code({
      ...network,
      'network/.terraform/providers/big': 'x',
      'network/terraform.tfstate': '{}',
      'network/terraform.tfvars': 'cidr = "10.0.0.0/8"',
    });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'network')] }, test.call);
    expect(report.problems).toMatchObject([{ severity: 'info', code: 'values-left-out' }]);
    expect(report.imported).toEqual([
      {
        name: 'network',
        version: '0.1.0',
        runner: 'terraform',
        boundary: 'networking',
        summary: 'Creates 2 aws_security_group, 1 aws_vpc',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        source: 'artifacts/network',
        inputs: {
          type: 'object',
          properties: {
            cidr: {
              type: 'string',
              'x-sensitive': false,
              'x-origin': {
                how: 'declared',
                where: 'main.tf:1',
                facts: { 'x-immutable': { how: 'unknown', where: 'main.tf:1' } },
              },
            },
          },
          required: ['cidr'],
        },
        outputs: {
          type: 'object',
          properties: {
            vpc_id: { type: 'string', 'x-sensitive': false, 'x-origin': { how: 'inferred', where: 'main.tf:5' } },
          },
          required: ['vpc_id'],
        },
        requires: [{ kind: 'provider', name: 'aws', version: null, origin: { how: 'inferred', where: 'main.tf:2' } }],
        creates: { aws_vpc: 1, aws_security_group: 2 },
        dependencies: [],
      },
    ]);
    expect(test.changed).toEqual([['artifacts', 'blueprints']]);
    expect(await artifacts.files({ name: 'network' }, test.call)).toEqual([
      { path: 'main.tf', text: network['network/main.tf'] },
    ]);
    expect(await artifacts.get({ name: 'network' }, test.call)).toEqual(report.imported[0]);
    expect(await exists(inWorkspace('artifacts/network/terraform.tfstate'))).toBe(false);
  });

  it('again changes nothing; other code of the same name is refused unless it is to take the place', async () => {
    await code({ ...network, 'other/network/more.tf': 'variable "more" {}\n' });
    const paths = [path.join(elsewhere, 'network')];
    const first = await artifacts.import({ paths }, test.call);
    expect(await artifacts.import({ paths }, test.call)).toEqual(first);
    const other = { paths: [path.join(elsewhere, 'other')] };
    const second = await artifacts.import(other, test.call);
    expect(second.imported).toEqual([]);
    expect(second.problems).toMatchObject([
      { code: 'already-exists', message: 'There is another artifact called network.' },
    ]);
    const named = await artifacts.import({ ...other, name: 'network-two' }, test.call);
    expect(named.imported.map(({ name }) => name)).toEqual(['network-two']);
    const replaced = await artifacts.import({ ...other, update: true }, test.call);
    expect(replaced).toMatchObject({ updated: ['network'], problems: [] });
    expect(await exists(inWorkspace('artifacts/network/main.tf'))).toBe(false);
  });

  it('of changed code from the same place takes its place, but not that of code edited in the workspace', async () => {
    await code(network);
    const request = { paths: [path.join(elsewhere, 'network')] };
    await artifacts.import(request, test.call);
    await code({ 'network/more.tf': 'variable "more" {}\n' });
    const again = await artifacts.import(request, test.call);
    expect(again).toMatchObject({ updated: ['network'], imported: [{ name: 'network' }], problems: [] });
    expect(Object.keys(again.imported[0]?.inputs.properties ?? {})).toContain('more');
    await test.write('artifacts/network/more.tf', 'variable "mine" {}\n');
    await code({ 'network/more.tf': 'variable "theirs" {}\n' });
    const refused = await artifacts.import(request, test.call);
    expect(refused.problems[0]?.message).toBe(
      'There is another artifact called network: it was imported from here, and changed in the workspace since.',
    );
  });

  it('gives pieces of one name a name each, and takes only those that were chosen', async () => {
    await code({
      'live/vpc/main.tf': 'variable "a" {}\n',
      'legacy/vpc/main.tf': 'variable "b" {}\n',
      'jobs/one.py': 'import argparse\np = argparse.ArgumentParser()\np.add_argument("--x")\n',
    });
    const all = await artifacts.import({ paths: [elsewhere] }, test.call);
    expect(all.imported.map(({ name }) => name)).toEqual(['one', 'vpc', 'live-vpc']);
    await rm(inWorkspace('artifacts'), { recursive: true });
    const pieces = [{ path: elsewhere, piece: 'live/vpc', name: 'network' }];
    const some = await artifacts.import({ paths: [elsewhere], pieces }, test.call);
    expect(some.imported.map(({ name, inputs }) => [name, inputs.required])).toEqual([['network', ['a']]]);
    await expect(
      artifacts.import({ paths: [elsewhere], pieces: [{ path: elsewhere, piece: 'gone' }] }, test.call),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes every module of a folder, and names what does not parse with file, line and column', async () => {
    await code({
      ...network,
      'data/database/main.tf': 'resource "aws_db_instance" "a" {}\nvariable "size" { default = 1 }\n',
      'data/database/broken.tf': 'variable "x" {\n  type = = string\n}\n',
      'data/hopeless/main.tf': 'resource "a" {\n',
      'notes/readme.md': 'no code',
    });
    const report = await artifacts.import({ paths: [elsewhere] }, test.call);
    expect(report.imported.map(({ name, boundary }) => [name, boundary])).toEqual([
      ['database', 'data'],
      ['network', 'networking'],
    ]);
    expect(report.imported[0]?.inputs.properties['size']).toBeDefined();
    expect(report.problems.map(({ code, file, line, column }) => [code, file, line, column])).toEqual([
      ['unreadable-file', 'artifacts/database/broken.tf', 2, 10],
      ['unreadable-file', 'main.tf', 1, 14],
    ]);
    expect(await exists(inWorkspace('artifacts/hopeless'))).toBe(false);
    const listed = await artifacts.list(undefined, test.call);
    expect(listed.artifacts).toHaveLength(2);
    expect(listed.problems).toMatchObject([{ file: 'artifacts/database/broken.tf', line: 2 }]);
  });

  it('copies local modules from outside along and points the copy at them; the original stays as it was', async () => {
    const main = 'module "a" {\n  source = "../modules/a" # shared\n}\n';
    await code({
      'live/app/main.tf': main,
      'live/modules/a/main.tf': 'module "b" { source = "../b" }\nresource "aws_sqs_queue" "q" {}\n',
      'live/modules/b/main.tf': 'output "id" { value = "x" }\n',
    });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'live/app')] }, test.call);
    expect(report.problems.map(({ severity, message }) => [severity, message])).toEqual([
      ['info', 'The module ../modules/a was copied along; main.tf:2 now takes it from ./modules/a.'],
      ['info', 'The module ../b was copied along; modules/a/main.tf:1 now takes it from ../b.'],
    ]);
    expect(report.imported[0]).toMatchObject({ name: 'app', boundary: 'application', creates: { aws_sqs_queue: 1 } });
    expect(await readFile(inWorkspace('artifacts/app/main.tf'), 'utf8')).toBe(
      main.replace('../modules/a', './modules/a'),
    );
    expect(await readFile(path.join(elsewhere, 'live/app/main.tf'), 'utf8')).toBe(main);
  });

  it('leaves keys, settings with secrets and states where they are, of every kind of code, and tells each', async () => {
    await code({
      'app/main.tf': 'module "a" { source = "../a" }\n',
      'app/ca.pem': '-----BEGIN CERTIFICATE-----\nx\n',
      'app/.env': 'A=b',
      'a/main.tf': 'output "x" { value = 1 }\n',
      'a/host.key': 'x',
      'a/terraform.tfstate': '{}',
      'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      'chart/values.yaml': 'size: 1\n',
      'chart/files/id_rsa': 'x',
    });
    const report = await artifacts.import({ paths: [elsewhere] }, test.call);
    const untaken = report.problems.flatMap(({ code: kind, file }) => (kind === 'secret-not-copied' ? [file] : []));
    expect(new Set(untaken)).toEqual(
      new Set([
        'artifacts/app/.env',
        'artifacts/app/modules/a/host.key',
        'artifacts/a/host.key',
        'artifacts/chart/files/id_rsa',
      ]),
    );
    const files = await readdir(inWorkspace('artifacts'), { recursive: true, withFileTypes: true });
    const names = files.flatMap((file) => (file.isFile() ? [file.name] : []));
    expect(names.sort((left, right) => left.localeCompare(right))).toEqual([
      'ca.pem',
      'Chart.yaml',
      'main.tf',
      'main.tf',
      'main.tf',
      'values.yaml',
    ]);
  });

  it('looks for pieces that are named only where they are said to be', async () => {
    await code({
      'repo/a/main.tf': '',
      'repo/b/one.yaml': 'Resources: { A: { Type: "AWS::SNS::Topic" } }\n',
      'repo/b/two.yaml': 'Resources: { B: { Type: "AWS::SNS::Topic" } }\n',
      'other/main.tf': '',
    });
    const repo = path.join(elsewhere, 'repo');
    await symlink('../other', path.join(repo, 'linked'));
    const take = (...pieces: readonly string[]) =>
      artifacts.import(
        { paths: [repo], pieces: pieces.map((piece) => ({ path: repo, piece, name: piece.replaceAll(/\W/g, '-') })) },
        test.call,
      );
    const report = await take('b/two.yaml', 'a');
    expect(report.imported.map(({ name, runner }) => [name, runner])).toEqual([
      ['b-two-yaml', 'cloudformation'],
      ['a', 'terraform'],
    ]);
    for (const gone of ['linked', 'c', 'b', 'b/three.yaml'])
      await expect(take(gone)).rejects.toThrow(`holds no code at ${gone}.`);
    await expect(take('../other')).rejects.toThrow('leads out');
  });

  it('takes code whose local modules are not there, and names each call that leads nowhere', async () => {
    const main = 'module "a" { source = "../gone" }\nmodule "b" { source = "../there" }\n';
    await code({ 'app/main.tf': main, 'there/main.tf': 'module "c" { source = "../gone" }\n' });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'app')] }, test.call);
    expect(report.problems.map(({ severity, code: kind, file, line }) => [severity, kind, file, line])).toEqual([
      ['info', 'module-copied', 'artifacts/app/main.tf', 2],
      ['error', 'missing-module', 'artifacts/app/main.tf', 1],
      ['error', 'missing-module', 'artifacts/app/modules/there/main.tf', 1],
    ]);
    expect(await readFile(inWorkspace('artifacts/app/main.tf'), 'utf8')).toBe(
      main.replace('../there', './modules/there'),
    );
  });

  it('warns of outputs with which real OpenTofu deploys no root, and of none of the modules inside', async () => {
    const secret = 'variable "x" {\n  type      = string\n  ephemeral = true\n}\n';
    const output = 'output "y" {\n  value     = var.x\n  ephemeral = true\n}\n';
    await code({
      'root/main.tf': `${secret}${output}module "inner" {\n  source = "./inner"\n  x      = var.x\n}\n`,
      'root/inner/main.tf': secret + output,
    });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'root')] }, test.call);
    expect(report.problems.map(({ severity, code: kind, file, line }) => [severity, kind, file, line])).toEqual([
      ['warning', 'ephemeral-output', 'artifacts/root/main.tf', 5],
    ]);
    const tofu = requireTool('tofu');
    const run = (...args: string[]) =>
      execFileSync(tofu, args, { cwd: inWorkspace('artifacts/root'), env: tofuEnvironment(), stdio: 'pipe' });
    run('init', '-backend=false', '-no-color');
    expect(() => run('validate', '-no-color')).toThrow('Root modules are not allowed to have outputs defined as');
  });

  it('gives what real OpenTofu takes: copied modules resolve, and the types are those it has', async () => {
    await code({
      'live/app/main.tf': `module "names" {
  source = "../modules/names"
  prefix = var.prefix
}
variable "prefix" { type = string }
output "names" { value = module.names.all }
`,
      'live/modules/names/main.tf': `variable "prefix" { type = string }
resource "terraform_data" "a" { input = var.prefix }
output "all" { value = [for n in ["a", "b"] : "\${var.prefix}-\${n}"] }
`,
    });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'live/app')] }, test.call);
    expect(report.imported[0]?.outputs.properties['names']).toMatchObject({ type: 'array', items: { type: 'string' } });
    const run = (...args: string[]): string =>
      execFileSync(requireTool('tofu'), args, {
        cwd: inWorkspace('artifacts/app'),
        env: tofuEnvironment(),
        encoding: 'utf8',
        timeout: 60_000,
      });
    run('init', '-backend=false', '-input=false');
    expect(JSON.parse(run('validate', '-json'))).toMatchObject({ valid: true, error_count: 0 });
    run('apply', '-auto-approve', '-input=false', '-var', 'prefix=x');
    expect(JSON.parse(run('output', '-json', 'names'))).toEqual(['x-a', 'x-b']);
  });

  it('takes an example with the module around it, which does not hold the example again', async () => {
    await code({
      'vpc/main.tf': 'resource "aws_vpc" "v" {}\n',
      'vpc/modules/zone/main.tf': 'resource "aws_subnet" "s" {}\n',
      'vpc/examples/simple/main.tf':
        'module "vpc" { source = "../.." }\nmodule "zone" { source = "../../modules/zone" }\n',
    });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'vpc/examples/simple')] }, test.call);
    expect(report.imported[0]?.creates).toEqual({ aws_vpc: 1, aws_subnet: 1 });
    const files = await artifacts.files({ name: 'simple' }, test.call);
    expect(files.map((file) => file.path)).toEqual([
      'main.tf',
      'modules/vpc/main.tf',
      'modules/vpc/modules/zone/main.tf',
    ]);
    expect(files[0]?.text).toBe(
      'module "vpc" { source = "./modules/vpc" }\nmodule "zone" { source = "./modules/vpc/modules/zone" }\n',
    );
  });

  it('leaves out a piece with links that lead out, says why, and takes the others', async () => {
    await code({ ...network, 'after/main.tf': 'variable "a" {}\n', 'zone/main.tf': 'variable "z" {}\n' });
    await symlink('/etc/hostname', path.join(elsewhere, 'network/secret.txt'));
    const report = await artifacts.import({ paths: [elsewhere] }, test.call);
    expect(report.imported.map(({ name }) => name)).toEqual(['after', 'zone']);
    expect(report.problems).toMatchObject([
      {
        severity: 'error',
        code: 'refused',
        message: 'network: secret.txt is a link that leads out of the folder.',
        advice: 'Replace it by a copy.',
        file: null,
      },
    ]);
    expect(await exists(inWorkspace('artifacts/network'))).toBe(false);
  });

  it.each([
    ['a path that does not exist', ['nowhere'], 'not-found', 'does not exist'],
    ['a file', ['network/main.tf'], 'bad-input', 'holds no infrastructure code'],
    ['a folder without code', ['empty'], 'bad-input', 'holds no infrastructure code'],
    ['a good path beside a bad one', ['network', 'nowhere'], 'not-found', 'does not exist'],
  ])('refuses %s and writes nothing', async (...[, paths, code_, message]) => {
    await code({ ...network, 'empty/x.txt': '' });
    await expect(
      artifacts.import({ paths: paths.map((given) => path.join(elsewhere, given)) }, test.call),
    ).rejects.toMatchObject({ code: code_, message: expect.stringContaining(message) });
    expect(await exists(inWorkspace('artifacts'))).toBe(false);
  });

  it('refuses in a read-only workspace', async () => {
    await using locked = await makeWorkspace({ readOnly: 'No writing here.' });
    const service = createArtifactsService({ ...locked, store: createArtifactStore(locked.workspace) });
    await expect(service.import({ paths: [elsewhere] }, test.call)).rejects.toMatchObject({ code: 'read-only' });
  });
});

it('shows of a file what can be shown; one that is too long is not read for that', async () => {
  await test.write('artifacts/a/main.tf', 'variable "a" {}\n');
  await test.write('artifacts/a/picture.bin', 'a\0b');
  // Only by its size can it be told from what is no text.
  await test.write('artifacts/a/zeros.bin', '\0'.repeat(1024 * 1024 + 1));
  expect(await artifacts.files({ name: 'a' }, test.call)).toEqual([
    { path: 'main.tf', text: 'variable "a" {}\n' },
    { path: 'picture.bin', text: '(not a text)' },
    { path: 'zeros.bin', text: '(too long to show)' },
  ]);
});

describe('writing an artifact from texts', () => {
  const files = [{ path: 'main.tf', text: 'resource "aws_db_instance" "a" {}\n' }];

  it('makes it whole, reads it back, and refuses a second of the name', async () => {
    const written = await writeArtifact(test.workspace, {
      name: 'region-data',
      version: '0.3.0',
      boundary: 'data',
      files,
    });
    expect(written.artifact).toMatchObject({ name: 'region-data', version: '0.3.0', boundary: 'data' });
    expect(written.files).toEqual(['artifacts/region-data/main.tf', 'artifacts/region-data/groundplan.yaml']);
    const again = { name: 'region-data', version: '0.4.0', boundary: 'data', files } as const;
    await expect(writeArtifact(test.workspace, again)).rejects.toMatchObject({ code: 'already-exists' });
    const replaced = await writeArtifact(test.workspace, { ...again, replace: true });
    expect(replaced.artifact.version).toBe('0.4.0');
  });

  it('refuses paths and names that lead out, and leaves nothing behind', async () => {
    const escape = { version: '0.1.0', boundary: 'data', files: [{ path: '../../x.tf', text: '' }] } as const;
    await expect(writeArtifact(test.workspace, { ...escape, name: 'a' })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(writeArtifact(test.workspace, { ...escape, name: '../a' })).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect(await artifacts.list(undefined, test.call)).toEqual({ artifacts: [], problems: [] });
  });
});

describe('the digest', () => {
  it('follows the bytes and the names of the code, and nothing else', async () => {
    const digest = async (): Promise<string | undefined> =>
      (await artifacts.list(undefined, test.call)).artifacts[0]?.digest;
    await test.write('artifacts/a/main.tf', 'variable "a" {}\n');
    const first = await digest();
    await test.write('artifacts/a/groundplan.yaml', 'version: 2.0.0\n');
    await test.write('artifacts/a/.terraform/x', 'downloaded');
    await test.write('artifacts/a/terraform.tfstate', '{}');
    expect(await digest()).toBe(first);
    await test.write('artifacts/a/.terraform.lock.hcl', '# pins the provider');
    const locked = await digest();
    expect(locked).not.toBe(first);
    await test.write('artifacts/a/main.tf', 'variable "b" {}\n');
    expect(await digest()).not.toBe(locked);
  });
});

describe('looking at code before it is imported', () => {
  async function examined(paths: string[]) {
    const pieces: FoundPiece[] = [];
    const told: string[] = [];
    for await (const item of await artifacts.examine({ paths }, test.call)) {
      if (item.type === 'piece') pieces.push(item.piece);
      else told.push(item.text);
    }
    return { pieces, told };
  }

  it('tells piece by piece what would be imported, and writes nothing', async () => {
    await code({ ...network, 'broken/main.tf': 'variable "x" {\n  type = = string\n}\n', 'empty/x.txt': '' });
    const { pieces, told } = await examined([elsewhere]);
    expect(told).toEqual(['Looking for code', 'Reading broken', 'Reading network']);
    expect(pieces).toMatchObject([
      { piece: 'broken', artifact: null, problems: [{ file: 'main.tf', line: 2, column: 10 }] },
      {
        piece: 'network',
        name: 'network',
        runner: 'terraform',
        artifact: { boundary: 'networking', inputs: { required: ['cidr'] } },
        boundaryBecause: 'it creates aws_vpc',
        existing: 'none',
      },
    ]);
    expect(await exists(inWorkspace('artifacts'))).toBe(false);
    await expect(examined([path.join(elsewhere, 'empty')])).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('goes on after a piece that cannot be copied, and says why', async () => {
    await code({ ...network, 'zone/main.tf': 'variable "z" {}\n' });
    await symlink('/etc/hostname', path.join(elsewhere, 'network/secret.txt'));
    expect((await examined([elsewhere])).pieces).toMatchObject([
      {
        piece: 'network',
        artifact: null,
        boundaryBecause: 'it cannot be read',
        problems: [{ severity: 'error', message: 'network: secret.txt is a link that leads out of the folder.' }],
        existing: 'none',
      },
      { piece: 'zone', artifact: { name: 'zone' }, problems: [] },
    ]);
  });

  it('says what the workspace has already', async () => {
    await code({ ...network, 'other/network/main.tf': 'variable "other" {}\n' });
    const folder = path.join(elsewhere, 'network');
    await artifacts.import({ paths: [folder] }, test.call);
    const existing = async (at: string) => (await examined([at])).pieces[0]?.existing;
    expect(await existing(folder)).toBe('same');
    await code({ 'network/more.tf': 'variable "more" {}\n' });
    expect(await existing(folder)).toBe('earlier');
    expect(await existing(path.join(elsewhere, 'other'))).toBe('other');
    await test.write('artifacts/network/more.tf', 'variable "mine" {}\n');
    expect(await existing(folder)).toBe('edited');
  });
});
