import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { splitDecisionsSchema, splitOptionsSchema, type SplitDecisionsInput } from '#shared/model/index.ts';
import { temporaryFolder, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import { prove, splitCall, splitRequest, splitService, writeRoot as rootIn } from '#test/support/split/index.ts';
import { requireTool, tofuEnvironment } from '#test/support/toolchain/index.ts';

const call = splitCall;
const split = splitService();
const options = splitOptionsSchema.parse({});

/** Every construct that a part has to carry over, tangled on purpose. */
const tangled: Readonly<Record<string, string>> = {
  'main.tf': `# Licence

terraform {
  backend "local" {
    path = "live/terraform.tfstate" # one state for all
  }
}

locals {
  # Shared by all
  prefix = "x-\${var.stage}"
  only_b = "b" # only b needs it
  through = terraform_data.net["one"].output
}

variable "stage" {
  type    = string
  default = "test"
}

# The network
resource "terraform_data" "net" {
  for_each = toset(["one", "two"])
  input    = "\${local.prefix}-\${each.key}"
}

resource "terraform_data" "hosts" {
  count = 2
  input = { name = "host-\${count.index}", net = terraform_data.net["two"].output }
}
`,
  'app.tf': `module "app" {
  source = "./modules/app"
  name   = "\${local.prefix}-\${local.only_b}"
}

resource "terraform_data" "app" {
  input = {
    first = terraform_data.hosts[0].output.name
    all   = [for host in terraform_data.hosts[*].output : host.name]
    net   = local.through
    text  = <<-EOT
      \${module.app.name} and \${terraform_data.net["one"].id}
    EOT
  }

  depends_on = [terraform_data.hosts, module.app] # in order
}

check "named" {
  assert {
    condition     = terraform_data.app.output != null
    error_message = "No name."
  }
}

output "app" {
  value = terraform_data.app.output
}
`,
  'modules/app/main.tf': `variable "name" { type = string }
resource "terraform_data" "this" { input = file("\${path.module}/text.txt") }
output "name" { value = var.name }
`,
  'modules/app/text.txt': 'a text',
};

const pins = {
  'terraform_data.net': 'network',
  'terraform_data.hosts': 'machines',
  'module.app': 'app',
  'terraform_data.app': 'app',
};

function rootOf(folder: string, files: Readonly<Record<string, string>> = tangled): Promise<string> {
  return rootIn(folder, files);
}

function propose(root: string, decisions: SplitDecisionsInput = {}) {
  return split.propose({ root, decisions: splitDecisionsSchema.parse(decisions), options }, call);
}

describe('a root cut into parts', () => {
  it('gives parts that real OpenTofu takes, with the author’s text, and one interface between them', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path);
    const out = path.join(folder.path, 'out');
    const decisions = splitDecisionsSchema.parse({ pins });
    const proposal = await propose(root, { pins });
    expect(proposal.groups.map(({ name, after }) => [name, after])).toEqual([
      ['network', []],
      ['machines', ['network']],
      ['app', ['network', 'machines']],
    ]);
    const emission = await split.emit({ root, decisions, options, out }, call);
    expect(emission.artifacts).toEqual(['root-network', 'root-machines', 'root-app']);
    const read = (file: string): Promise<string> => readFile(path.join(out, 'artifacts', file), 'utf8');
    expect(await read('root-network/main.tf')).toContain('path = "live/network/terraform.tfstate" # one state for all');
    expect(await read('root-machines/main.tf')).toContain('net = var.data_net_output["two"] }');
    const app = await read('root-app/app.tf');
    expect(app).toContain('first = var.data_hosts_output[0].name');
    expect(app).toContain('for host in var.data_hosts_output[*] : host.name');
    expect(app).toContain('${module.app.name} and ${var.data_net_id["one"]}');
    expect(app).toContain('depends_on = [module.app] # in order');
    expect(await read('root-app/main.tf')).toContain('only_b = "b" # only b needs it');
    expect(await read('root-network/main.tf')).not.toContain('only_b');
    expect(await read('root-app/modules/app/text.txt')).toBe('a text');
    for (const artifact of emission.artifacts) {
      const cwd = path.join(out, 'artifacts', artifact);
      const run = (...args: string[]): string =>
        execFileSync(requireTool('tofu'), args, { cwd, env: tofuEnvironment(), encoding: 'utf8', timeout: 60_000 });
      run('init', '-backend=false', '-input=false');
      expect(JSON.parse(run('validate', '-json'))).toMatchObject({ valid: true, error_count: 0 });
      const ours = (await readdir(cwd)).filter((name) => name.startsWith('split_'));
      expect(run('fmt', '-check', '-diff', ...ours)).toBe('');
    }
  });

  it('proves what the code alone can prove, and says what needs a state', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path);
    const proof = await prove(split, { root, decisions: { pins }, state: { from: 'none' } });
    const statuses = Object.fromEntries(proof.checks.map(({ id, status }) => [id, status]));
    expect(statuses).toMatchObject({
      syntax: 'proven',
      members: 'proven',
      references: 'proven',
      comments: 'proven',
      acyclic: 'proven',
      plans: 'needs-state',
    });
    expect(proof.complete).toBe(false);
  });

  it('is written again in place, and never over what is not its own', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path);
    const out = path.join(folder.path, 'out');
    const emit = (decisions: SplitDecisionsInput) =>
      split.emit({ root, decisions: splitDecisionsSchema.parse(decisions), options, out }, call);
    await emit({ pins });
    await emit({ pins: { '*': 'all' } });
    expect(await readdir(path.join(out, 'artifacts'))).toEqual(['root-all']);
    const other = path.join(folder.path, 'other', 'root');
    await mkdir(other, { recursive: true });
    await writeFiles(other, { 'main.tf': 'resource "terraform_data" "x" {}\n' });
    await expect(
      split.emit({ root: other, decisions: splitDecisionsSchema.parse({ pins: { '*': 'all' } }), options, out }, call),
    ).rejects.toMatchObject({ code: 'already-exists' });
  });
});

describe('the parts each fineness gives', () => {
  it('are as many as one gets, after what stands alone was placed and cycles were removed', async () => {
    await using folder = await temporaryFolder();
    const chain = (name: string): string =>
      Array.from({ length: 14 }, (_, at) => {
        const input = at === 0 ? '' : ` input = terraform_data.${name}_${at - 1}.id `;
        return `resource "terraform_data" "${name}_${at}" {${input}}\n`;
      }).join('');
    const alone = ['kiwi', 'lemon', 'mango'].map((name) => `resource "terraform_data" "${name}" {}\n`);
    const root = await rootOf(folder.path, { 'main.tf': [chain('apple'), chain('pear'), ...alone].join('') });
    const { resolutions } = await propose(root);
    expect(resolutions.map(({ fineness }) => fineness)).toEqual(['coarse', 'medium', 'fine']);
    for (const { fineness, groups, largestGroup } of resolutions) {
      const got = await propose(root, { fineness });
      const sizes = got.groups.map(({ resources }) => resources.length);
      expect([fineness, groups, largestGroup]).toEqual([fineness, sizes.length, Math.max(...sizes)]);
    }
  });
});

describe('what a root has that parts cannot simply take along', () => {
  it('is told with its place', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      'main.tf': `terraform {
  backend "s3" {
    bucket = "states"
  }
}
provider "aws" {
  for_each = toset(["eu-west-1"])
  alias    = "by_region"
  region   = each.key
}
data "terraform_remote_state" "core" {
  backend = "local"
}
resource "terraform_data" "one" {
  input = data.terraform_remote_state.core.outputs.id
}
`,
    });
    const { problems } = await propose(root);
    expect(problems.map(({ code, severity, file, line, node }) => [code, severity, file, line, node])).toEqual([
      ['repeated-provider', 'info', 'main.tf', 6, 'provider.aws.by_region'],
      ['remote-state', 'info', 'main.tf', 11, 'data.terraform_remote_state.core'],
    ]);
    const emission = await split.emit(
      { root, decisions: splitDecisionsSchema.parse({}), options, out: path.join(folder.path, 'out') },
      call,
    );
    expect(emission.problems.map(({ code, severity, file, line }) => [code, severity, file, line])).toEqual([
      ['partial-backend', 'warning', 'main.tf', 2],
      ['no-target', 'info', null, null],
    ]);
  });

  it('says where parts do not find one another’s states, which they read in the workspace they are in', async () => {
    await using folder = await temporaryFolder();
    const main = `
resource "terraform_data" "net" {}
resource "terraform_data" "app" { input = terraform_data.net.id }
`;
    const pins = { 'terraform_data.net': 'net', 'terraform_data.app': 'app' };
    const backends = {
      none: '',
      partial: 'terraform {\n  backend "s3" {}\n}\n',
      whole: 'terraform {\n  backend "s3" {\n    bucket = "b"\n    key    = "live/state"\n  }\n}\n',
    };
    const told: Record<string, readonly string[]> = {};
    for (const [name, backend] of Object.entries(backends)) {
      const root = await rootOf(path.join(folder.path, name), { 'main.tf': `${backend}${main}` });
      const out = path.join(folder.path, name, 'out');
      const request = splitRequest({ root, decisions: { pins }, options: { wiring: 'remote-state' }, out });
      const { problems } = await split.emit(request, call);
      told[name] = problems.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
    }
    expect(told).toEqual({
      // The path of the other's state leads out of the part as well.
      none: ['unreadable-states', 'secret-not-copied'],
      partial: ['partial-backend', 'unreadable-states'],
      whole: [],
    });
    const reader = path.join(folder.path, 'whole', 'out', 'artifacts', 'root-app', 'split_remote_state.tf');
    expect(await readFile(reader, 'utf8')).toBe(`data "terraform_remote_state" "net" {
  backend   = "s3"
  workspace = terraform.workspace

  config = {
    bucket = "b"
    key    = "live/net/state"
  }
}
`);
  });
});

describe('secrets among the variables', () => {
  const target = { cloud: 'aws', account: '123456789012', region: 'eu-west-2' } as const;

  it('are named and never written: neither a value nor a default of a sensitive variable', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      'main.tf': `variable "admin_password" {
  default   = "hunter2"
  sensitive = true
}
variable "pin_code" {
  type      = string
  sensitive = true
}
variable "empty" {
  default   = ""
  sensitive = true
}
variable "size" { default = 1 }
variable "name" { type = string }
resource "terraform_data" "one" {
  input = [var.admin_password, var.pin_code, var.empty, var.size, var.name]
}
`,
      'terraform.tfvars': 'pin_code = "hunter3"\nname = "shop"\n',
    });
    const out = path.join(folder.path, 'out');
    const given = { ...options, target, environment: 'live' };
    const decisions = splitDecisionsSchema.parse({});
    const { problems } = await split.emit({ root, decisions, options: given, out }, call);
    expect(problems.filter(({ code }) => code === 'secret-in-clear')).toEqual([]);
    const read = async (file: string): Promise<unknown> => parse(await readFile(path.join(out, file), 'utf8'));
    expect(await read('blueprints/root/blueprint.yaml')).toMatchObject({
      inputs: {
        admin_password: { type: 'string', sensitive: true },
        empty: { default: '', sensitive: true },
        size: { default: 1 },
      },
    });
    expect(await read('environments/live.yaml')).toMatchObject({
      inputs: {
        admin_password: { secret: 'live/admin-password' },
        pin_code: { secret: 'live/pin-code' },
        name: 'shop',
      },
    });
    for (const file of ['blueprints/root/blueprint.yaml', 'environments/live.yaml']) {
      expect(await readFile(path.join(out, file), 'utf8')).not.toContain('hunter');
    }
  });

  it('are warned of where only the name tells of them', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      'main.tf': `variable "api_token" { type = string }
variable "databases" { type = any }
variable "webhook_secret" { default = "hunter2" }
variable "secret_arn" { default = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:a" }
variable "rotate_password" { default = true }
resource "terraform_data" "one" {
  input = [var.api_token, var.databases, var.webhook_secret, var.secret_arn, var.rotate_password]
}
`,
      'terraform.tfvars': 'api_token = "hunter2"\ndatabases = { main = { password = "hunter2" } }\n',
    });
    const emitted = async (given: typeof options, name: string) => {
      const out = path.join(folder.path, name);
      const { problems } = await split.emit(
        { root, decisions: splitDecisionsSchema.parse({}), options: given, out },
        call,
      );
      return problems
        .filter(({ code }) => code === 'secret-in-clear')
        .map(({ severity, file, line, message }) => [severity, file, line, message]);
    };
    const said = (where: string, name: string): string =>
      `The ${where} holds the value of ${name} in clear: it is a secret by its name, but its variable is not sensitive.`;
    expect(await emitted({ ...options, target, environment: 'live' }, 'with')).toEqual([
      ['warning', 'main.tf', 1, said('environment', 'api_token')],
      ['warning', 'main.tf', 2, said('environment', 'databases')],
      ['warning', 'main.tf', 3, said('blueprint', 'webhook_secret')],
    ]);
    // Without a target no environment is made, and the values stay where they are.
    expect(await emitted(options, 'without')).toEqual([['warning', 'main.tf', 3, said('blueprint', 'webhook_secret')]]);
  });
});

describe('bad input', () => {
  it('says of which providers nothing is known, once each, and divides their resources all the same', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      'a.tf':
        'resource "terraform_data" "x" {}\n\nresource "acme_rocket" "one" {}\nresource "acme_rocket" "two" { on = acme_rocket.one.pad }\n',
      'b.tf': 'resource "other_thing" "it" { input = acme_rocket.two.id }\n',
    });
    const { problems, members, interfaces } = await propose(root, {
      pins: { 'acme_*': 'rockets', 'other_*': 'things' },
    });
    expect(problems.map(({ code, severity, file, line, node }) => [code, severity, file, line, node])).toEqual([
      ['unknown-provider', 'info', 'a.tf', 3, 'acme_rocket.one'],
      ['unknown-provider', 'info', 'b.tf', 1, 'other_thing.it'],
    ]);
    expect(problems[0]?.message).toContain('the provider acme: what its 2 resources give crosses as any');
    expect(members).toHaveLength(4);
    expect(interfaces.map(({ output, type }) => [output, type])).toEqual([['rockets.rocket_two_id', 'any']]);
  });

  it('names file, line and column of what does not parse', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, { 'a.tf': 'locals {}\n', 'b.tf': 'locals {\n  x = = 1\n}\n' });
    const { problems } = await propose(root);
    expect(problems).toMatchObject([{ code: 'unreadable-file', file: 'b.tf', line: 2, column: 7 }]);
  });

  it('takes an archive for no root, and unpacks nothing', async () => {
    await using folder = await temporaryFolder();
    const archive = path.join(folder.path, 'root.tgz');
    const escaping = path.join(folder.path, 'inside', 'root');
    await mkdir(escaping, { recursive: true });
    await writeFile(path.join(folder.path, 'outside.tf'), 'locals {}\n');
    execFileSync('tar', ['-czf', archive, '-P', '../../outside.tf'], { cwd: escaping });
    await rm(path.join(folder.path, 'outside.tf'));
    await expect(propose(archive)).rejects.toMatchObject({
      code: 'bad-input',
      advice: 'Point at the folder that holds the .tf files; unpack an archive first.',
    });
    expect((await readdir(folder.path)).sort()).toEqual(['inside', 'root.tgz']);
  });

  it('divides a root of 100,000 lines in one file', async () => {
    await using folder = await temporaryFolder();
    const filler = Array.from({ length: 390 }, (_, line) => `    line ${line}`).join('\n');
    const block = (chain: number, at: number): string => {
      const needs = at === 0 ? '""' : `terraform_data.chain${'abcdefgh'[chain] ?? ''}_${at - 1}.id`;
      const name = `chain${'abcdefgh'[chain] ?? ''}_${at}`;
      return `resource "terraform_data" "${name}" {\n  input = [${needs}, <<-TEXT\n${filler}\n  TEXT\n  ]\n}\n`;
    };
    const blocks = Array.from({ length: 256 }, (_, number) => block(Math.floor(number / 32), number % 32));
    const root = await rootOf(folder.path, { 'main.tf': blocks.join('\n') });
    const { lines, members, groups, cycles } = await propose(root);
    expect(lines).toBeGreaterThanOrEqual(100_000);
    expect(members).toHaveLength(256);
    expect(groups.length).toBeGreaterThanOrEqual(8);
    expect(cycles).toEqual([]);
  });

  it('names files that do not parse, and analyses the rest', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      ...tangled,
      'broken.tf': 'resource "a" {\n  x = = 1\n}\n',
      'cut-short.tf.json': '{ "locals": {',
      'more.tf.json': '{ locals: {} }',
    });
    const { problems, members } = await propose(root);
    expect(
      problems.filter(({ severity }) => severity === 'error').map(({ code, file, line }) => [code, file, line]),
    ).toEqual([
      ['unreadable-file', 'broken.tf', 2],
      ['unreadable-file', 'cut-short.tf.json', 1],
      ['unreadable-file', 'more.tf.json', 1],
    ]);
    expect(members).toHaveLength(4);
    await expect(
      split.emit(
        { root, decisions: splitDecisionsSchema.parse({}), options, out: path.join(folder.path, 'out') },
        call,
      ),
    ).rejects.toMatchObject({ code: 'bad-input' });
    await expect(readdir(path.join(folder.path, 'out'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('names what stands twice, links that lead out, modules that are not there', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      'a.tf':
        'resource "terraform_data" "x" {}\nmodule "gone" { source = "./gone" }\nmodule "far" { source = "vendor/vpc/aws" }\n',
      'b.tf': '\nresource "terraform_data" "x" {}\n',
    });
    await writeFile(path.join(folder.path, 'outside.tf'), 'locals {}\n');
    await symlink(path.join(folder.path, 'outside.tf'), path.join(root, 'link.tf'));
    await symlink(folder.path, path.join(root, 'shared'));
    const { problems } = await propose(root);
    expect(problems.map(({ code, severity, file, line }) => [code, severity, file, line])).toEqual([
      ['link-leads-out', 'error', 'link.tf', null],
      ['declared-twice', 'error', 'b.tf', 2],
      ['missing-module', 'warning', 'a.tf', 2],
      ['opaque-module', 'info', 'a.tf', 3],
      ['link-leads-out', 'error', 'shared', null],
    ]);
    // What can be told of it is told all the same; nothing is written.
    const proof = await prove(split, { root, state: { from: 'none' } });
    expect(proof.checks.map(({ id, status }) => [id, status])).toContainEqual(['acyclic', 'proven']);
    const out = path.join(folder.path, 'out');
    await expect(split.emit(splitRequest({ root, out }), call)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('takes from the source of a module that is not there whether it holds data', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      'main.tf':
        'module "files" { source = "github.com/acme/terraform-s3-bucket?ref=1" }\nmodule "page" { source = "acme/page/aws" }\n',
    });
    const { members } = await propose(root);
    expect(members.map(({ address, stateful }) => [address, stateful])).toEqual([
      ['module.files', true],
      ['module.page', false],
    ]);
  });

  it('writes the parts all the same when a module they call is not there, and says so', async () => {
    await using folder = await temporaryFolder();
    const main = 'module "gone" { source = "../gone" }\nmodule "lost" { source = "./lost" }\n';
    const root = await rootOf(folder.path, { 'main.tf': main });
    const out = path.join(folder.path, 'out');
    const decisions = splitDecisionsSchema.parse({ pins: { 'module.*': 'one' } });
    const { problems, artifacts } = await split.emit({ root, decisions, options, out }, call);
    expect(
      problems
        .filter(({ code }) => code === 'missing-module')
        .map(({ severity, file, line, message }) => [severity, file, line, message]),
    ).toEqual([
      [
        'error',
        'artifacts/root-one/main.tf',
        1,
        'Module "gone" is taken from ../gone, which lies outside of this folder.',
      ],
      ['error', 'artifacts/root-one/main.tf', 2, 'Module "lost" is taken from ./lost, which does not exist.'],
    ]);
    expect(artifacts).toEqual(['root-one']);
    expect(await readFile(path.join(out, 'artifacts/root-one/main.tf'), 'utf8')).toBe(main);
  });

  it('refuses what is no root, output inside the root, and pins that name nothing or contradict', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path);
    await expect(propose(path.join(folder.path, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(propose(path.join(root, 'main.tf'))).rejects.toMatchObject({ code: 'bad-input' });
    await expect(propose(root, { pins: { 'aws_vpc.none': 'x' } })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(
      split.emit({ root, decisions: splitDecisionsSchema.parse({}), options, out: path.join(root, 'out') }, call),
    ).rejects.toMatchObject({ code: 'bad-input' });
    await symlink(folder.path, path.join(folder.path, 'alias'));
    const over = path.join(folder.path, 'alias', 'root', 'new', 'out');
    await expect(
      split.emit({ root, decisions: splitDecisionsSchema.parse({}), options, out: over }, call),
    ).rejects.toMatchObject({ code: 'bad-input' });
    await expect(readdir(path.join(root, 'new'))).rejects.toMatchObject({ code: 'ENOENT' });
    const circle = {
      'terraform_data.net': 'a',
      'terraform_data.hosts': 'b',
      'terraform_data.app': 'a',
      'module.app': 'a',
    };
    const { cycles } = await propose(root, { pins: circle });
    expect(cycles.map(({ groups }) => groups.toSorted())).toEqual([['a', 'b']]);
  });

  it('lets no part be called what means something else in a blueprint', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      'target.tf':
        'resource "terraform_data" "one" {}\nresource "terraform_data" "two" { input = terraform_data.one.id }\n',
    });
    const { groups } = await propose(root);
    expect(groups.map(({ name }) => name)).not.toContain('target');
    const [{ name: proposed } = { name: '' }] = groups;
    for (const decisions of [{ pins: { 'terraform_data.*': 'inputs' } }, { names: { [proposed]: 'target' } }]) {
      const name = 'pins' in decisions ? 'inputs' : 'target';
      await expect(propose(root, decisions)).rejects.toMatchObject({
        code: 'bad-input',
        message: `No part can be called ${name}: \${${name}.…} means something else in a blueprint.`,
      });
    }
  });
});

describe('what lies beside the code', () => {
  it('is named: states of other workspaces, and files that others stand in for', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path, {
      'main.tf': 'resource "terraform_data" "one" {}\n',
      'main.tofu': 'resource "terraform_data" "one" {}\n',
      'terraform.tfstate.d/live/terraform.tfstate': '{}',
      'terraform.tfstate.d/test/terraform.tfstate': '{}',
    });
    const { problems } = await propose(root);
    expect(problems.map(({ code, severity, file, message }) => [code, severity, file, message])).toEqual([
      [
        'workspaces',
        'info',
        null,
        'The root has states of workspaces beside it: live, test. One workspace is divided at a time.',
      ],
      ['not-read', 'info', 'main.tf', expect.stringContaining('.tofu')],
    ]);
  });
});

describe('long names', () => {
  it('are cut to what an artifact may be called, and stay apart', async () => {
    await using folder = await temporaryFolder();
    const root = await rootOf(folder.path);
    const long = 'a'.repeat(60);
    const decisions = splitDecisionsSchema.parse({
      pins: { 'terraform_data.*': `${long}-x`, 'module.app': `${long}-x`, 'terraform_data.net': `${long}-y` },
    });
    const { artifacts } = await split.emit({ root, decisions, options, out: path.join(folder.path, 'out') }, call);
    const cut = new RegExp(`^root-a{49}-[0-9a-f]{8}$`);
    expect(artifacts).toEqual([expect.stringMatching(cut), expect.stringMatching(cut)]);
    expect(new Set(artifacts).size).toBe(2);
    expect(await readdir(path.join(folder.path, 'out', 'artifacts'))).toHaveLength(2);
  });
});
