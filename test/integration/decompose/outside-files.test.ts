import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitDecisionsSchema, splitOptionsSchema } from '#shared/model/index.ts';
import { temporaryFolder, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import { splitCall, splitService } from '#test/support/split/index.ts';

const split = splitService();
const options = splitOptionsSchema.parse({});

describe('files from outside of the root', () => {
  /** Writes the parts of a root two folders down; answers what one of them holds, and what was told. */
  async function emitted(folder: string, files: Readonly<Record<string, string>>) {
    const root = path.join(folder, 'live', 'root');
    await mkdir(root, { recursive: true });
    await writeFiles(root, files);
    const pins = {
      'terraform_data.*': 'app',
      ...(files['main.tf']?.includes('module "') ? { 'module.*': 'app' } : {}),
    };
    const decisions = splitDecisionsSchema.parse({ pins });
    const out = path.join(folder, 'out');
    const { problems } = await split.emit({ root, decisions, options, out }, splitCall);
    const part = path.join(out, 'artifacts', 'root-app');
    const told = problems.filter(({ code }) => /^(file-copied|secret-not-copied|path-leads-out)$/.test(code));
    return {
      text: await readFile(path.join(part, 'main.tf'), 'utf8'),
      files: (await readdir(part, { recursive: true })).filter((file) => /\.\w+$/.test(file)).sort(),
      read: (file: string) => readFile(path.join(part, file), 'utf8'),
      left: problems.flatMap(({ code, message, file }) =>
        code === 'secret-not-copied' && message.includes('left out') ? [file] : [],
      ),
      told: told
        .map(({ code, severity, message }) => `${code} ${severity} ${/\.\.\/[^\s:,]+/.exec(message)?.[0] ?? ''}`)
        .sort(),
    };
  }

  it('get a place each, beside a folder of the root that is called as theirs', async () => {
    await using folder = await temporaryFolder();
    const part = await emitted(folder.path, {
      'main.tf': `resource "terraform_data" "app" {
  input = [file("../shared/p.json"), file("../../shared/p.json"), file("linked/shared/p.json")]
}
`,
      'linked/shared/p.json': 'own',
      '../shared/p.json': 'one up',
      '../../shared/p.json': 'two up',
    });
    expect(part.text).toContain(
      'file("linked_2/up-1/shared/p.json"), file("linked_2/up-2/shared/p.json"), file("linked/shared/p.json")',
    );
    expect(await part.read('linked_2/up-1/shared/p.json')).toBe('one up');
    expect(await part.read('linked_2/up-2/shared/p.json')).toBe('two up');
    expect(await part.read('linked/shared/p.json')).toBe('own');
  });

  it('are never credentials or states, by where they are named, their names, or what they hold', async () => {
    await using folder = await temporaryFolder();
    const code = `data "terraform_remote_state" "other" {
  backend = "local"
  config  = { path = "../other.state" }
}
resource "terraform_data" "app" {
  input = [data.terraform_remote_state.other, file("../plain.txt"), file("../alias.txt")]
  triggers_replace = [file("../.env.live"), file("../account.json"), sort(fileset("../many", "*.txt"))]
  provisioner "local-exec" {
    command = "true"
  }
  connection {
    host        = "h"
    private_key = file("../door.txt")
  }
}
`;
    const root = path.join(folder.path, 'live', 'root');
    await mkdir(root, { recursive: true });
    await symlink('id_rsa', path.join(folder.path, 'live', 'alias.txt'));
    const part = await emitted(folder.path, {
      'main.tf': code,
      '../other.state': 'x',
      '../plain.txt': 'plain',
      '../id_rsa': 'x',
      '../.env.live': 'x',
      '../account.json': '{ "private_key": "x" }',
      '../door.txt': 'x',
      '../many/a.txt': 'a',
      '../many/state.txt': '{ "serial": 1, "lineage": "x" }',
      '../many/host.key': 'x',
      '../many/.aws/config': 'x',
    });
    expect(part.files.filter((file) => file.startsWith('linked'))).toEqual([
      'linked/up-1/many/a.txt',
      'linked/up-1/plain.txt',
    ]);
    const unchanged = ['../other.state', '../alias.txt', '../.env.live', '../account.json', '../door.txt'];
    expect(unchanged.filter((name) => !part.text.includes(`"${name}"`))).toEqual([]);
    expect(part.told).toEqual(
      [
        'file-copied info ../plain.txt',
        'file-copied info ../many',
        ...[...unchanged, '../many'].map((name) => `secret-not-copied warning ${name}`),
      ].sort(),
    );
  });

  it('come with a module that lies there, without its keys, values and states; the root keeps what is its own', async () => {
    await using folder = await temporaryFolder();
    const part = await emitted(folder.path, {
      'main.tf': `resource "terraform_data" "app" {
  input = [module.inner.x, module.outer.x]
}
module "inner" { source = "./inner" }
module "outer" { source = "../outer" }
`,
      'inner/main.tf': 'output "x" { value = file("${path.module}/test.pem") }\n',
      'inner/test.pem': '-----BEGIN PRIVATE KEY-----\nx\n',
      '../outer/main.tf': 'output "x" { value = file("${path.module}/ca.pem") }\n',
      '../outer/ca.pem': '-----BEGIN CERTIFICATE-----\nx\n',
      '../outer/host.pem': 'x',
      '../outer/host.key': 'x',
      '../outer/.env': 'A=b',
      '../outer/live.auto.tfvars': 'password = "x"',
      '../outer/live.tfvars.old': 'password = "x"',
      '../outer/terraform.tfstate': '{}',
      '../outer/notes.txt': 'aws_secret_access_key = x',
      '../outer/.terraform/modules.json': '{}',
    });
    expect(part.files.filter((file) => file.includes('/'))).toEqual([
      'inner/main.tf',
      'inner/test.pem',
      'modules/outer/ca.pem',
      'modules/outer/main.tf',
    ]);
    expect(part.left).toEqual(
      ['.env', 'host.key', 'host.pem', 'live.tfvars.old', 'notes.txt'].map((name) => `app/modules/outer/${name}`),
    );
  });
});
