import { createDiscoveryService, type ClosableDiscoveryService, type DiscoveryDeps } from '#engine/discovery/index.ts';
import { type CallLimits, createAzureProvider } from '#engine/discovery/providers/azure/index.ts';
import { defaultLimits } from '#engine/discovery/scheduler.ts';
import type { Call, Logger, Workspace } from '#engine/ports/index.ts';
import {
  type AzureRequest,
  type CoverageCell,
  discoverRequestSchema,
  type Run,
  type RunProgress,
} from '#shared/model/index.ts';
import type { FakeResourceGraph } from '#test/support/azure/index.ts';
import { createMemoryFactStore, type MemoryFactStore } from '#test/support/facts/memory-fact-store.ts';

const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Waits of a test: short, and few. */
const impatient: CallLimits = {
  requestMilliseconds: 4000,
  attempts: 3,
  waitMilliseconds: 5,
  longestWaitMilliseconds: 5000,
};

interface Mapped {
  readonly run: Run;
  readonly largest: number;
}

export interface AzureBench<Facts extends DiscoveryDeps['facts'] = MemoryFactStore> {
  readonly service: ClosableDiscoveryService;
  readonly facts: Facts;
  /** Maps what the places say, of the fake; answers the run and the largest progress that was told, in bytes. */
  readonly discover: (places?: Omit<AzureRequest, 'cloud'>, kinds?: readonly string[]) => Promise<Mapped>;
}

/** The discovery service with the real provider for Azure, against a fake of Resource Graph. */
export function azureBench(fake: FakeResourceGraph): AzureBench;
export function azureBench<Facts extends DiscoveryDeps['facts']>(
  fake: FakeResourceGraph,
  facts: Facts,
  environment?: Readonly<Record<string, string>>,
  limits?: Partial<CallLimits>,
): AzureBench<Facts>;
export function azureBench(
  fake: FakeResourceGraph,
  facts: DiscoveryDeps['facts'] = createMemoryFactStore(),
  environment: Readonly<Record<string, string>> = { AZURE_TOKEN: fake.token },
  limits: Partial<CallLimits> = {},
): AzureBench<DiscoveryDeps['facts']> {
  const host = { environment, homeFolder: '/nonexistent' };
  const now = (): number => Date.now();
  const workspace: Pick<Workspace, 'assertWritable' | 'connections'> = {
    assertWritable: () => undefined,
    connections: () => [],
  };
  const service = createDiscoveryService({
    workspace: workspace as Workspace,
    facts,
    graph: { rebuild: () => Promise.resolve() },
    events: { changed: () => undefined },
    clock: { now },
    logger: quiet,
    resourcesFolder: '/nonexistent',
    ...host,
    limits: { ...defaultLimits, cellMilliseconds: 20_000 },
    providers: { azure: createAzureProvider({ ...host, now, logger: quiet, limits: { ...impatient, ...limits } }) },
  });
  const call: Call = { signal: new AbortController().signal, actor: { kind: 'command-line', name: 'test' } };
  return {
    service,
    facts,
    async discover(places = {}, kinds = []) {
      const part = { cloud: 'azure' as const, endpoint: fake.endpoint, accessTokenEnv: 'AZURE_TOKEN', ...places };
      const { run: id } = await service.start(discoverRequestSchema.parse({ clouds: [part], kinds }), call);
      let largest = 0;
      let last: RunProgress | null = null;
      for await (const progress of await service.progress({ run: id }, call)) {
        last = progress;
        largest = Math.max(largest, JSON.stringify(progress).length);
      }
      if (last?.phase !== 'done') throw new Error(`Run ${id} did not end.`);
      const run = (await facts.runs()).find((one) => one.id === id);
      if (run === undefined) throw new Error(`Run ${id} is not there.`);
      return { run, largest };
    },
  };
}

/** The cells that are not complete: `SCOPE REGION KIND STATUS`, kinds that share all else as a count. */
export function gapsByPlace(cells: readonly CoverageCell[]): readonly string[] {
  const places = new Map<string, number>();
  for (const { scope, region, status } of cells) {
    if (status === 'complete') continue;
    const place = `${scope.replace(/^azure:/u, '')} ${region} ${status}`;
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  return [...places].map(([place, count]) => `${place} × ${count}`).sort();
}
