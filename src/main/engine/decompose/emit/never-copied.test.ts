import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/orchestrator/tool-workbench.ts';
import { holdsSecrets, isPrivatePath } from './never-copied.ts';

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
});
