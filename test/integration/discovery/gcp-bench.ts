import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDiscoveryService, type ClosableDiscoveryService } from '#engine/discovery/index.ts';
import { defaultLimits as usualLimits } from '#engine/discovery/providers/gcp/calls/limits.ts';
import { createGcpProvider } from '#engine/discovery/providers/gcp/index.ts';
import { defaultLimits } from '#engine/discovery/scheduler.ts';
import { createFactStore } from '#engine/graph/facts/index.ts';
import type { Call, FactStore, Workspace } from '#engine/ports/index.ts';
import { type CoverageCell, discoverRequestSchema, type GcpRequest, type Run } from '#shared/model/index.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import {
  companyAssets,
  type FakeAsset,
  FakeInventory,
  type InventoryServer,
  startGrpcInventory,
  startRestInventory,
} from '#test/support/gcp/index.ts';

/** Waits of a test: short, and few; the pace is not what is tested. An answer is waited for, however slow the machine. */
const impatient = {
  ...usualLimits,
  rate: { perSecond: 1000, burst: 1000 },
  requestMilliseconds: 60_000,
  attempts: 3,
  firstWaitMilliseconds: 5,
  longestWaitMilliseconds: 20,
};

export const organization = 'gcp:organization:6001';
export const project = (name: string): string => `gcp:project:${name}`;

export type Transport = 'rest' | 'grpc';

/** The discovery service with the real provider and real facts, against the fake inventory on the wire. */
export interface GcpBench extends AsyncDisposable {
  readonly service: ClosableDiscoveryService;
  readonly facts: FactStore;
  readonly inventory: FakeInventory;
  readonly server: InventoryServer;
  /** What the fake holds; a test may change it. */
  assets: readonly FakeAsset[];
  /** Maps the organisation, or what the places say. */
  discover(places?: Partial<GcpRequest>, kinds?: readonly string[]): Promise<Run>;
  /** What the map shows: ids, and which of them are stale. */
  shown(): Promise<{ readonly ids: ReadonlySet<string>; readonly stale: ReadonlySet<string> }>;
}

export interface BenchOptions {
  readonly transport?: Transport;
  readonly mostPerPage?: number;
  readonly limits?: Partial<typeof impatient>;
}

export async function gcpBench({ transport = 'rest', mostPerPage, limits }: BenchOptions = {}): Promise<GcpBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-gcp-'));
  const bench: { assets: readonly FakeAsset[] } = { assets: companyAssets() };
  const inventory = new FakeInventory({
    assets: () => bench.assets,
    ...(mostPerPage === undefined ? {} : { mostPerPage }),
  });
  const server = await (transport === 'rest' ? startRestInventory(inventory) : startGrpcInventory(inventory));
  const now = (): number => Date.now();
  const logger = recordingLogger();
  const facts = createFactStore({ root: folder, clock: { now }, logger, appVersion: 'test' });
  const host = { environment: { GCP_TOKEN: 'test-token' }, homeFolder: '/nonexistent', logger };
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
    resourcesFolder: '/nonexistent',
    limits: { ...defaultLimits, cellMilliseconds: 20_000 },
    providers: { gcp: createGcpProvider({ ...host, now, limits: { ...impatient, ...limits } }) },
    ...host,
  });
  const usual = {
    cloud: 'gcp' as const,
    scopes: ['organizations/6001'],
    endpoint: server.endpoint,
    accessTokenEnv: 'GCP_TOKEN',
    transport,
  };
  return Object.assign(bench, {
    service,
    facts,
    inventory,
    server,
    async discover(places: Partial<GcpRequest> = {}, kinds: readonly string[] = []) {
      const order = discoverRequestSchema.parse({ clouds: [{ ...usual, ...places }], kinds });
      const { run: id } = await service.start(order, call());
      for await (const { phase } of await service.progress({ run: id }, call())) if (phase === 'done') break;
      const run = (await facts.runs()).find((one) => one.id === id);
      if (run === undefined) throw new Error(`Run ${id} is not there.`);
      return run;
    },
    async shown() {
      const ids = new Set<string>();
      const stale = new Set<string>();
      const view = await facts.view(new AbortController().signal);
      for await (const { fact, stale: isStale } of view.resources()) {
        ids.add(fact.id);
        if (isStale) stale.add(fact.id);
      }
      return { ids, stale };
    },
    async [Symbol.asyncDispose]() {
      await service.close();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  });
}

/** A call from the command line that nobody cancels. */
export function call(): Call {
  return { signal: new AbortController().signal, actor: { kind: 'command-line', name: 'test' } };
}

/** The cells that are not complete: `SCOPE REGION STATUS`, with how many kinds share it. */
export function gapsByPlace(cells: readonly CoverageCell[]): readonly string[] {
  const places = new Map<string, number>();
  for (const { scope, region, status } of cells) {
    if (status === 'complete') continue;
    const place = `${scope.replace(/^gcp:/u, '')} ${region} ${status}`;
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  return [...places].map(([place, count]) => `${place} × ${count}`).sort();
}
