import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awsSteps } from '#engine/discovery/providers/aws/steps.ts';
import { createFactStore } from '#engine/graph/facts/index.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '#test/support/fault-proxy/index.ts';
import { type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { benchOn, discover, gaps, memoryBench, testKeys } from './discovery-bench.ts';

const account = '123456789012';
const region = 'eu-west-1';
const [secret, queue, network] = ['aws.secretsmanager.secret', 'aws.sqs.queue', 'aws.ec2.vpc'];
/** More than one page of a hundred. */
const secrets = 150;
let moto: Moto;
let proxy: FaultProxy;

beforeAll(async () => {
  moto = await startMoto();
  proxy = await startFaultProxy(moto.endpoint);
  const config = {
    endpoint: moto.endpoint,
    region,
    credentials: { accessKeyId: testKeys.AWS_ACCESS_KEY_ID, secretAccessKey: testKeys.AWS_SECRET_ACCESS_KEY },
  };
  const [secretsManager, sqs] = [new SecretsManagerClient(config), new SQSClient(config)];
  for (let index = 0; index < secrets; index += 1) {
    await secretsManager.send(new CreateSecretCommand({ Name: `secret-${index}`, SecretString: 'x' }));
  }
  for (const QueueName of ['a', 'b', 'c']) await sqs.send(new CreateQueueCommand({ QueueName }));
  for (const client of [secretsManager, sqs]) client.destroy();
});

afterAll(async () => {
  await proxy.stop();
  await moto.stop();
});

beforeEach(() => proxy.setFaults([]));

const request = () => ({ regions: [region], endpoint: proxy.endpoint });
const kinds = [secret, queue, network];

describe('a listing that breaks off after its first page', () => {
  test.each<[string, Fault, string, string]>([
    [
      'an error 500',
      { kind: 'rubbish', status: 500, type: 'application/x-amz-json-1.1', body: '{"__type":"InternalServiceError"}' },
      'failed',
      'InternalServiceError',
    ],
    [
      'an error 503',
      { kind: 'rubbish', status: 503, type: 'application/x-amz-json-1.1', body: '{"__type":"ServiceUnavailable"}' },
      'failed',
      'ServiceUnavailable',
    ],
    ['a connection cut in the middle of the body', { kind: 'half', looks: 'cut' }, 'failed', 'cannot be reached'],
    [
      'a body that ends in the middle',
      { kind: 'half', looks: 'whole' },
      'failed',
      'answered something that is not AWS',
    ],
    [
      'a gateway that asks for patience',
      { kind: 'rubbish', status: 429, type: 'text/html', body: '<h1>Too many requests</h1>' },
      'throttled',
      'too many requests',
    ],
  ])('by %s keeps that page, names the cell, and takes nothing else along', async (_what, fault, status, why) => {
    proxy.setFaults([{ action: 'ListSecrets', after: 1, fault }]);
    const bench = memoryBench();
    const run = await discover(bench, request(), kinds);
    expect(run).toMatchObject({ status: 'partial', incompleteCells: 1 });
    expect(gaps(bench.facts.cells)).toEqual([`${account} ${region} ${secret} ${status}`]);
    const cell = bench.facts.cells.find(({ kind }) => kind === secret);
    expect(cell).toMatchObject({ pages: 1, rows: 100 });
    expect(cell?.error).toContain(why);
    expect(bench.facts.resources.filter(({ kind }) => kind === queue)).toHaveLength(3);
  });

  test('removes nothing of what the run before saw on later pages', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-pages-'));
    const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const clock = { now: () => Date.now() };
    const facts = createFactStore({ root: path.join(folder, 'facts'), clock, logger, appVersion: 'test' });
    const bench = benchOn(facts);
    await discover(bench, request(), [secret]);
    proxy.setFaults([{ action: 'ListSecrets', after: 1, fault: { kind: 'half', looks: 'cut' } }]);
    await discover(bench, request(), [secret]);
    const view = await facts.view(new AbortController().signal);
    let [fresh, stale] = [0, 0];
    for await (const one of view.resources()) {
      if (one.stale) stale += 1;
      else fresh += 1;
    }
    expect({ fresh, stale }).toEqual({ fresh: 100, stale: secrets - 100 });
    await rm(folder, { recursive: true, force: true });
  });
});

test('a page that comes again and again ends the listing, with what was seen', async () => {
  proxy.setFaults([{ action: 'ListSecrets', fault: { kind: 'again' } }]);
  const bench = memoryBench();
  const before = proxy.requests.length;
  await discover(bench, request(), kinds);
  expect(gaps(bench.facts.cells)).toEqual([`${account} ${region} ${secret} failed`]);
  expect(proxy.requests.slice(before).filter(({ action }) => action === 'ListSecrets')).toHaveLength(2);
  expect(new Set(bench.facts.resources.filter(({ kind }) => kind === secret).map(({ id }) => id)).size).toBe(100);
});

test('what is deleted between the listing and its details is left out; the cell is complete', async () => {
  proxy.setFaults([{ action: 'GetQueueAttributes', times: 1, fault: { kind: 'gone', code: 'QueueDoesNotExist' } }]);
  const bench = memoryBench();
  const run = await discover(bench, request(), kinds);
  expect(run.status).toBe('complete');
  expect(bench.facts.resources.filter(({ kind }) => kind === queue)).toHaveLength(2);
});

test('a region that is denied is named cell by cell; another region and the global services are complete', async () => {
  const kindsThere = awsSteps.filter(({ declaration }) => !declaration.global).length;
  // What a policy of the organisation says about a region it closes.
  proxy.setFaults([{ region: 'eu-central-1', fault: { kind: 'denied', permission: 'x:Y' } }]);
  const bench = memoryBench();
  await discover(bench, { ...request(), regions: [region, 'eu-central-1'] });
  const incomplete = bench.facts.cells.filter(({ status }) => status !== 'complete');
  expect(incomplete.filter(({ region: where }) => where !== 'eu-central-1')).toEqual([]);
  expect([...new Set(incomplete.map(({ status }) => status))]).toEqual(['denied']);
  // Buckets are listed where the global services are, and there are none in this region.
  expect(incomplete).toHaveLength(kindsThere - 1);
  expect(bench.facts.resources.filter(({ kind }) => kind === queue)).toHaveLength(3);
});

test('an account that allows nothing but its sign-in is denied in every cell, which is no empty account', async () => {
  proxy.setFaults([
    {
      action: /^(?!GetCallerIdentity|AssumeRole|DescribeRegions)/u,
      fault: { kind: 'denied', permission: 'x:Y' },
    },
  ]);
  const bench = memoryBench();
  const run = await discover(bench, request());
  expect(run.status).toBe('partial');
  expect([...new Set(bench.facts.cells.map(({ status }) => status))]).toEqual(['denied']);
  expect(bench.facts.cells).toHaveLength(awsSteps.length);
  expect(bench.facts.cells.every(({ permission }) => permission !== null)).toBe(true);
  expect(bench.facts.resources).toEqual([]);
});
