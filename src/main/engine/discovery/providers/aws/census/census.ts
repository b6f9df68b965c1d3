import { type AwsCensus, type CensusOptions, type CensusPlace, noCensus } from './asking.ts';
import { takeConfigCensus } from './config-census.ts';
import { takeExplorerCensus } from './explorer-census.ts';

/**
 * Finds out which cells are empty without listing them: from an aggregator of AWS Config, and for what it does not
 * vouch for from Resource Explorer. It can only spare calls: whatever of it is missing, denied, late or not recorded
 * leaves cells to be listed. Rejects only when the run is cancelled.
 */
export async function takeCensus(places: readonly CensusPlace[], options: CensusOptions): Promise<AwsCensus> {
  if (places.every(({ kinds }) => kinds.length === 0)) return noCensus;
  const config = await takeConfigCensus(places, options);
  const left = places.map(({ account, region, kinds }) => ({
    account,
    region,
    kinds: kinds.filter((kind) => config.vouchesFor(account.accountId, region, kind) === null),
  }));
  const explorer = await takeExplorerCensus(left, options);
  return { vouchesFor: (...cell) => config.vouchesFor(...cell) ?? explorer.vouchesFor(...cell) };
}
