import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClosableDiscoveryService } from '#engine/discovery/index.ts';
import { type CloudRequest, discoverRequestSchema } from '#shared/model/index.ts';
import {
  type AzureFault,
  type FakeResourceGraph,
  makeEstate,
  startFakeResourceGraph,
  subscriptionId,
} from '#test/support/azure/index.ts';
import { createMemoryFactStore } from '#test/support/facts/memory-fact-store.ts';
import type { InventoryFault } from '#test/support/gcp/index.ts';
import { azureBench } from './azure-bench.ts';
import { call, gcpBench, organization, type Transport } from './gcp-bench.ts';

// Nothing but the cancelling ends these waits: the servers answer never, or say to come back in half a minute, and a
// call may take ten minutes. What was complete by then stays complete.

const forEver = 600_000;

/** Maps until something is so, cancels, and answers the cells of the run by status. */
async function cancelOnce(
  { service }: { readonly service: ClosableDiscoveryService },
  part: CloudRequest,
  isSo: () => boolean | Promise<boolean>,
): Promise<number> {
  const { run } = await service.start(discoverRequestSchema.parse({ clouds: [part] }), call());
  while (!(await isSo())) await delay(5);
  expect(await service.cancel({ run }, call())).toMatchObject({ status: 'cancelled' });
  return run;
}

describe('Azure', () => {
  let fake: FakeResourceGraph;

  afterEach(() => fake.stop());

  const limits = { requestMilliseconds: forEver, longestWaitMilliseconds: forEver };
  const part = () => ({ cloud: 'azure' as const, endpoint: fake.endpoint, accessTokenEnv: 'AZURE_TOKEN' });

  test.each<[string, AzureFault]>([
    ['a server that does not answer', { kind: 'silent' }],
    ['an answer that comes in ten minutes', { kind: 'slow', milliseconds: forEver }],
    ['a packed body that breaks off and never ends', { kind: 'cut', packed: true }],
    ['too many requests, with half a minute to wait', { kind: 'throttled', retryAfter: 30 }],
  ])('%s holds nobody up who cancels', async (_what, fault) => {
    fake = await startFakeResourceGraph({
      estate: makeEstate({ subscriptions: 3, groups: 5, applications: 30 }),
    });
    const facts = createMemoryFactStore();
    const bench = azureBench(fake, facts, { AZURE_TOKEN: fake.token }, limits);
    fake.setFaults([{ table: 'resources', laterPages: true, fault }]);
    const sealed = () => facts.cells.filter(({ kind, status }) => kind.endsWith('disks') && status === 'complete');
    await cancelOnce(
      bench,
      part(),
      // The first page ends in the second subscription.
      () => sealed().length === 1 && fake.asked.some(({ skipToken }) => skipToken !== null),
    );
    const disks = facts.cells.filter(({ kind }) => kind === 'azure.compute.disks');
    expect(disks.map(({ scope, status }) => `${scope} ${status}`).sort()).toEqual([
      `azure:subscription:${subscriptionId(0)} complete`,
      `azure:subscription:${subscriptionId(1)} not-tried`,
      `azure:subscription:${subscriptionId(2)} not-tried`,
    ]);
  });

  test('a used-up quota holds nobody up who cancels', async () => {
    const estate = makeEstate({ subscriptions: 3, groups: 5, applications: 30 });
    fake = await startFakeResourceGraph({ estate, quota: { calls: 5, seconds: 59 } });
    const bench = azureBench(fake, createMemoryFactStore(), { AZURE_TOKEN: fake.token }, limits);
    await cancelOnce(bench, part(), () => fake.asked.length === 5);
    expect(fake.throttled()).toBe(0);
  });

  test('before anything is known, whoever asked may go', async () => {
    fake = await startFakeResourceGraph({ estate: makeEstate({ subscriptions: 1, groups: 1, applications: 1 }) });
    fake.setFaults([{ fault: { kind: 'silent' } }]);
    const facts = createMemoryFactStore();
    const bench = azureBench(fake, facts, { AZURE_TOKEN: fake.token }, limits);
    const gone = new AbortController();
    const order = discoverRequestSchema.parse({ clouds: [part()] });
    const started = Promise.resolve(bench.service.start(order, { ...call(), signal: gone.signal }));
    started.catch(() => undefined);
    while (fake.asked.length === 0) await delay(5);
    gone.abort();
    await expect(started).rejects.toThrow(/abort/iu);
    expect(await facts.runs()).toEqual([]);
  });
});

describe.each<Transport>(['rest', 'grpc'])('Google over %s', (transport) => {
  const usual = { cloud: 'gcp' as const, scopes: ['organizations/6001'], accessTokenEnv: 'GCP_TOKEN', transport };
  const open = () => gcpBench({ transport, mostPerPage: 25, limits: { requestMilliseconds: forEver } });

  test.each<[string, InventoryFault]>([
    ['a server that does not answer', { kind: 'silent' }],
    ['an answer that comes in ten minutes', { kind: 'slow', milliseconds: forEver }],
    [
      'too many requests, with half a minute to wait',
      {
        kind: 'status',
        answer: { status: 'RESOURCE_EXHAUSTED', message: 'Quota exceeded for ListAssets requests.', retrySeconds: 30 },
      },
    ],
  ])('%s holds nobody up who cancels', async (_what, fault) => {
    await using bench = await open();
    bench.inventory.setFaults([{ typed: false, content: 'RESOURCE', page: 1, fault }]);
    const policiesSealed = async (): Promise<boolean> => {
      const cells = await bench.facts.coverage(1);
      return cells.some(({ kind, status }) => kind === 'gcp.iam.policy' && status === 'complete');
    };
    const asked = () =>
      bench.inventory.requests.some(({ pageToken, content }) => pageToken !== '' && content === 'RESOURCE');
    const run = await cancelOnce(bench, { ...usual, endpoint: bench.server.endpoint }, async () => {
      return asked() && (await policiesSealed());
    });
    const cells = await bench.facts.coverage(run);
    const statusesOf = (isWanted: (kind: string) => boolean) =>
      new Set(cells.filter(({ kind }) => isWanted(kind)).map(({ status }) => status));
    expect(statusesOf((kind) => kind === 'gcp.iam.policy')).toEqual(new Set(['complete']));
    expect(statusesOf((kind) => kind !== 'gcp.iam.policy')).toEqual(new Set(['not-tried']));
    expect(cells.some(({ scope }) => scope === organization)).toBe(true);
  });

  test('before anything is known, whoever asked may go', async () => {
    await using bench = await open();
    bench.inventory.setFaults([{ fault: { kind: 'silent' } }]);
    const gone = new AbortController();
    const order = discoverRequestSchema.parse({ clouds: [{ ...usual, endpoint: bench.server.endpoint }] });
    const started = Promise.resolve(bench.service.start(order, { ...call(), signal: gone.signal }));
    started.catch(() => undefined);
    while (bench.inventory.requests.length === 0) await delay(5);
    gone.abort();
    await expect(started).rejects.toThrow(/abort/iu);
    expect(await bench.facts.runs()).toEqual([]);
  });
});
