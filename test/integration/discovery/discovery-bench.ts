import { createDiscoveryService, type ClosableDiscoveryService, type DiscoveryDeps } from '#engine/discovery/index.ts';
import { type CallLimits, createAwsProvider } from '#engine/discovery/providers/aws/index.ts';
import { defaultLimits } from '#engine/discovery/scheduler.ts';
import type { Call, Logger, Workspace } from '#engine/ports/index.ts';
import {
  type AwsRequest,
  type CoverageCell,
  type DiscoverRequest,
  discoverRequestSchema,
  type Run,
} from '#shared/model/index.ts';
import { createMemoryFactStore, type MemoryFactStore } from '#test/support/facts/memory-fact-store.ts';

const quiet: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A call from the command line that nobody cancels. */
export function callFrom(signal: AbortSignal = new AbortController().signal): Call {
  return { signal, actor: { kind: 'command-line', name: 'test' } };
}

type RunStore = DiscoveryDeps['facts'];

export interface Bench<Facts extends RunStore> {
  readonly service: ClosableDiscoveryService;
  readonly facts: Facts;
  /** How often the graph was built. */
  readonly rebuilds: () => number;
}

export interface BenchOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly homeFolder?: string;
  readonly resourcesFolder?: string;
  /** How long to wait for one call and how often to repeat it. */
  readonly callLimits?: CallLimits;
  /** The clock by which credentials end. */
  readonly now?: () => number;
  /** Tasks under way at a time. */
  readonly concurrency?: number;
  /** After so many milliseconds a cell is given up. */
  readonly cellMilliseconds?: number;
}

export const testKeys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' } as const;

/** The discovery service on its own: real provider, given facts, a graph that only counts. */
export function benchOn<Facts extends RunStore>(facts: Facts, options: BenchOptions = {}): Bench<Facts> {
  let rebuilds = 0;
  const workspace: Pick<Workspace, 'assertWritable' | 'connections'> = {
    assertWritable: () => undefined,
    connections: () => [],
  };
  const service = createDiscoveryService({
    workspace: workspace as Workspace,
    facts,
    graph: {
      rebuild() {
        rebuilds += 1;
        return Promise.resolve();
      },
    },
    events: { changed: () => undefined },
    clock: { now: () => Date.now() },
    logger: quiet,
    resourcesFolder: options.resourcesFolder ?? '/nonexistent',
    environment: options.environment ?? testKeys,
    homeFolder: options.homeFolder ?? '/nonexistent',
    limits: {
      ...defaultLimits,
      // Moto's threads share what they know without locks: with more at once it fails now and then.
      concurrency: options.concurrency ?? 16,
      cellMilliseconds: options.cellMilliseconds ?? defaultLimits.cellMilliseconds,
    },
    ...(options.callLimits === undefined && options.now === undefined
      ? {}
      : {
          providers: {
            aws: createAwsProvider({
              environment: options.environment ?? testKeys,
              homeFolder: options.homeFolder ?? '/nonexistent',
              now: options.now ?? (() => Date.now()),
              logger: quiet,
              ...(options.callLimits === undefined ? {} : { limits: options.callLimits }),
            }),
          },
        }),
  });
  return { service, facts, rebuilds: () => rebuilds };
}

export function memoryBench(options: BenchOptions = {}): Bench<MemoryFactStore> {
  return benchOn(createMemoryFactStore(), options);
}

type AwsPlaces = Omit<AwsRequest, 'cloud'>;

/** The order to look at one cloud. */
export function awsRequest(places: AwsPlaces, kinds: readonly string[] = []): DiscoverRequest {
  return discoverRequestSchema.parse({ clouds: [{ cloud: 'aws', ...places }], kinds });
}

/** Starts a run over all kinds, or only some, and waits until it is done. */
export async function discover(
  { service, facts }: Bench<RunStore>,
  places: AwsPlaces,
  kinds: readonly string[] = [],
): Promise<Run> {
  const { run } = await service.start(awsRequest(places, kinds), callFrom());
  await untilDone(service, run);
  const done = (await facts.runs()).find(({ id }) => id === run);
  if (done === undefined) throw new Error(`Run ${run} is not there.`);
  return done;
}

/** Follows a run to its end. */
export async function untilDone(service: ClosableDiscoveryService, run: number): Promise<void> {
  for await (const { phase } of await service.progress({ run }, callFrom())) if (phase === 'done') return;
}

/** The cells that are not complete, short enough to compare. */
export function gaps(cells: readonly CoverageCell[]): readonly string[] {
  return cells
    .filter(({ status }) => status !== 'complete')
    .map(({ scope, region, kind, status, permission }) =>
      [scope.replace('aws:account:', ''), region, kind, status, ...(permission === null ? [] : [permission])].join(' '),
    )
    .sort();
}
