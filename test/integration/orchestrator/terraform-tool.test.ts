import { appendFile, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import type { TerraformEvent } from '#engine/ports/index.ts';
import { requireTool, startMoto, type Moto } from '#test/support/toolchain/index.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';
import { accessTo, never, realTool, temporaryFolder, writeFiles } from '#test/support/orchestrator/index.ts';

const counterModule = `
variable "size" {
  type    = number
  default = 1
}
variable "secret" {
  type      = string
  sensitive = true
}
resource "terraform_data" "one" {
  input = { size = var.size, secret = var.secret }
}
output "size" {
  value = terraform_data.one.output.size
}
output "secret" {
  value     = var.secret
  sensitive = true
}
`;

describe('OpenTofu behind its port, without a provider', () => {
  it('keeps the state of sources with a local backend where every other local state is', async () => {
    await using folder = await temporaryFolder();
    const backend = 'terraform {\n  backend "local" {\n    path = "live/own.tfstate"\n  }\n}\n';
    await writeFiles(folder.path, { 'sources/main.tf': `${backend}resource "terraform_data" "one" {}\n` });
    const tool = realTool();
    const statePath = path.join(folder.path, 'state', 'one.tfstate');
    const workdir = await tool.prepare({
      sources: path.join(folder.path, 'sources'),
      directory: path.join(folder.path, 'work'),
      access: accessTo(null),
      variables: {},
      statePath,
      signal: never,
    });
    expect(workdir.statePath).toBe(statePath);
    const plan = await tool.plan(workdir, { mode: 'normal', signal: never });
    await tool.apply(workdir, { planFile: plan.planFile, expectedDigest: plan.digest, signal: never });
    expect((await tool.stateIdentity(workdir, never))?.lineage).toEqual(expect.any(String));
    expect(await readdir(path.dirname(statePath))).toEqual(['one.tfstate']);
  });

  it('plans, applies the very plan, and reads state and outputs', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'sources/main.tf': counterModule });
    const tool = realTool();
    const statePath = path.join(folder.path, 'state', 'one.tfstate');
    const workdir = await tool.prepare({
      sources: path.join(folder.path, 'sources'),
      directory: path.join(folder.path, 'work'),
      access: accessTo(null),
      variables: { size: 3, secret: 'hush ${x}' },
      statePath,
      signal: never,
    });
    expect(await tool.stateIdentity(workdir, never)).toBeNull();
    const plan = await tool.plan(workdir, { mode: 'normal', signal: never });
    expect(plan.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await stat(plan.planFile)).mode & 0o077).toBe(0);
    expect((await stat(path.join(workdir.path, 'groundplan.auto.tfvars.json'))).mode & 0o077).toBe(0);
    expect(plan.text).toContain('terraform_data.one will be created');
    expect(plan.text).not.toContain('hush');

    const events: TerraformEvent[] = [];
    const outputFile = path.join(folder.path, 'apply.log');
    let started = 0;
    await tool.apply(workdir, {
      planFile: plan.planFile,
      expectedDigest: plan.digest,
      signal: never,
      outputFile,
      onStart: ({ pid }) => (started = pid),
      onEvent: (event) => events.push(event),
    });
    expect(started).toBeGreaterThan(0);
    expect(events.find((event) => event.type === 'apply_complete')).toMatchObject({
      address: 'terraform_data.one',
      resourceType: 'terraform_data',
      action: 'create',
    });
    expect((await readFile(outputFile, 'utf8')).split('\n').length).toBeGreaterThan(3);
    expect(await tool.outputs(workdir, never)).toEqual({
      size: { value: 3, sensitive: false },
      secret: { value: 'hush ${x}', sensitive: true },
    });
    expect(await tool.stateIdentity(workdir, never)).toMatchObject({ serial: 1 });
    expect(JSON.stringify(await tool.state(workdir, never))).toContain('terraform_data.one');
    await expect(
      tool.apply(workdir, { planFile: plan.planFile, expectedDigest: plan.digest, signal: never }),
    ).rejects.toMatchObject({ code: 'state-moved' });
  });

  it('reads a plan as document and as text, also from a version that gives one at a time', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'sources/main.tf': counterModule });
    const older = path.join(folder.path, 'tofu');
    const script = [
      '#!/bin/sh',
      'case "$*" in',
      '  version*) echo \'{"terraform_version":"1.11.0"}\' ;;',
      '  *-json-into*) echo "flag provided but not defined" >&2; exit 1 ;;',
      `  *) exec '${requireTool('tofu')}' "$@" ;;`,
      'esac',
    ];
    await writeFile(older, `${script.join('\n')}\n`, { mode: 0o755 });
    const plans = [];
    for (const tool of [realTool(), realTool({ configured: older })]) {
      const workdir = await tool.prepare({
        sources: path.join(folder.path, 'sources'),
        directory: path.join(folder.path, 'work'),
        access: accessTo(null),
        variables: { size: 3, secret: 'hush' },
        statePath: path.join(folder.path, 'state', 'one.tfstate'),
        signal: never,
      });
      plans.push(await tool.plan(workdir, { mode: 'normal', signal: never }));
      const left = await readdir(workdir.path);
      expect(left.filter((name) => name.endsWith('.tfplan.json'))).toEqual([]);
    }
    const read = plans.map(({ json, text }) => ({ changes: (json as JsonObject)['resource_changes'], text }));
    expect(read[1]).toEqual(read[0]);
    expect(read[0]?.changes).toHaveLength(1);
  });

  it('refuses a plan file with one byte more, and one that became a link', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'sources/main.tf': 'resource "terraform_data" "one" {}\n' });
    const tool = realTool();
    const workdir = await tool.prepare({
      sources: path.join(folder.path, 'sources'),
      directory: path.join(folder.path, 'work'),
      access: accessTo(null),
      variables: {},
      statePath: path.join(folder.path, 'state', 'one.tfstate'),
      signal: never,
    });
    const plan = await tool.plan(workdir, { mode: 'normal', signal: never });
    await symlink(plan.planFile, path.join(folder.path, 'link'));
    await expect(
      tool.apply(workdir, { planFile: path.join(folder.path, 'link'), expectedDigest: plan.digest, signal: never }),
    ).rejects.toMatchObject({ code: 'digest-mismatch' });
    await appendFile(plan.planFile, 'x');
    await expect(
      tool.apply(workdir, { planFile: plan.planFile, expectedDigest: plan.digest, signal: never }),
    ).rejects.toMatchObject({ code: 'digest-mismatch' });
    expect(await tool.state(workdir, never)).toBeNull();
  });

  it('names file and line of what is wrong in a module, and of a plan that fails', async () => {
    await using folder = await temporaryFolder();
    const tool = realTool();
    const common = { access: accessTo(null), statePath: path.join(folder.path, 's', 'x.tfstate'), signal: never };
    await writeFiles(folder.path, {
      'broken/main.tf': 'resource "terraform_data" {\n}\n',
      'failing/main.tf':
        'variable "n" {\n  default = 1\n}\nresource "terraform_data" "x" {\n  lifecycle {\n    precondition {\n      condition     = var.n == 2\n      error_message = "never"\n    }\n  }\n}\n',
    });
    await expect(
      tool.prepare({
        ...common,
        sources: path.join(folder.path, 'broken'),
        directory: path.join(folder.path, 'w1'),
        variables: {},
      }),
    ).rejects.toMatchObject({ code: 'plan-failed', message: expect.stringMatching(/^Error:.*main\.tf line 1/s) });
    const workdir = await tool.prepare({
      ...common,
      sources: path.join(folder.path, 'failing'),
      directory: path.join(folder.path, 'w2'),
      variables: {},
    });
    await expect(tool.plan(workdir, { mode: 'normal', signal: never })).rejects.toMatchObject({
      code: 'plan-failed',
      message: expect.stringMatching(/main\.tf:7: Resource precondition failed.*never/s),
    });
  });

  it('refuses a link among the sources', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'sources/main.tf': '' });
    await symlink('/etc/passwd', path.join(folder.path, 'sources', 'extra.tf'));
    await expect(
      realTool().prepare({
        sources: path.join(folder.path, 'sources'),
        directory: path.join(folder.path, 'work'),
        access: accessTo(null),
        variables: {},
        statePath: path.join(folder.path, 'x.tfstate'),
        signal: never,
      }),
    ).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('extra.tf') });
  });

  it('sends one interrupt on cancel, waits, and leaves a readable state', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, {
      'sources/main.tf': `
resource "terraform_data" "first" {
}
resource "terraform_data" "slow" {
  triggers_replace = terraform_data.first.id
  provisioner "local-exec" {
    command = "sleep 3"
  }
}
resource "terraform_data" "last" {
  triggers_replace = terraform_data.slow.id
}
`,
    });
    const tool = realTool();
    const workdir = await tool.prepare({
      sources: path.join(folder.path, 'sources'),
      directory: path.join(folder.path, 'work'),
      access: accessTo(null),
      variables: {},
      statePath: path.join(folder.path, 'state', 'x.tfstate'),
      signal: never,
    });
    const plan = await tool.plan(workdir, { mode: 'normal', signal: never });
    const cancel = new AbortController();
    await expect(
      tool.apply(workdir, {
        planFile: plan.planFile,
        expectedDigest: plan.digest,
        signal: cancel.signal,
        outputFile: path.join(folder.path, 'log'),
        onEvent: (event) => {
          if (event.type === 'provision_start') cancel.abort();
        },
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    const state = JSON.stringify(await tool.state(workdir, never));
    expect(state).toContain('terraform_data.first');
    expect(state).not.toContain('terraform_data.last');
  });

  it('passes nothing of the environment that could change a command', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'sources/main.tf': counterModule });
    const tool = realTool({
      environment: { TF_CLI_ARGS_plan: '-destroy', TF_VAR_size: '77', TF_CLI_CONFIG_FILE: '/nowhere/tofurc' },
    });
    const workdir = await tool.prepare({
      sources: path.join(folder.path, 'sources'),
      directory: path.join(folder.path, 'work'),
      access: accessTo(null),
      variables: { secret: '-var-file=/etc/shadow' },
      statePath: path.join(folder.path, 'state', 'x.tfstate'),
      signal: never,
    });
    const plan = await tool.plan(workdir, { mode: 'normal', signal: never });
    expect(plan.text).toContain('will be created');
    expect(JSON.stringify(plan.json)).not.toContain('77');
  });

  it('says when the tool is missing or too old', async () => {
    await using folder = await temporaryFolder();
    const old = path.join(folder.path, 'tofu');
    await writeFile(old, '#!/bin/sh\necho \'{"terraform_version":"1.5.7"}\'\n', { mode: 0o755 });
    await expect(realTool({ configured: old }).identify()).rejects.toMatchObject({
      code: 'tool-too-old',
      message: expect.stringContaining('1.5.7'),
    });
    await expect(realTool({ configured: path.join(folder.path, 'none') }).identify()).rejects.toMatchObject({
      code: 'tool-missing',
    });
  });
});

const terraform = await createNodeProcesses().find('terraform');

describe.skipIf(terraform === null)('Terraform, where it is what the machine has', () => {
  it('plans and applies like OpenTofu', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'sources/main.tf': counterModule });
    const tool = realTool({ configured: 'terraform' });
    expect(await tool.identify()).toMatchObject({ name: 'terraform', path: terraform });
    const workdir = await tool.prepare({
      sources: path.join(folder.path, 'sources'),
      directory: path.join(folder.path, 'work'),
      access: accessTo(null),
      variables: { size: 2, secret: 'hush' },
      statePath: path.join(folder.path, 'state', 'x.tfstate'),
      signal: never,
    });
    const plan = await tool.plan(workdir, { mode: 'normal', signal: never });
    const events: string[] = [];
    await tool.apply(workdir, {
      planFile: plan.planFile,
      expectedDigest: plan.digest,
      signal: never,
      onEvent: (event) => events.push(event.type),
    });
    expect(events).toContain('apply_complete');
    expect((await tool.outputs(workdir, never))['size']).toEqual({ value: 2, sensitive: false });
  });
});

describe('OpenTofu with the real AWS provider', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  it('configures provider and endpoint by itself, and imports what exists', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, {
      'sources/main.tf':
        'variable "cidr" {\n  type = string\n}\nresource "aws_vpc" "main" {\n  cidr_block = var.cidr\n}\noutput "id" {\n  value = aws_vpc.main.id\n}\noutput "arn" {\n  value = aws_vpc.main.arn\n}\n',
    });
    const tool = realTool();
    const prepareAs = (name: string, imports?: Record<string, string>) =>
      tool.prepare({
        sources: path.join(folder.path, 'sources'),
        directory: path.join(folder.path, name),
        access: accessTo(moto.endpoint),
        variables: { cidr: '10.7.0.0/16' },
        statePath: path.join(folder.path, 'state', `${name}.tfstate`),
        signal: never,
        ...(imports === undefined ? {} : { imports }),
      });
    const first = await prepareAs('first');
    const plan = await tool.plan(first, { mode: 'normal', signal: never });
    await tool.apply(first, { planFile: plan.planFile, expectedDigest: plan.digest, signal: never });
    const outputs = await tool.outputs(first, never);
    expect(outputs['arn']?.value).toMatch(/^arn:aws:ec2:eu-west-1:123456789012:vpc\/vpc-/);

    const id = outputs['id']?.value;
    if (typeof id !== 'string') throw new Error('The module gave no id.');
    const second = await prepareAs('second', { 'aws_vpc.main': id });
    const adoption = await tool.plan(second, { mode: 'normal', signal: never });
    expect(adoption.text).toContain('1 to import, 0 to add, 0 to change, 0 to destroy');
    expect(JSON.stringify(await tool.providerSchemas(second, never))).toContain('aws_vpc');
  });
});
