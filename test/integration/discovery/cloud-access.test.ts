import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAwsAccessSource } from '#engine/discovery/index.ts';
import type { CloudAccessSource } from '#engine/ports/index.ts';
import type { Connection } from '#shared/model/index.ts';
import { type FaultProxy, startFaultProxy } from '#test/support/fault-proxy/index.ts';
import { freePort, type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { discover, memoryBench, testKeys } from './discovery-bench.ts';

const own = '123456789012';
const other = '210987654321';
let moto: Moto;
let proxy: FaultProxy;
let home: string;

beforeAll(async () => {
  moto = await startMoto();
  proxy = await startFaultProxy(moto.endpoint);
  home = await mkdtemp(path.join(tmpdir(), 'groundplan-home-'));
  await mkdir(path.join(home, '.aws'));
  await writeFile(
    path.join(home, '.aws', 'credentials'),
    '[work]\naws_access_key_id = profile-key\naws_secret_access_key = profile-secret\n',
  );
  await writeFile(path.join(home, '.aws', 'config'), '[profile work]\nregion = eu-west-1\n');
});

afterAll(async () => {
  await proxy.stop();
  await moto.stop();
  await rm(home, { recursive: true, force: true });
});

function sourceWith(
  connections: readonly Connection[],
  environment: Readonly<Record<string, string>> = testKeys,
): CloudAccessSource {
  return createAwsAccessSource({
    workspace: { connections: () => connections },
    environment,
    homeFolder: home,
    now: () => Date.now(),
  });
}

const signal = new AbortController().signal;
const target = (account: string) => ({ cloud: 'aws' as const, account, region: 'eu-west-1' });

test('uses the keys of the environment where they act in the account', async () => {
  const source = sourceWith([{ name: 'moto', cloud: 'aws', endpoint: moto.endpoint }]);
  expect(await source.accessFor(target(own), signal)).toEqual({
    cloud: 'aws',
    accountId: own,
    region: 'eu-west-1',
    endpoint: moto.endpoint,
    env: { ...testKeys, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' },
  });
});

test('takes the role of a member account and proves where it leads', async () => {
  const source = sourceWith([{ name: 'company', cloud: 'aws', organization: true, endpoint: moto.endpoint }]);
  const access = await source.accessFor(target(other), signal);
  expect(access).toMatchObject({ accountId: other, endpoint: moto.endpoint });
  expect(access.env).toHaveProperty('AWS_SESSION_TOKEN');
});

test('uses a profile before the environment', async () => {
  const source = sourceWith([{ name: 'work', cloud: 'aws', profiles: ['work'], endpoint: moto.endpoint }]);
  const access = await source.accessFor(target(own), signal);
  expect(access.env['AWS_ACCESS_KEY_ID']).toBe('profile-key');
});

test('falls back to the environment when no connection leads to the account', async () => {
  const source = sourceWith([], { ...testKeys, AWS_ENDPOINT_URL: moto.endpoint });
  await expect(source.accessFor(target(own), signal)).resolves.toMatchObject({ endpoint: moto.endpoint });
});

test('an account no connection leads to is refused with the way out', async () => {
  const source = sourceWith([{ name: 'moto', cloud: 'aws', endpoint: moto.endpoint }]);
  await expect(source.accessFor(target(other), signal)).rejects.toMatchObject({
    code: 'access-denied',
    message: `None of the connections leads to account ${other} in eu-west-1: moto.`,
    advice: 'Add the account, or its organisation and role, to a connection.',
  });
});

test('no credentials at all are told as missing', async () => {
  await expect(sourceWith([], {}).accessFor(target(own), signal)).rejects.toMatchObject({
    code: 'credentials-missing',
  });
});

test('a role that may not be taken, expired keys and a dead endpoint keep their own code', async () => {
  const company = [{ name: 'company', cloud: 'aws' as const, organization: true, endpoint: proxy.endpoint }];
  proxy.setFaults([{ action: 'AssumeRole', fault: { kind: 'denied', permission: 'sts:AssumeRole' } }]);
  await expect(sourceWith(company).accessFor(target(other), signal)).rejects.toMatchObject({
    code: 'access-denied',
    message: expect.stringContaining(`role/OrganizationAccountAccessRole`),
  });
  proxy.setFaults([{ fault: { kind: 'expired' } }]);
  await expect(sourceWith(company).accessFor(target(other), signal)).rejects.toMatchObject({
    code: 'credentials-expired',
  });
  const dead = [{ name: 'dead', cloud: 'aws' as const, endpoint: `http://127.0.0.1:${await freePort()}` }];
  await expect(sourceWith(dead).accessFor(target(own), signal)).rejects.toMatchObject({
    code: 'endpoint-unreachable',
  });
});

test('profiles and environment keys found on the machine are offered by name', async () => {
  const { service } = memoryBench({ homeFolder: home, environment: { ...testKeys, AWS_REGION: 'us-east-1' } });
  expect(await service.sources(undefined, { signal, actor: { kind: 'person', name: 'x' } })).toEqual([
    { cloud: 'aws', kind: 'environment', name: 'AWS_ACCESS_KEY_ID', region: 'us-east-1' },
    { cloud: 'aws', kind: 'profile', name: 'work', region: 'eu-west-1' },
  ]);
});

test('a profile maps the account it acts in; one that fails is told and the others go on', async () => {
  await writeFile(
    path.join(home, '.aws', 'config'),
    '[profile work]\nregion = eu-west-1\n[profile empty]\nregion = eu-west-1\n',
  );
  const bench = memoryBench({ homeFolder: home, environment: {} });
  const run = await discover(bench, { profiles: ['empty', 'work'], regions: ['eu-west-1'], endpoint: moto.endpoint });
  expect(run.status).toBe('partial');
  const failed = bench.facts.cells.filter(({ status }) => status !== 'complete');
  expect(failed).toHaveLength(1);
  expect(failed[0]).toMatchObject({ scope: 'aws:profile:empty', kind: 'aws.account', status: 'denied' });
  expect(failed[0]?.error).toContain('profile empty');
});
