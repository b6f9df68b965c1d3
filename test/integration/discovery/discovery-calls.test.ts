import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FaultProxy } from '#test/support/fault-proxy/index.ts';
import { type CompanyBehindProxy, startCompanyBehindProxy } from './company-behind-proxy.ts';
import { discover, gaps, memoryBench, testKeys } from './discovery-bench.ts';

let place: CompanyBehindProxy;
let proxy: FaultProxy;
let production: string;

beforeAll(async () => {
  place = await startCompanyBehindProxy();
  ({ production, proxy } = place);
});
afterAll(() => place[Symbol.asyncDispose]());

beforeEach(() => proxy.setFaults([]));

const oneRegion = () => ({
  accounts: [production],
  regions: ['us-east-1'],
  endpoint: proxy.endpoint,
});

/** Requests of the last run that fit. */
function asked(before: number, action: string): number {
  return proxy.requests.slice(before).filter((request) => request.action === action).length;
}

test('a service that refuses twice is asked until it answers; the run tells what it cost', async () => {
  proxy.setFaults([{ action: 'DescribeSubnets', times: 2, fault: { kind: 'throttled' } }]);
  const bench = memoryBench();
  const before = proxy.requests.length;
  const run = await discover(bench, oneRegion());
  expect(run.status).toBe('complete');
  expect(asked(before, 'DescribeSubnets')).toBe(3);
  const sent = proxy.requests.length - before;
  expect(run.calls).toMatchObject({ made: sent, throttled: 2, spared: 0 });
  expect(run.calls?.empty).toBeGreaterThan(0);
});

test('the time a service asks to wait is kept', async () => {
  proxy.setFaults([{ action: 'DescribeVpcs', times: 1, fault: { kind: 'throttled', retryAfter: 2 } }]);
  const started = performance.now();
  expect((await discover(memoryBench(), oneRegion())).status).toBe('complete');
  expect(performance.now() - started).toBeGreaterThan(2000);
});

test('a service that asks for more patience than there is is told as throttled at once', async () => {
  proxy.setFaults([{ action: 'DescribeVolumes', fault: { kind: 'throttled', retryAfter: 3600 } }]);
  const bench = memoryBench();
  const before = proxy.requests.length;
  await discover(bench, oneRegion());
  expect(asked(before, 'DescribeVolumes')).toBe(1);
  expect(gaps(bench.facts.cells)).toEqual([`${production} us-east-1 aws.ec2.volume throttled`]);
});

test.each([500, 503])('an error %i in the middle of a run is told, not repeated', async (status) => {
  const body = '<Response><Errors><Error><Code>InternalError</Code></Error></Errors></Response>';
  proxy.setFaults([{ action: 'DescribeVolumes', fault: { kind: 'rubbish', status, type: 'text/xml', body } }]);
  const bench = memoryBench();
  const before = proxy.requests.length;
  await discover(bench, oneRegion());
  expect(asked(before, 'DescribeVolumes')).toBe(1);
  expect(gaps(bench.facts.cells)).toEqual([`${production} us-east-1 aws.ec2.volume failed`]);
});

test('role credentials that end half-way are taken anew and nothing is missing', async () => {
  proxy.setFaults([
    { action: 'DescribeVpcs', times: 1, fault: { kind: 'expired' } },
    { action: 'ListQueues', times: 1, fault: { kind: 'expired' } },
  ]);
  const started = Date.now();
  let questions = 0;
  // A minute passes with each question for credentials, so that they are old enough to be renewed.
  const bench = memoryBench({ now: () => started + 60_000 * questions++ });
  const before = proxy.requests.length;
  const run = await discover(bench, oneRegion());
  expect(gaps(bench.facts.cells)).toEqual([]);
  expect(asked(before, 'AssumeRole')).toBeGreaterThan(1);
  expect(run.status).toBe('complete');
});

test('keeps to the named units and accounts of the organisation', async () => {
  const scopesOf = async (scopes: string[]) => {
    const bench = memoryBench();
    await discover(bench, { scopes, regions: ['us-east-1'], endpoint: place.endpoint });
    return bench.facts.scopes.flatMap(({ kind, name }) => (kind === 'account' ? [name] : [])).sort();
  };
  const bench = memoryBench();
  await discover(bench, { organization: true, regions: ['us-east-1'], endpoint: place.endpoint });
  const unit = (name: string) => bench.facts.scopes.find((scope) => scope.name === name)?.nativeId ?? '';
  expect(await scopesOf([unit('workloads')])).toEqual(['production', 'staging']);
  expect(await scopesOf([place.staging])).toEqual(['staging']);
  await expect(scopesOf(['ou-none-none'])).rejects.toMatchObject({ code: 'not-found' });
});

test('another partition is asked at its own home, and its ids say so', async () => {
  const bench = memoryBench({ environment: { ...testKeys, AWS_REGION: 'cn-north-1' } });
  const before = proxy.requests.length;
  const run = await discover(bench, { regions: ['cn-north-1', 'us-east-1'], endpoint: proxy.endpoint });
  expect(run.status).toBe('complete');
  const arns = bench.facts.resources.map(({ id }) => id).filter((id) => id.startsWith('arn:'));
  expect(arns.length).toBeGreaterThan(4);
  expect(arns.filter((id) => !id.startsWith('arn:aws-cn:'))).toEqual([]);
  const elsewhereAsked = proxy.requests.slice(before).filter(({ region }) => region !== 'cn-north-1');
  expect(elsewhereAsked).toEqual([]);
  const elsewhere = bench.facts.cells.filter(({ region }) => region === 'us-east-1');
  expect([...new Set(elsewhere.map(({ status }) => status))]).toEqual(['disabled']);
});
