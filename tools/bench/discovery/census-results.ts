import { median, type BenchResult } from '../result.ts';
import type { GrownCompany, Measured } from './grown-company.ts';
import type { Census, RelaySettings } from './relay-protocol.ts';

const witnesses = {
  config: 'an aggregator of AWS Config',
  'config-and-explorer': 'an aggregator of AWS Config and an index of Resource Explorer',
} as const satisfies Record<Census['by'], string>;

export interface CensusOptions {
  /** How often each is measured. */
  readonly times: number;
  /** The same without a census. */
  readonly without: readonly Measured[];
  readonly settings: Pick<RelaySettings, 'latencyMilliseconds' | 'limited'>;
}

/** Mapping where somebody knows what is empty: how much of the asking is for nothing, and what that saves. */
export async function benchCensus(
  { measure, cells }: GrownCompany,
  { times, without, settings }: CensusOptions,
): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const by of ['config', 'config-and-explorer'] as const) {
    const measured: Measured[] = [];
    for (let time = 0; time < times; time += 1) {
      measured.push(await measure('groundplan', { ...settings, census: { by, cells } }));
    }
    results.push(resultOf(by, measured, without));
  }
  return results;
}

function resultOf(by: Census['by'], measured: readonly Measured[], without: readonly Measured[]): BenchResult {
  const middle = (of: (one: Measured) => number, among = measured): number => median(among.map(of));
  const found = [...measured, ...without].map(({ resources }) => resources);
  if (new Set(found).size !== 1)
    throw new Error(`Not the same was found with a census as without: ${found.join(', ')}.`);
  const calls = (one: Measured): number => one.counts.calls;
  const empty = (one: Measured): number => one.empty ?? 0;
  const share = (one: Measured): number => (100 * empty(one)) / calls(one);
  const seconds = (one: Measured): number => one.seconds;
  return {
    name: `discovery with ${witnesses[by]}, calls that come back empty`,
    median: middle(share),
    unit: '%',
    ratio: middle(calls) / middle(calls, without),
    aim: 'under 10 %',
    method: `the same company and latency: ${middle(calls)} calls, those of the census included, ${middle(empty)} of them empty, in ${middle(seconds).toFixed(1)} s, ${middle((one) => one.spared ?? 0)} listings spared; without a census ${middle(calls, without)} calls, ${middle(empty, without)} empty (${middle(share, without).toFixed(0)} %), in ${middle(seconds, without).toFixed(1)} s; the ratio is of calls; the same ${found[0] ?? 0} resources (median of ${measured.length})`,
  };
}
