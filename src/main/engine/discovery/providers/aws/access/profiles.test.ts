import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listProfiles } from './profiles.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'groundplan-profiles-'));
  await mkdir(path.join(home, '.aws'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

test('profiles of both files, with their regions; other sections are no profiles', async () => {
  await writeFile(
    path.join(home, '.aws', 'config'),
    [
      '[default]',
      'region = eu-west-1',
      '[profile "with space"]',
      'region=us-east-1',
      's3 =',
      '  region = ignored',
      '[sso-session company]',
      'sso_region = eu-central-1',
      '[services local]',
    ].join('\r\n'),
  );
  await writeFile(path.join(home, '.aws', 'credentials'), '[keys]\naws_access_key_id = x\n[default]\n');
  expect(await listProfiles({ homeFolder: home, environment: {} })).toEqual([
    { name: 'default', region: 'eu-west-1' },
    { name: 'keys', region: null },
    { name: 'with space', region: 'us-east-1' },
  ]);
});

test('no files mean no profiles; the variables of the AWS tools move them', async () => {
  expect(await listProfiles({ homeFolder: '/nonexistent', environment: {} })).toEqual([]);
  const moved = path.join(home, 'elsewhere');
  await writeFile(moved, '[profile moved]\n');
  expect(await listProfiles({ homeFolder: '/nonexistent', environment: { AWS_CONFIG_FILE: moved } })).toEqual([
    { name: 'moved', region: null },
  ]);
});

test('a file that cannot be read is named', async () => {
  await mkdir(path.join(home, '.aws', 'config'));
  await expect(listProfiles({ homeFolder: home, environment: {} })).rejects.toMatchObject({
    code: 'credentials-missing',
    message: `${path.join(home, '.aws', 'config')} cannot be read.`,
  });
});
