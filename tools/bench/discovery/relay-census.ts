import { fakeConfigService } from '../../../test/support/aws/fake-config-service.ts';
import { fakeResourceExplorer } from '../../../test/support/aws/fake-resource-explorer.ts';
import { heldOf, indexedOf, indexedTypes } from '../../../test/support/aws/known-to-census.ts';
import type { StandIn } from '../../../test/support/fault-proxy/index.ts';
import type { Census, RelayPlan } from './relay-protocol.ts';

export type CensusAnswers = StandIn;

/** Config and Resource Explorer as they would answer about the grown company; both are in its first account. */
export function censusOf(census: Census | undefined, { accounts, regions }: RelayPlan): CensusAnswers {
  const [first] = accounts;
  if (census === undefined || first === undefined) return () => null;
  const config = fakeConfigService({
    held: heldOf(census.cells),
    aggregator: { accountId: first.name, region: 'us-east-1' },
  });
  if (census.by === 'config') return config;
  const explorer = fakeResourceExplorer({
    held: indexedOf(census.cells),
    regions: regions.map(({ name }) => name),
    supported: indexedTypes,
  });
  return (request) => config(request) ?? explorer(request);
}
