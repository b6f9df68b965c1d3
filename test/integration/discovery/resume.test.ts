import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ClosableDiscoveryService } from '#engine/discovery/index.ts';
import { createFactStore } from '#engine/graph/facts/index.ts';
import type { Call, FactReader } from '#engine/ports/index.ts';
import { discoverRequestSchema, type DiscoverRequestInput, type Run } from '#shared/model/index.ts';
import { makeEstate, startFakeResourceGraph, subscriptionId } from '#test/support/azure/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { azureBench } from './azure-bench.ts';
import { gcpBench, type Transport } from './gcp-bench.ts';

// Runs of clouds whose listings answer for many cells at once: cut off, and gone on with.

const call: Call = { signal: new AbortController().signal, actor: { kind: 'command-line', name: 'test' } };

interface Mapper {
  readonly service: ClosableDiscoveryService;
  readonly facts: FactReader;
}

/** Starts a run, cancels it once something is so, and answers with it. */
async function cutOff(
  { service, facts }: Mapper,
  request: DiscoverRequestInput,
  isSo: (run: number) => Promise<boolean>,
): Promise<Run> {
  const { run } = await service.start(discoverRequestSchema.parse(request), call);
  while (!(await isSo(run))) await delay(5);
  expect(await service.cancel({ run }, call)).toMatchObject({ status: 'cancelled' });
  await ended({ service, facts }, run);
  return runOf(facts, run);
}

async function ended({ service }: Pick<Mapper, 'service'> & { readonly facts: unknown }, run: number): Promise<void> {
  for await (const { phase } of await service.progress({ run }, call)) if (phase === 'done') return;
}

async function resume(mapper: Mapper): Promise<{ readonly run: Run; readonly changes: readonly string[] }> {
  const { run, changes } = await mapper.service.resume({ run: null }, call);
  await ended(mapper, run);
  return { run: await runOf(mapper.facts, run), changes };
}

async function runOf(facts: FactReader, id: number): Promise<Run> {
  const run = (await facts.runs()).find((one) => one.id === id);
  if (run === undefined) throw new Error(`There is no run ${id}.`);
  return run;
}

async function idsOf(facts: FactReader): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { fact, stale } of (await facts.view(call.signal)).resources()) ids.push(`${fact.id} ${stale}`);
  return ids.sort();
}

async function countComplete(facts: FactReader, run: number): Promise<number> {
  return (await facts.coverage(run)).filter(({ status }) => status === 'complete').length;
}

const isInside = ({ scope }: { readonly scope: string }) => scope.startsWith('azure:subscription:');

test('Azure: tables that were complete are not asked again, and of the others only subscriptions that were not over', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-resume-'));
  const logger = recordingLogger();
  const newFacts = (name: string) =>
    createFactStore({ root: path.join(folder, name), clock: { now: () => Date.now() }, logger, appVersion: '1' });
  // Three pages of resources over three subscriptions, none of which ends where a page does.
  const fake = await startFakeResourceGraph({ estate: makeEstate({ subscriptions: 3, groups: 5, applications: 30 }) });
  try {
    const bench = azureBench(fake, newFacts('cut'));
    const request = { clouds: [{ cloud: 'azure' as const, endpoint: fake.endpoint, accessTokenEnv: 'AZURE_TOKEN' }] };
    fake.setFaults([{ table: 'resources', laterPages: true, after: 1, fault: { kind: 'silent' } }]);
    const atEnd = async (run: number) => {
      const cells = await bench.facts.coverage(run);
      const over = cells.filter(
        ({ kind, status }) => status === 'complete' && kind === 'azure.network.virtualnetworks',
      );
      const roles = cells.filter(
        ({ kind, status }) => status === 'complete' && kind.startsWith('azure.authorization.'),
      );
      return over.length === 1 && new Set(roles.filter(isInside).map(({ scope }) => scope)).size === 3;
    };
    const cut = await cutOff(bench, request, atEnd);
    const done = await countComplete(bench.facts, cut.id);
    const first = fake.asked.length;

    fake.setFaults([]);
    const { run, changes } = await resume(bench);
    expect(run).toMatchObject({ id: cut.id, status: 'complete', resumed: 1, incompleteCells: 0, cells: cut.cells });
    expect(changes).toEqual([]);
    expect(done).toBeGreaterThan(0);
    const again = fake.asked.slice(first);
    const resources = again.filter(({ table }) => table === 'resources');
    expect(resources.length).toBeGreaterThan(0);
    expect(new Set(resources.flatMap(({ subscriptions }) => subscriptions ?? []))).toEqual(
      new Set([subscriptionId(1), subscriptionId(2)]),
    );
    // The tenant's own were perhaps not over; those of subscriptions were.
    const roles = again.filter(({ table }) => table === 'authorizationresources');
    expect(roles.filter(({ subscriptions }) => subscriptions !== null)).toEqual([]);

    const whole = azureBench(fake, newFacts('whole'));
    await whole.discover();
    expect(await idsOf(bench.facts)).toEqual(await idsOf(whole.facts));
  } finally {
    await fake.stop();
    await rm(folder, { recursive: true });
  }
});

test.each<Transport>(['rest', 'grpc'])(
  'Google over %s: the listing that was complete is not asked again',
  async (transport) => {
    await using bench = await gcpBench({ transport, mostPerPage: 25, limits: { requestMilliseconds: 600_000 } });
    const { endpoint } = bench.server;
    const part = {
      cloud: 'gcp' as const,
      scopes: ['organizations/6001'],
      accessTokenEnv: 'GCP_TOKEN',
      endpoint,
      transport,
    };
    bench.inventory.setFaults([{ typed: false, content: 'RESOURCE', page: 1, fault: { kind: 'silent' } }]);
    const cut = await cutOff(bench, { clouds: [part] }, async (run) => (await countComplete(bench.facts, run)) > 0);
    const first = bench.inventory.requests.length;

    bench.inventory.setFaults([]);
    const { run } = await resume(bench);
    expect(run).toMatchObject({ id: cut.id, status: 'complete', resumed: 1, cells: cut.cells });
    const again = bench.inventory.requests.slice(first);
    expect(again.filter(({ content }) => content === 'IAM_POLICY')).toEqual([]);
    expect(again.some(({ content }) => content === 'RESOURCE')).toBe(true);

    await using whole = await gcpBench({ transport, mostPerPage: 25 });
    await whole.discover();
    expect(await idsOf(bench.facts)).toEqual(await idsOf(whole.facts));
  },
);
