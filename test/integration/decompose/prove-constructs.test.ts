import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SplitOptions } from '#shared/model/index.ts';
import { temporaryFolder, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import {
  applyRoot,
  everythingProven,
  findingsOf,
  prove,
  splitCall,
  splitRequest,
  splitService,
  type ProvenRoot,
} from '#test/support/split/index.ts';
import { startMoto, type Moto } from '#test/support/toolchain/index.ts';

const split = splitService();
const netAndApp = { 'terraform_data.net': 'net', 'terraform_data.app': 'app' };

interface ConstructRoot extends ProvenRoot {
  readonly options?: Partial<SplitOptions>;
}

/** One root per construct, each applied for real; the parts take something of one another. */
const constructs: Readonly<Record<string, ConstructRoot>> = {
  'an import block': {
    files: {
      'main.tf': `
resource "terraform_data" "net" {
  lifecycle { ignore_changes = [input] }
}
resource "terraform_data" "app" { input = terraform_data.net.id }
import {
  to = terraform_data.net
  id = "given-by-hand"
}
`,
    },
    pins: netAndApp,
  },
  'a trigger of replacement': {
    files: {
      'main.tf': `
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "revision" { input = terraform_data.net.id }
resource "terraform_data" "app" {
  input = "app"
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.revision.output]
    precondition {
      condition     = terraform_data.net.id != ""
      error_message = "No network."
    }
    postcondition {
      condition     = self.output == "app"
      error_message = "No application."
    }
  }
}
`,
    },
    pins: netAndApp,
  },
  'override and tofu files': {
    files: {
      'main.tf': `
resource "terraform_data" "net" { input = "to be overridden" }
resource "terraform_data" "app" { input = "to be overridden" }
`,
      'app_override.tf': `
# What runs here
resource "terraform_data" "app" { input = "\${terraform_data.net.output}-\${local.tool}" }
`,
      'override.tf': `
resource "terraform_data" "net" { input = "net" }
`,
      'tool.tf': 'locals { tool = "terraform" }\n',
      'tool.tofu': 'locals { tool = "tofu" }\n',
    },
    pins: netAndApp,
  },
  'ephemeral values': {
    files: {
      'main.tf': `
variable "token" {
  type      = string
  ephemeral = true
  default   = "t"
}
locals { token = "x-\${var.token}" }
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" {
  input = terraform_data.net.output
  provisioner "local-exec" {
    command     = "true"
    environment = { TOKEN = local.token }
  }
}
`,
    },
    pins: netAndApp,
  },
  'provisioners and connections': {
    files: {
      'main.tf': `
resource "terraform_data" "net" { input = "127.0.0.1" }
resource "terraform_data" "app" {
  input = "app"
  provisioner "local-exec" {
    command = "echo \${terraform_data.net.output} \${self.input}"
    connection {
      type = "ssh"
      host = terraform_data.net.output
    }
  }
  provisioner "local-exec" {
    when    = destroy
    command = "echo \${self.output}"
  }
}
`,
    },
    pins: netAndApp,
  },
  'for_each over a resource': {
    files: {
      'main.tf': `
resource "terraform_data" "net" {
  for_each = { a = 1, b = 2 }
  input    = { name = each.key, number = each.value }
}
resource "terraform_data" "app" {
  for_each = terraform_data.net
  input    = "\${each.key}-\${each.value.output.number}"
}
resource "terraform_data" "counted" { count = length(terraform_data.net) }
resource "terraform_data" "last" { input = terraform_data.counted[1].id }
`,
    },
    pins: { ...netAndApp, 'terraform_data.counted': 'net', 'terraform_data.last': 'app' },
  },
  'templates and files beside the code': {
    files: {
      'main.tf': `
locals { folder = "\${path.module}/templates" }
resource "terraform_data" "net" {
  for_each = fileset("\${path.module}/policies", "**/*.json")
  input    = jsondecode(file("\${path.module}/policies/\${each.value}"))
}
resource "terraform_data" "app" {
  input = templatefile("\${local.folder}/app.tftpl", { names = [for net in terraform_data.net : net.output.name] })
}
resource "terraform_data" "user" {
  input = "<\${trimspace(file("\${path.root}/texts/user.txt"))}> \${filemd5("texts/user.txt")}"
}
`,
      'policies/a.json': '{"name": "a"}',
      'policies/deep/b.json': '{"name": "b"}',
      'templates/app.tftpl': '%{ for name in names }${name} %{ endfor }',
      'texts/user.txt': 'user\n',
    },
    pins: { ...netAndApp, 'terraform_data.user': 'app' },
  },
  'modules and files from outside of the root': {
    files: {
      'main.tf': `
module "net" {
  source = "../shared/net"
  name   = "net"
}
resource "terraform_data" "app" {
  input = { net = module.net.name, text = file("\${path.module}/../shared/app.txt"), all = sort(fileset("../shared/many", "*.txt")) }
}
`,
      '../shared/net/main.tf': `
variable "name" { type = string }
module "inner" {
  source = "../inner"
  name   = "\${var.name}-\${file("\${path.module}/net.txt")}"
}
output "name" { value = module.inner.name }
`,
      '../shared/net/net.txt': 'text',
      '../shared/inner/main.tf': `
variable "name" { type = string }
resource "terraform_data" "this" { input = var.name }
output "name" { value = terraform_data.this.output }
`,
      '../shared/app.txt': 'app',
      '../shared/many/a.txt': 'a',
    },
    pins: { 'module.net': 'net', 'terraform_data.app': 'app' },
  },
  'a secret that crosses with consent': {
    files: {
      'main.tf': `
variable "password" {
  type      = string
  sensitive = true
  default   = "hidden"
}
locals {
  login = { name = "admin", password = var.password }
}
module "vault" {
  source = "./vault"
  secret = local.login.password
}
resource "terraform_data" "net" {
  input            = local.login.password
  triggers_replace = [local.login.name, nonsensitive(var.password)]
}
resource "terraform_data" "app" {
  input            = [terraform_data.net.input, module.vault.secret]
  triggers_replace = [terraform_data.net.triggers_replace, module.vault.name]
}
`,
      'vault/main.tf': `
variable "secret" { type = string }
resource "terraform_data" "this" { input = var.secret }
output "secret" { value = terraform_data.this.input }
output "name" { value = terraform_data.this.id }
`,
    },
    pins: { ...netAndApp, 'module.vault': 'net' },
    options: { allowSecrets: true },
  },
};

describe('each construct of the language, divided', () => {
  it.for(Object.entries(constructs))('changes nothing: %s', async ([, { files, pins, options = {} }]) => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, files);
    for (const wrap of [false, true]) {
      const proof = await prove(split, { root, decisions: { pins }, options: { ...options, wrap } });
      expect({ wrap, ...findingsOf(proof) }).toEqual({ wrap, ...everythingProven });
      expect(JSON.stringify(proof)).not.toContain('hidden');
    }
  });

  it('writes copies of what lies outside of the root, and nothing outside of the folder for the parts', async () => {
    await using folder = await temporaryFolder();
    const { files = {}, pins = {} } = constructs['modules and files from outside of the root'] ?? {};
    const root = path.join(folder.path, 'root');
    await mkdir(root);
    await writeFiles(root, files);
    const out = path.join(folder.path, 'out');
    const emission = await split.emit(splitRequest({ root, decisions: { pins }, out }), splitCall);
    const app = path.join(out, 'artifacts', 'root-app');
    const text = await readFile(path.join(app, 'main.tf'), 'utf8');
    expect(text).toContain('file("${path.module}/linked/up-1/shared/app.txt")');
    expect(await readFile(path.join(app, 'linked/up-1/shared/app.txt'), 'utf8')).toBe('app');
    expect(emission.problems.map(({ code, file }) => [code, file])).toEqual(
      expect.arrayContaining([['file-copied', 'app/main.tf']]),
    );
    expect(emission.files.every((file) => !file.includes('..'))).toBe(true);
  });
});

describe('constructs that need a provider', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  it('change nothing: dynamic blocks, aliases, and providers handed to modules', { timeout: 300_000 }, async () => {
    await using folder = await temporaryFolder();
    const provider = (alias: string, region: string): string => `provider "aws" {
${alias}  region                      = "${region}"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints {
    ec2 = "${moto.endpoint}"
  }
}
`;
    const root = await applyRoot(folder.path, {
      'providers.tf': `${provider('', 'eu-west-1')}${provider('  alias = "east"\n', 'us-east-1')}`,
      'main.tf': `
locals { ports = [80, 443] }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
module "east" {
  source    = "./east"
  providers = { aws = aws.east }
}
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.main.id
  dynamic "ingress" {
    for_each = local.ports
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [aws_vpc.main.cidr_block]
    }
  }
}
resource "aws_security_group" "east" {
  provider = aws.east
  name     = "east"
  vpc_id   = module.east.vpc
}
`,
      'east/main.tf': `
resource "aws_vpc" "this" { cidr_block = "10.1.0.0/16" }
output "vpc" { value = aws_vpc.this.id }
`,
    });
    const pins = { 'aws_vpc.*': 'net', 'module.east': 'net', 'aws_security_group.*': 'app' };
    for (const wrap of [false, true]) {
      const proof = await prove(split, { root, decisions: { pins }, options: { wrap } });
      expect({ wrap, ...findingsOf(proof) }).toEqual({ wrap, ...everythingProven });
    }
  });
});
