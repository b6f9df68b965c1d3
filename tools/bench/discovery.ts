import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { seedCompany } from '../../test/support/company/index.ts';
import { startMoto } from '../../test/support/toolchain/index.ts';
import {
  type Mirror,
  type RelayCounts,
  type RelayPlan,
  relayPath,
  type RelaySettings,
  type Way,
  type WayPlan,
  type WayResult,
} from './discovery/relay-protocol.ts';
import { median, type BenchResult } from './result.ts';

const programs = path.join(import.meta.dirname, 'discovery');
const run = promisify(execFile);
const rounds = 2;
/** What a call to AWS takes from a laptop on the same continent. */
const latencyMilliseconds = 30;
const regions: readonly Mirror[] = [
  { name: 'us-east-1', of: 'us-east-1' },
  { name: 'eu-west-1', of: 'eu-west-1' },
  { name: 'us-west-2', of: 'us-east-1' },
  { name: 'eu-central-1', of: 'eu-west-1' },
];

/** Four of production, three of staging, three of the shared services. */
function grownAccounts(company: Awaited<ReturnType<typeof seedCompany>>): readonly Mirror[] {
  const { production, staging, sharedServices } = company.accounts;
  const sources = [production, staging, sharedServices];
  return Array.from({ length: 10 }, (_, index) => {
    const of = sources[index % sources.length]?.id ?? production.id;
    return { name: index < sources.length ? of : String(700_000_000_000 + index), of };
  });
}

interface Measured extends WayResult {
  readonly counts: RelayCounts;
}

/** Mapping the company grown to ten accounts in four regions, against the plain ways to make the same calls. */
export async function benchDiscovery(): Promise<BenchResult[]> {
  const moto = await startMoto();
  const company = await seedCompany({ endpoint: moto.endpoint });
  const accounts = grownAccounts(company);
  const plan: RelayPlan = { upstream: moto.endpoint, role: company.role, accounts, regions };
  const relay = fork(path.join(programs, 'relay.ts'), [JSON.stringify(plan)]);
  try {
    const [{ port }] = (await once(relay, 'message')) as [{ port: number }];
    const endpoint = `http://127.0.0.1:${port}`;
    const places: WayPlan = {
      endpoint,
      role: company.role,
      accounts: accounts.map(({ name }) => name),
      regions: regions.map(({ name }) => name),
    };
    const measure = measuring(endpoint, places);
    // The first pass fills the relay with moto's answers; nothing of it is measured.
    await measure('groundplan', { latencyMilliseconds: 0, limited: false });
    const free = await roundsOf(measure, ['groundplan', 'unlimited'], { latencyMilliseconds, limited: false });
    const limited = await roundsOf(measure, ['groundplan', 'unlimited', 'patient'], {
      latencyMilliseconds,
      limited: true,
    });
    const [loop] = await roundsOf(measure, ['loop'], { latencyMilliseconds, limited: false, times: 1 });
    return resultsOf({ free, limited, loop: loop ?? [] });
  } finally {
    relay.kill();
    await moto.stop();
  }
}

type Measure = (way: Way, settings: RelaySettings) => Promise<Measured>;

function measuring(endpoint: string, places: WayPlan): Measure {
  return async (way, settings) => {
    await fetch(`${endpoint}${relayPath}`, { method: 'POST', body: JSON.stringify(settings) });
    const { stdout } = await run(process.execPath, [path.join(programs, 'way.ts'), way, JSON.stringify(places)], {
      maxBuffer: 2 ** 24,
    });
    const counts = (await (await fetch(`${endpoint}${relayPath}`)).json()) as RelayCounts;
    const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as WayResult;
    process.stdout.write(`  ${way} ${JSON.stringify(settings)}: ${JSON.stringify({ ...result, ...counts })}\n`);
    return { ...result, counts };
  };
}

/** The ways in turns, so that a busy moment of the machine meets all of them. */
async function roundsOf(
  measure: Measure,
  ways: readonly Way[],
  { times = rounds, ...settings }: RelaySettings & { readonly times?: number },
): Promise<readonly (readonly Measured[])[]> {
  const measured = ways.map((): Measured[] => []);
  for (let round = 0; round < times; round += 1) {
    for (const [index, way] of ways.entries()) measured[index]?.push(await measure(way, settings));
  }
  return measured;
}

interface AllMeasured {
  readonly free: readonly (readonly Measured[])[];
  readonly limited: readonly (readonly Measured[])[];
  readonly loop: readonly Measured[];
}

function resultsOf({ free, limited, loop }: AllMeasured): BenchResult[] {
  const [ours = [], unlimited = []] = free;
  const [oursLimited = [], unlimitedLimited = [], patient = []] = limited;
  const seconds = (measured: readonly Measured[]): number => median(measured.map((one) => one.seconds));
  const middle = (measured: readonly Measured[], of: (one: Measured) => number): number =>
    Math.round(median(measured.map(of)));
  const memory = (measured: readonly Measured[]): string =>
    `${middle(measured, ({ peakBytes }) => peakBytes / 2 ** 20)} MiB`;
  const calls = middle(ours, ({ counts }) => counts.calls);
  const empty = middle(ours, (one) => one.empty ?? 0);
  const told = (measured: readonly Measured[]): string =>
    `${seconds(measured).toFixed(1)} s, ${middle(measured, ({ counts }) => counts.throttled)} throttled, ${middle(measured, ({ failed }) => failed)} listings given up, peak ${memory(measured)}`;
  const method = `the sample company grown to 10 accounts × 4 regions: ${calls} calls, ${empty} of them empty (${Math.round((100 * empty) / calls)} %, no census), ${middle(ours, ({ resources }) => resources)} resources; moto's own answers, kept and sent again by a relay ${latencyMilliseconds} ms later`;
  const limits =
    'the limits that AWS publishes for each account × region × service (EC2: action), 11 a second and 22 at once where it publishes none';
  return [
    {
      name: 'discovery, against a plain loop over the same SDK calls',
      median: seconds(ours),
      unit: 's',
      ratio: seconds(ours) / seconds(loop),
      aim: 'at most 0.2 (5 × faster)',
      method: `${method}; ours peak ${memory(ours)} (median of ${rounds}), the loop once: ${seconds(loop).toFixed(1)} s, peak ${memory(loop)}`,
    },
    {
      name: 'discovery, against the same SDK calls all at once, no rate limit',
      median: seconds(ours),
      unit: 's',
      ratio: seconds(ours) / seconds(unlimited),
      method: `all at once: ${told(unlimited)}, up to ${middle(unlimited, ({ counts }) => counts.mostInFlight)} calls in flight, ours up to ${middle(ours, ({ counts }) => counts.mostInFlight)}; ${rounds} rounds in turns`,
    },
    {
      name: 'discovery, against the same SDK calls all at once, under a rate limit',
      median: seconds(oursLimited),
      unit: 's',
      ratio: seconds(oursLimited) / seconds(unlimitedLimited),
      aim: 'at most 1, with fewer throttles',
      method: `${limits}; ours: ${told(oursLimited)}; all at once, each call tried three times as the SDK does by itself: ${told(unlimitedLimited)}; ${rounds} rounds in turns`,
    },
    {
      name: 'discovery, against the same SDK calls all at once until each is answered, under a rate limit',
      median: seconds(oursLimited),
      unit: 's',
      ratio: seconds(oursLimited) / seconds(patient),
      aim: 'at most 1, with fewer throttles',
      method: `as before, so that the other is complete as well; all at once, each call tried by the SDK until it is answered: ${told(patient)}`,
    },
  ];
}
