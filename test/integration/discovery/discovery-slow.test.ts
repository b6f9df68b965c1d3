import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { awsKinds } from '#engine/discovery/providers/aws/kinds.ts';
import { type FaultProxy, startFaultProxy } from '#test/support/fault-proxy/index.ts';
import { type Moto, startMoto } from '#test/support/toolchain/index.ts';
import { discover, gaps, memoryBench } from './discovery-bench.ts';

const management = '123456789012';
let moto: Moto;
let proxy: FaultProxy;

beforeAll(async () => {
  moto = await startMoto();
  proxy = await startFaultProxy(moto.endpoint);
  // The first call of each service makes moto load it, which is slower than what is measured here.
  await discover(memoryBench(), { regions: ['us-east-1'], endpoint: moto.endpoint });
});

afterAll(async () => {
  await proxy.stop();
  await moto.stop();
});

beforeEach(() => proxy.setFaults([]));

const impatient = { connectMilliseconds: 4000, requestMilliseconds: 4000, attempts: 2 };

test('a silent service is given up after its attempts; what is left of it is not tried', async () => {
  proxy.setFaults([{ service: 'rds', fault: { kind: 'silent' } }]);
  const bench = memoryBench({ callLimits: impatient });
  const run = await discover(bench, { regions: ['us-east-1'], endpoint: proxy.endpoint });
  expect(run.status).toBe('partial');
  // Two kinds of the service are asked at a time, so both find out for themselves.
  expect(gaps(bench.facts.cells)).toEqual([
    `${management} us-east-1 aws.rds.cluster timed-out`,
    `${management} us-east-1 aws.rds.db timed-out`,
    `${management} us-east-1 aws.rds.subgrp not-tried`,
  ]);
  expect(bench.facts.cells.find(({ status }) => status === 'timed-out')?.error).toContain(
    `${proxy.endpoint} did not answer in time`,
  );
});

test('after one time-out the other kinds of the same service in the same place are not waited for', async () => {
  proxy.setFaults([{ service: 'ec2', action: /^Describe(?!Regions)/u, fault: { kind: 'silent' } }]);
  const bench = memoryBench({ callLimits: impatient });
  const started = performance.now();
  await discover(bench, { regions: ['us-east-1'], endpoint: proxy.endpoint });
  const statuses = bench.facts.cells.filter(({ kind }) => kind.startsWith('aws.ec2.')).map(({ status }) => status);
  expect(statuses.filter((status) => status === 'timed-out')).toHaveLength(2);
  const kinds = Object.keys(awsKinds).filter((kind) => kind.startsWith('aws.ec2.'));
  expect(statuses.filter((status) => status === 'not-tried')).toHaveLength(kinds.length - 2);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('a service that answers in drops is closed as timed out when its cell takes too long', async () => {
  proxy.setFaults([{ service: 'kms', fault: { kind: 'slow', milliseconds: 10_000 } }]);
  const bench = memoryBench({ cellMilliseconds: 6000 });
  await discover(bench, { regions: ['us-east-1'], endpoint: proxy.endpoint });
  expect(gaps(bench.facts.cells)).toEqual([`${management} us-east-1 aws.kms.key timed-out`]);
  expect(bench.facts.cells.find(({ kind }) => kind === 'aws.kms.key')?.error).toContain('nothing came for 6 s');
});

test('an endpoint that never answers is told before a run is made', async () => {
  proxy.setFaults([{ fault: { kind: 'silent' } }]);
  const bench = memoryBench({ callLimits: impatient });
  await expect(discover(bench, { endpoint: proxy.endpoint })).rejects.toMatchObject({
    code: 'endpoint-unreachable',
    message: expect.stringContaining('did not answer in time'),
  });
  expect(await bench.facts.runs()).toEqual([]);
});
