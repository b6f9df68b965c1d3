import { describe, expect, it } from 'vitest';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import {
  applyRoot,
  everythingProven,
  findingsOf,
  prove,
  provenRoots,
  splitCall,
  splitRequest,
  splitService,
  tofu,
  writeRoot,
} from '#test/support/split/index.ts';

const split = splitService();
const pins = { 'terraform_data.net': 'net', 'terraform_data.app': 'app', 'module.app': 'app' };

/** Everything that a part as a module has to say otherwise than a part as a root. */
const root: Readonly<Record<string, string>> = {
  'main.tf': `# The state
terraform {
  required_version = ">= 1.6"
  backend "local" {
    path = "live/terraform.tfstate"
  }
}

variable "stage" {
  type    = string
  default = "test"
}

# Shared
locals {
  prefix = "x-\${var.stage}"
}

resource "terraform_data" "net" {
  for_each = toset(["one", "two"])
  input    = "\${local.prefix}-\${each.key}-\${path.module}-\${file("\${path.module}/texts/net.txt")}"
}

module "app" {
  source = "./modules/app"
  net    = terraform_data.net["one"].output
}

resource "terraform_data" "app" {
  count      = 2
  input      = { text = file("texts/app.txt"), name = module.app.name, ids = [for net in terraform_data.net : net.id] }
  depends_on = [terraform_data.net, module.app]
}

check "named" {
  assert {
    condition     = terraform_data.app[0].output.name != ""
    error_message = "No name."
  }
}

output "app" {
  description = "All of it"
  value       = terraform_data.app[*].output
}
`,
  'modules/app/main.tf': `variable "net" { type = string }
resource "terraform_data" "this" { input = "\${var.net} \${path.module}" }
output "name" { value = terraform_data.this.output }
`,
  'texts/net.txt': 'net',
  'texts/app.txt': 'app',
};

describe('parts wrapped as modules', () => {
  it('change nothing: moved blocks say where everything went', async () => {
    await using folder = await temporaryFolder();
    const applied = await applyRoot(folder.path, root);
    const proof = await prove(split, { root: applied, decisions: { pins }, options: { wrap: true } });
    expect(findingsOf(proof)).toEqual(everythingProven);
  });

  it.for(Object.entries(provenRoots))('change nothing: %s', async ([, { files, later = {}, pins: own }]) => {
    await using folder = await temporaryFolder();
    const applied = await applyRoot(folder.path, files);
    await writeFiles(applied, later);
    const proof = await prove(split, { root: applied, decisions: { pins: own }, options: { wrap: true } });
    expect(findingsOf(proof)).toEqual(everythingProven);
  });

  it('read one another’s states, when that is the choice', async () => {
    await using folder = await temporaryFolder();
    const applied = await applyRoot(folder.path, root);
    const options = { wrap: true, wiring: 'remote-state' as const };
    expect(findingsOf(await prove(split, { root: applied, decisions: { pins }, options }))).toEqual(everythingProven);
  });

  it('leave what speaks of states to the root: moved, removed and import', async () => {
    await using folder = await temporaryFolder();
    const applied = await applyRoot(folder.path, {
      'main.tf': `
resource "terraform_data" "old" { input = "net" }
resource "terraform_data" "gone" { input = "gone" }
resource "terraform_data" "app" { input = terraform_data.old.id }
`,
    });
    await tofu(applied, ['state', 'rm', 'terraform_data.gone']);
    await writeFiles(applied, {
      'main.tf': `
resource "terraform_data" "net" {
  count = 1
  input = "net"
}
resource "terraform_data" "app" { input = terraform_data.net[0].id }
moved {
  from = terraform_data.old
  to   = terraform_data.net
}
moved {
  from = terraform_data.net
  to   = terraform_data.net[0]
}
removed {
  from = terraform_data.gone
}
import {
  to = terraform_data.app
  id = "given by hand"
}
`,
    });
    const own = { 'terraform_data.net': 'net', 'terraform_data.app': 'app' };
    const proof = await prove(split, { root: applied, decisions: { pins: own }, options: { wrap: true } });
    expect(findingsOf(proof)).toEqual(everythingProven);
  });

  it('are written so that the tool finds every file well formed, and the root hands everything on', async () => {
    await using folder = await temporaryFolder();
    const written = await writeRoot(folder.path, root);
    const out = path.join(folder.path, 'out');
    const request = splitRequest({ root: written, decisions: { pins }, options: { wrap: true }, out });
    const emission = await split.emit(request, splitCall);
    const of = (file: string): Promise<string> => readFile(path.join(out, 'artifacts', 'root-app', file), 'utf8');
    expect(await of('split_module.tf')).toBe(`module "app-part" {
  source = "./app-part"

  data_net_output = var.data_net_output
  data_net        = var.data_net
}
`);
    expect(await of('app-part/main.tf')).toContain('source = "../modules/app"');
    for (const artifact of emission.artifacts) {
      const cwd = path.join(out, 'artifacts', artifact);
      await tofu(cwd, ['init', '-backend=false', '-input=false']);
      expect(JSON.parse(await tofu(cwd, ['validate', '-json']))).toMatchObject({ valid: true });
      const ours = (await readdir(cwd, { recursive: true })).filter((name) => /(^|\/)split_[a-z_]+\.tf$/.test(name));
      expect(await tofu(cwd, ['fmt', '-check', '-diff', ...ours])).toBe('');
    }
  });

  it('stay roots where a provider cannot be handed down', async () => {
    await using folder = await temporaryFolder();
    const written = await writeRoot(folder.path, {
      'main.tf': `provider "aws" {
  for_each = toset(["eu-west-1"])
  alias    = "by_region"
  region   = each.key
}
resource "aws_vpc" "net" {
  provider   = aws.by_region["eu-west-1"]
  cidr_block = "10.0.0.0/16"
}
resource "terraform_data" "app" {}
`,
    });
    const own = { 'aws_vpc.net': 'net', 'terraform_data.app': 'app' };
    const request = splitRequest({
      root: written,
      decisions: { pins: own },
      options: { wrap: true },
      out: path.join(folder.path, 'out'),
    });
    const { problems } = await split.emit(request, splitCall);
    expect(problems.map(({ code, file, line }) => [code, file, line])).toContainEqual(['not-wrapped', 'main.tf', 1]);
  });
});
