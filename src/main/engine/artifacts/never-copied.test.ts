import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/orchestrator/tool-workbench.ts';
import { holdsSecrets, isPrivatePath, withoutSecretFiles } from './never-copied.ts';

describe('what is never copied', () => {
  it('is told by names', () => {
    const isPrivate = [
      '../../home/x/.ssh/config',
      '../keys/server.PEM',
      '../keys/server.key',
      '../id_ed25519',
      '../gcp-credentials.json',
      '../credentials/account',
      '../kubeconfig',
      '../kubeconfig.yaml',
      '../.env.live',
      '../live.tfstate',
      '../live.tfstate.backup',
      '../live.tfvars.json',
    ];
    expect(isPrivate.filter((name) => !isPrivatePath(name))).toEqual([]);
    const isNot = ['../shared/p.json', './../../up.txt', '../id_ed25519.pub', '../chart/.helmignore', '../monkey.txt'];
    expect(isNot.filter((name) => isPrivatePath(name))).toEqual([]);
  });

  it.for([
    ['a state', '{ "version": 4, "serial": 3, "lineage": "a-b" }', true],
    ['a service account', '{ "type": "service_account", "private_key": "x" }', true],
    ['a key', 'text\n-----BEGIN RSA PRIVATE KEY-----\nx\n', true],
    ['a cluster’s user', 'users:\n  - user:\n      client-key-data: eA==\n', true],
    ['a profile', '[default]\naws_secret_access_key = x\n', true],
    ['a template of one', '{ "private_key": "${key}" }', false],
    ['the schema of one', '{ "properties": { "private_key": { "type": "string" } } }', false],
    ['a policy', '{ "Statement": [], "serial": 3 }', false],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nx\n', false],
  ] as const)('is told by content: %s', async ([, text, expected]) => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'file');
    await writeFile(file, text);
    expect(await holdsSecrets(file)).toBe(expected);
  });

  it('is left out of what code brings along, and told', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nx\n';
    const content = [
      { path: 'main.tf', text: key },
      { path: 'files/server.key', text: 'x' },
      { path: 'files/server.pem', text: key },
      { path: 'files/ca.pem', text: '-----BEGIN CERTIFICATE-----\nx\n' },
      { path: 'files/public.key', text: '-----BEGIN PUBLIC KEY-----\nx\n' },
      { path: 'files/notes', text: key },
      { path: '.env', text: 'A=b' },
      { path: '.env.example', text: 'A=' },
      { path: '.terraform/modules.json', text: '{}' },
      { path: '.terraform.lock.hcl', text: '' },
      { path: '.tflint.hcl', text: '' },
      { path: 'live.auto.tfvars', text: 'a = 1' },
      { path: 'live.tfvars.example', text: 'a = 1' },
      { path: 'old.tfstate.backup', text: '{}' },
      { path: 'credentials.tf', text: '' },
      { path: 'kept.pem', text: key },
    ];
    const gathered = await withoutSecretFiles({ content, problems: [] }, 'terraform', ({ path: file }) =>
      file.startsWith('kept'),
    );
    expect(gathered.content.map((file) => file.path)).toEqual([
      'main.tf',
      'files/ca.pem',
      'files/public.key',
      '.env.example',
      '.terraform.lock.hcl',
      '.tflint.hcl',
      'live.tfvars.example',
      'credentials.tf',
      'kept.pem',
    ]);
    expect(gathered.problems.map(({ code, severity, file }) => [severity, code, file])).toEqual(
      [
        'files/server.key',
        'files/server.pem',
        'files/notes',
        '.env',
        '.terraform/modules.json',
        'live.auto.tfvars',
        'old.tfstate.backup',
      ].map((file) => ['warning', 'secret-not-copied', file]),
    );
  });

  it('is no file of which the code consists', async () => {
    const chart = [
      { path: 'templates/credentials.yaml', text: 'users:\n  - client-key-data: eA==\n' },
      { path: 'values.yaml', text: 'key: |\n  -----BEGIN PRIVATE KEY-----\n' },
      { path: 'files/id_rsa', text: 'x' },
    ];
    const { content } = await withoutSecretFiles({ content: chart, problems: [] }, 'helm');
    expect(content.map((file) => file.path)).toEqual(['templates/credentials.yaml', 'values.yaml']);
  });
});
