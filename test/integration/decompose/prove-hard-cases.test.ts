import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
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
  writeRoot,
  type ProvenRoot,
} from '#test/support/split/index.ts';

const split = splitService();
const netAndApp = { 'terraform_data.net': 'net', 'terraform_data.app': 'app' };
/** Makes the parts take something of one another without making anything itself. */
const link = `
resource "terraform_data" "link" {
  count = 0
  input = terraform_data.net.id
}
`;
const linked = { ...netAndApp, 'terraform_data.link': 'app' };

interface HardRoot extends ProvenRoot {
  readonly options?: Partial<SplitOptions>;
}

const hardRoots: Readonly<Record<string, HardRoot>> = {
  'what was moved twice since it was applied': {
    files: {
      'main.tf': `
resource "terraform_data" "first" { input = "app" }
resource "terraform_data" "net" { input = "net" }
`,
    },
    later: {
      'main.tf': `
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = "app" }
${link}
moved {
  from = terraform_data.first
  to   = terraform_data.second
}
moved {
  from = terraform_data.second
  to   = terraform_data.app
}
`,
    },
    pins: linked,
  },
  'resources that leave one module for several parts': {
    files: {
      'main.tf': 'module "old" { source = "./old" }\n',
      'old/main.tf': `
resource "terraform_data" "x" { input = "net" }
resource "terraform_data" "y" { input = "app" }
`,
    },
    later: {
      'main.tf': `
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = "app" }
${link}
moved {
  from = module.old.terraform_data.x
  to   = terraform_data.net
}
moved {
  from = module.old.terraform_data.y
  to   = terraform_data.app
}
`,
    },
    pins: linked,
  },
  'instances that become resources of their own, in JSON as well': {
    files: {
      'main.tf': `
resource "terraform_data" "old" {
  for_each = toset(["a", "b", "c"])
  input    = "old"
}
`,
    },
    later: {
      'main.tf': `
resource "terraform_data" "old" {
  for_each = toset(["c"])
  input    = "old"
}
resource "terraform_data" "net" { input = "old" }
resource "terraform_data" "app" { input = "old" }
${link}
moved {
  from = terraform_data.old["a"]
  to   = terraform_data.net
}
`,
      'moved.tf.json': JSON.stringify({ moved: [{ from: 'terraform_data.old["b"]', to: 'terraform_data.app' }] }),
    },
    pins: { ...linked, 'terraform_data.old': 'app' },
  },
  'what is switched off, and what may be': {
    files: {
      'main.tf': `
variable "on" { default = false }
resource "terraform_data" "off" {
  input = "off"
  lifecycle { enabled = var.on }
}
resource "terraform_data" "net" {
  input = "net"
  lifecycle { enabled = true }
}
resource "terraform_data" "app" {
  input = [try(terraform_data.off.output, "none"), terraform_data.off == null, terraform_data.net.output]
}
`,
    },
    pins: { ...netAndApp, 'terraform_data.off': 'net' },
  },
  'lists and maps of instances where their exact type is kept': {
    files: {
      'main.tf': `
resource "terraform_data" "net" {
  count = 2
  input = "net"
}
resource "terraform_data" "named" { for_each = toset(["a", "b"]) }
locals { ids = terraform_data.net.*.id }
resource "terraform_data" "app" {
  triggers_replace = [local.ids, { for name, one in terraform_data.named : name => one.id }]
}
output "all" { value = [terraform_data.app.id, terraform_data.net[*].id, values(terraform_data.named)[*].id] }
`,
    },
    pins: { ...netAndApp, 'terraform_data.named': 'net' },
  },
  'references in every way the language has had': {
    files: {
      'main.tf': `
resource "terraform_data" "net" {
  count = 2
  input = { a = ["p", "q"], "k.l" = "\${count.index}" }
}
resource "terraform_data" "named" {
  for_each = { "a.b" = 1, c = 2 }
  input    = { n = each.value }
}
resource "terraform_data" "one" { input = 1 }
resource "terraform_data" "app" {
  input = {
    a = "\${terraform_data.net.0.id}"
    b = terraform_data.net.*.output[0].a
    c = terraform_data.net[*].output.a[0]
    d = terraform_data.net[terraform_data.one.output].output["k.l"]
    e = values(terraform_data.named)[*].output.n
    f = terraform_data.named["a.b"].output.n
    g = [for key, one in terraform_data.named : "\${key}=\${one.output.n}" if one.output.n > 1]
    h = { for one in terraform_data.net[*] : one.id => one.output... }
    i = (terraform_data.one).id
    j = terraform_data.one[*].id
    k = try(terraform_data.net[7].id, "none")
    l = "%{ for one in terraform_data.net }\${one.output["k.l"]},%{ endfor }"
    m = terraform_data.named[format("%s.%s", "a", "b")].id
  }
}
`,
    },
    pins: { ...netAndApp, 'terraform_data.named': 'net', 'terraform_data.one': 'net' },
  },
  'other line ends, a byte order mark, and letters of several bytes': {
    files: {
      'main.tf':
        '# Köpfe 🎉\r\nlocals {\r\n  a = "🎉" # ü\r\n  b = <<-EOT\r\n    x ${terraform_data.net.id} ${local.a}\r\n    EOT\r\n}\r\n\r\n' +
        'resource "terraform_data" "net" {\r\n  input = local.a\r\n}\r\n\r\n' +
        'resource "terraform_data" "app" {\r\n  input = local.b\r\n  depends_on = [\r\n    terraform_data.net,\r\n  ]\r\n}\r\n',
      'mark.tf': `\uFEFFresource "terraform_data" "marked" {\n  input = terraform_data.net.output\n}\n`,
    },
    pins: { ...netAndApp, 'terraform_data.marked': 'app' },
  },
  'a provider that is required and not used': {
    files: {
      'main.tf': `
terraform {
  required_providers {
    # Not used any more
    aws = {
      source = "hashicorp/aws"
    }
  }
}
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = terraform_data.net.id }
`,
    },
    pins: netAndApp,
  },
  'a provider that is required on one line': {
    files: {
      'main.tf': `
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = terraform_data.net.id }
`,
    },
    pins: netAndApp,
  },
  'a part of an earlier split': {
    files: {
      'main.tf': `
resource "terraform_data" "net" { input = var.from_elsewhere }
resource "terraform_data" "app" { input = terraform_data.net.id }
`,
      'split_inputs.tf': 'variable "from_elsewhere" { default = "net" }\n',
      'split_outputs.tf': 'output "net" { value = terraform_data.net.id }\n',
      'split_module.tf': 'locals { x = 1 }\n',
    },
    pins: netAndApp,
  },
  'a state that is read already under the name of a part': {
    files: {
      'main.tf': `
data "terraform_remote_state" "net" {
  backend  = "local"
  config   = { path = "\${path.module}/state.json" }
  defaults = { name = "net" }
}
resource "terraform_data" "net" { input = data.terraform_remote_state.net.outputs.name }
resource "terraform_data" "app" { input = [terraform_data.net.id, data.terraform_remote_state.net.outputs.name] }
`,
      'state.json': JSON.stringify({
        version: 4,
        terraform_version: '1.6.0',
        serial: 1,
        lineage: 'b6b0f3d8-6f1e-4a53-9d6b-0f5b8b1f8f00',
        outputs: { name: { value: 'shared', type: 'string' } },
        resources: [],
      }),
    },
    pins: netAndApp,
    options: { wiring: 'remote-state' },
  },
};

describe('roots that are easy to get wrong, divided', () => {
  it.for(Object.entries(hardRoots))('change nothing: %s', async ([, { files, later = {}, pins, options = {} }]) => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, files);
    await writeFiles(root, later);
    for (const wrap of [false, true]) {
      const proof = await prove(split, { root, decisions: { pins }, options: { ...options, wrap } });
      expect({ wrap, ...findingsOf(proof) }).toEqual({ wrap, ...everythingProven });
    }
  });
});

describe('instances that are told apart by what holds a secret', () => {
  it('stay with it, since a variable that is a secret cannot repeat anything', async () => {
    const cyclesOf = async (secret: boolean): Promise<readonly (readonly string[])[]> => {
      await using folder = await temporaryFolder();
      const root = await writeRoot(folder.path, {
        'main.tf': `
variable "password" {
  default   = "hidden"
  sensitive = ${secret}
}
resource "terraform_data" "net" {
  for_each = toset(["a", "b"])
  input    = var.password
}
locals { ids = { for name, one in terraform_data.net : name => one.id } }
resource "terraform_data" "app" {
  for_each = local.ids
  input    = each.value
}
`,
      });
      const { decisions, options } = splitRequest({ root, decisions: { pins: netAndApp } });
      const { cycles } = await split.propose({ root, decisions, options }, splitCall);
      return cycles.map(({ groups }) => groups.toSorted());
    };
    expect(await cyclesOf(true)).toEqual([['app', 'net']]);
    expect(await cyclesOf(false)).toEqual([]);
  });
});

describe('files that a part needs only when it runs', () => {
  async function filesOfParts(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string[]>>> {
    await using folder = await temporaryFolder();
    const root = await writeRoot(folder.path, files);
    const out = path.join(folder.path, 'out');
    await split.emit(splitRequest({ root, decisions: { pins: netAndApp }, out }), splitCall);
    const list = async (part: string): Promise<string[]> => {
      const found = await readdir(path.join(out, 'artifacts', `root-${part}`), { recursive: true });
      return found.filter((file) => /\.(sh|txt|json|py)$/.test(file)).sort();
    };
    return { net: await list('net'), app: await list('app') };
  }

  it('come along where a command names them, wherever in it they stand', async () => {
    const app = `
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" {
  input = terraform_data.net.id
  provisioner "local-exec" { command = "bash \${path.module}/scripts/a.sh \${self.id}" }
  provisioner "local-exec" { command = "cd up && sh scripts/b.sh --file=texts/b.txt" }
  provisioner "local-exec" {
    command = <<-EOT
      set -e
      python3 tools/c.py
      \${path.module}/scripts/d.sh
    EOT
  }
  provisioner "local-exec" {
    command     = "cat e.txt"
    working_dir = "\${path.module}/texts/deep"
  }
}
`;
    const names = ['scripts/b.sh', 'texts/b.txt', 'tools/c.py', 'texts/deep/e.txt', 'up/f.txt'];
    const found = await filesOfParts({
      'main.tf': app,
      ...Object.fromEntries([...names, 'scripts/a.sh', 'scripts/d.sh', 'other/x.sh'].map((name) => [name, ''])),
    });
    expect(found).toEqual({ net: [], app: [...names, 'scripts/a.sh', 'scripts/d.sh'].sort() });
  });

  it('all come along where only a run tells which', async () => {
    const named = (expression: string): Readonly<Record<string, string>> => ({
      'main.tf': `
locals { name = "\${lower("A")}" }
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" {
  input            = terraform_data.net.id
  triggers_replace = ${expression}
}
`,
      'a.json': '{}',
      'texts/b.txt': '',
    });
    const all = { net: [], app: ['a.json', 'texts/b.txt'] };
    expect(await filesOfParts(named('file("${path.module}/${local.name}.json")'))).toEqual(all);
    expect(await filesOfParts(named('{ folder = path.module }'))).toEqual(all);
    expect(await filesOfParts(named('file(format("%s/texts/b.txt", path.module))'))).toEqual({
      net: [],
      app: ['texts/b.txt'],
    });
  });
});
