import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudAccess } from '../../../ports/index.ts';
import { childEnvironment } from './child-environment.ts';
import { importsFile } from './generated-files.ts';
import { providerArguments } from './provider-settings.ts';
import { createSourceScanner } from './scan-sources.ts';
import { readMessage } from './tool-events.ts';
import { isNetworkTrouble, toolFailure } from './tool-failure.ts';

const access: CloudAccess = {
  cloud: 'aws',
  accountId: '123456789012',
  region: 'eu-west-1',
  env: { AWS_SECRET_ACCESS_KEY: 's' },
  endpoint: 'http://127.0.0.1:1',
};

function schemas(attributes: readonly string[], endpoints: readonly string[]) {
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  const block = {
    attributes: named(attributes),
    block_types: { endpoints: { block: { attributes: named(endpoints) } } },
  };
  return { provider_schemas: { 'registry.opentofu.org/hashicorp/aws': { provider: { block } } } };
}

describe('the provider block', () => {
  it('has only arguments that this provider version knows', () => {
    const old = {
      schemas: schemas(['region', 's3_force_path_style', 'skip_get_ec2_platforms'], ['ec2', 'sts']),
      majorVersion: 1,
    };
    expect(providerArguments(access, old)).toEqual({
      region: 'eu-west-1',
      s3_force_path_style: true,
      skip_get_ec2_platforms: true,
      endpoints: [{ ec2: access.endpoint, sts: access.endpoint }],
    });
    const today = {
      schemas: schemas(['region', 's3_use_path_style', 'skip_requesting_account_id'], ['ec2']),
      majorVersion: 6,
    };
    expect(providerArguments(access, today)).toEqual({ region: 'eu-west-1', s3_use_path_style: true });
    expect(providerArguments({ ...access, endpoint: null }, old)).toEqual({ region: 'eu-west-1' });
  });
});

describe('the environment of a tool', () => {
  it('is an allow-list with the target’s credentials', () => {
    const child = childEnvironment({
      environment: {
        PATH: '/bin',
        HOME: '/home/a',
        https_proxy: 'http://proxy',
        TF_TOKEN_example_com: 't',
        TF_CLI_ARGS: '-destroy',
        TF_VAR_x: '1',
        AWS_PROFILE: 'other',
        LD_PRELOAD: 'x',
      },
      access,
      cliConfigFile: null,
      pluginCache: '/cache',
    });
    expect(Object.keys(child).sort()).toEqual([
      'AWS_DEFAULT_REGION',
      'AWS_EC2_METADATA_DISABLED',
      'AWS_ENDPOINT_URL',
      'AWS_REGION',
      'AWS_SECRET_ACCESS_KEY',
      'CHECKPOINT_DISABLE',
      'HOME',
      'PATH',
      'TF_INPUT',
      'TF_IN_AUTOMATION',
      'TF_PLUGIN_CACHE_DIR',
      'TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE',
      'TF_TOKEN_example_com',
      'https_proxy',
    ]);
  });
});

describe('what the sources bring', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'groundplan-scan-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['resource "aws_vpc" "a" {}', { ownBackend: false, bareAwsProvider: 'aws' }],
    ['provider "aws" {\n  region = "x"\n}\nresource "aws_vpc" "a" {}', { ownBackend: false, bareAwsProvider: null }],
    ['provider "aws" {\n  alias = "b"\n}\nresource "aws_vpc" "a" {}', { ownBackend: false, bareAwsProvider: 'aws' }],
    ['resource "terraform_data" "a" {}', { ownBackend: false, bareAwsProvider: null }],
    [
      'terraform {\n  backend "s3" {\n  }\n  required_providers {\n    cloud = {\n      source = "hashicorp/aws"\n    }\n  }\n}',
      { ownBackend: true, bareAwsProvider: 'cloud' },
    ],
    ['terraform {\n  backend "local" {\n  }\n}', { ownBackend: false, bareAwsProvider: null }],
    ['terraform {\n  cloud {\n  }\n}', { ownBackend: true, bareAwsProvider: null }],
  ])('%j', async (source, facts) => {
    writeFileSync(path.join(folder, 'main.tf'), source);
    mkdirSync(path.join(folder, 'inside'));
    writeFileSync(path.join(folder, 'inside', 'main.tf'), 'provider "aws" {}');
    expect(await createSourceScanner()(folder)).toEqual(facts);
  });

  it('in JSON too', async () => {
    writeFileSync(
      path.join(folder, 'main.tf.json'),
      JSON.stringify({
        terraform: { backend: { http: {} } },
        provider: { aws: {} },
        resource: { aws_vpc: { a: {} } },
      }),
    );
    expect(await createSourceScanner()(folder)).toEqual({ ownBackend: true, bareAwsProvider: null });
  });
});

describe('import blocks', () => {
  it('take ids as they are', () => {
    expect(importsFile({ 'aws_vpc.a["x"]': 'vpc-${1}%{2}' })).toEqual({
      import: [{ to: 'aws_vpc.a["x"]', id: 'vpc-$${1}%%{2}' }],
    });
  });
});

describe('what the tool says', () => {
  it('becomes an event without values', () => {
    const { event, diagnostic } = readMessage(
      JSON.stringify({
        '@level': 'info',
        '@message': 'aws_vpc.a: Creation complete after 3s [id=vpc-1]',
        '@timestamp': '2026-01-02T03:04:05.000000Z',
        type: 'apply_complete',
        hook: { resource: { addr: 'aws_vpc.a', resource_type: 'aws_vpc' }, action: 'create', elapsed_seconds: 3 },
      }),
      0,
    );
    expect(diagnostic).toBeNull();
    expect(event).toEqual({
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
      level: 'info',
      text: 'aws_vpc.a: Creation complete after 3s [id=vpc-1]',
      type: 'apply_complete',
      address: 'aws_vpc.a',
      resourceType: 'aws_vpc',
      action: 'create',
      elapsedSeconds: 3,
    });
    expect(readMessage('{half a li', 7).event).toMatchObject({ type: 'text', at: 7, text: '{half a li' });
  });

  it('is sorted into errors a person can act on', () => {
    const failure = (stderr: string, command: 'init' | 'apply' = 'apply') => ({
      command,
      cancelled: false,
      diagnostics: [],
      result: { code: 1, signal: null, stdout: '', stderr },
    });
    const codeOf = (stderr: string) => toolFailure(failure(stderr)).code;
    expect(codeOf('Error: Saved plan is stale')).toBe('state-moved');
    expect(codeOf('Error: Error acquiring the state lock')).toBe('conflict');
    expect(codeOf('ExpiredToken: The security token included in the request is expired')).toBe('credentials-expired');
    expect(codeOf('Error: something else')).toBe('tool-failed');
    expect(toolFailure(failure('Welcome\n\nError: no such provider', 'init'))).toMatchObject({
      code: 'plan-failed',
      message: 'Error: no such provider',
    });
    expect(isNetworkTrouble(failure('dial tcp: i/o timeout', 'init'))).toBe(true);
    expect(isNetworkTrouble(failure('checksum does not match', 'init'))).toBe(false);
  });
});
