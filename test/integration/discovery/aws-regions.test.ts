import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { regionList } from '#test/support/aws/region-list.ts';
import { factsOnDisk } from '#test/support/facts/facts-on-disk.ts';
import { type FaultProxy, startFaultProxy } from '#test/support/fault-proxy/index.ts';
import { type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { benchOn, discover, gaps, memoryBench, testKeys } from './discovery-bench.ts';

const account = '123456789012';
const [home, optional, queue] = ['us-east-1', 'me-south-1', 'aws.sqs.queue'];
let moto: Moto;
let proxy: FaultProxy;

beforeAll(async () => {
  moto = await startMoto();
  proxy = await startFaultProxy(moto.endpoint);
  for (const region of [home, optional]) {
    const sqs = new SQSClient({
      endpoint: moto.endpoint,
      region,
      credentials: { accessKeyId: testKeys.AWS_ACCESS_KEY_ID, secretAccessKey: testKeys.AWS_SECRET_ACCESS_KEY },
    });
    await sqs.send(new CreateQueueCommand({ QueueName: `in-${region}` }));
    sqs.destroy();
  }
});

afterAll(async () => {
  await proxy.stop();
  await moto.stop();
});

beforeEach(() => {
  proxy.setFaults([]);
  proxy.setService(null);
});

/** Regions that were asked for anything since. */
function askedIn(before: number): readonly string[] {
  return [...new Set(proxy.requests.slice(before).map(({ region }) => region))].sort();
}

test('regions that the account has not opted in to are told by name, and nobody asks there', async () => {
  proxy.setService(regionList({ enabled: [home], notOptedIn: [optional, 'af-south-1'] }));
  const bench = memoryBench();
  const before = proxy.requests.length;
  const run = await discover(bench, { endpoint: proxy.endpoint }, [queue]);
  expect(run).toMatchObject({ status: 'complete', incompleteCells: 0 });
  expect(gaps(bench.facts.cells)).toEqual([`${account} global aws.account.region disabled`]);
  expect(bench.facts.cells.find(({ status }) => status === 'disabled')?.error).toBe(
    `${account}: not enabled for the account, and so not looked at: af-south-1, me-south-1.`,
  );
  expect(askedIn(before)).toEqual([home]);
});

test('a region that is asked for by name and not enabled is told with what enables it', async () => {
  const bench = memoryBench();
  const before = proxy.requests.length;
  await discover(bench, { regions: [home, optional], endpoint: proxy.endpoint }, [queue]);
  expect(gaps(bench.facts.cells)).toEqual([`${account} ${optional} ${queue} disabled`]);
  expect(bench.facts.cells.find(({ region }) => region === optional)?.remedy).toEqual({ do: 'enable', what: optional });
  expect(askedIn(before)).toEqual([home]);
});

test('what was seen in a region stays, as stale, when the account leaves it', async () => {
  await using facts = await factsOnDisk();
  const bench = benchOn(facts.store);
  proxy.setService(regionList({ enabled: [home, optional], notOptedIn: [] }));
  await discover(bench, { endpoint: proxy.endpoint }, [queue]);
  proxy.setService(regionList({ enabled: [home], notOptedIn: [optional] }));
  await discover(bench, { endpoint: proxy.endpoint }, [queue]);
  expect(gaps(await facts.store.coverage(null))).toEqual([`${account} ${optional} ${queue} disabled`]);
  expect(await facts.seen()).toEqual({ [`in-${home}`]: 'fresh', [`in-${optional}`]: 'stale' });
});

test('a region that does not exist is named as a mistake; the others are mapped', async () => {
  const bench = memoryBench();
  const before = proxy.requests.length;
  const run = await discover(bench, { regions: [home, 'eu-nowhere-7'], endpoint: proxy.endpoint }, [queue]);
  expect(run).toMatchObject({ status: 'partial', incompleteCells: 1 });
  expect(gaps(bench.facts.cells)).toEqual([`${account} eu-nowhere-7 ${queue} failed`]);
  expect(bench.facts.cells.find(({ status }) => status === 'failed')?.error).toBe(
    `${account}, eu-nowhere-7: AWS has no region of this name. Check how it is written.`,
  );
  expect(bench.facts.resources.map(({ name }) => name)).toEqual([`in-${home}`]);
  expect(askedIn(before)).toEqual([home]);
});

test.each([
  ['a page of another server', { kind: 'rubbish', status: 200, type: 'text/html', body: '<html>Hotel</html>' }],
  ['half an answer', { kind: 'half', looks: 'whole' }],
] as const)('%s for the list of regions is told, nothing is taken for gone', async (_what, fault) => {
  await using facts = await factsOnDisk();
  const bench = benchOn(facts.store);
  proxy.setService(regionList({ enabled: [home, optional], notOptedIn: [] }));
  await discover(bench, { endpoint: proxy.endpoint }, [queue]);
  proxy.setService(null);
  proxy.setFaults([{ action: 'DescribeRegions', fault }]);
  const run = await discover(bench, { endpoint: proxy.endpoint }, [queue]);
  expect(run).toMatchObject({ status: 'partial', incompleteCells: 1 });
  const told = (await facts.store.coverage(run.id)).find(({ kind }) => kind === 'aws.account.region');
  expect(told).toMatchObject({ status: 'failed', region: 'global' });
  expect(told?.error).toContain('answered something that is not AWS');
  expect(Object.keys(await facts.seen()).sort()).toEqual([`in-${optional}`, `in-${home}`]);
});
