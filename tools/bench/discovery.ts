import { benchCensus } from './discovery/census-results.ts';
import { type Measure, type Measured, withGrownCompany } from './discovery/grown-company.ts';
import type { RelaySettings, Way } from './discovery/relay-protocol.ts';
import { median, type BenchResult } from './result.ts';

const rounds = 2;
/** What a call to AWS takes from a laptop on the same continent. */
const latencyMilliseconds = 30;
const grown = { accounts: 10, regions: 4 };

/** Mapping the company grown to ten accounts in four regions, against the plain ways to make the same calls. */
export function benchDiscovery(): Promise<BenchResult[]> {
  return withGrownCompany(grown, async (company) => {
    const { measure } = company;
    const settings = { latencyMilliseconds, limited: false };
    const free = await roundsOf(measure, ['groundplan', 'unlimited'], settings);
    const limited = await roundsOf(measure, ['groundplan', 'unlimited', 'patient'], { ...settings, limited: true });
    const [loop] = await roundsOf(measure, ['loop'], { ...settings, times: 1 });
    const census = await benchCensus(company, { times: rounds, without: free[0] ?? [], settings });
    return [...resultsOf({ free, limited, loop: loop ?? [] }), ...census];
  });
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
