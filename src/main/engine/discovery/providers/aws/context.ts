import type { CellFailure } from '../../step.ts';
import type { AwsClientSettings, AwsSession } from './calls/account-session.ts';
import type { AwsCaller } from './calls/aws-caller.ts';
import { homeRegion } from './partitions.ts';
import type { AwsPlace } from './place.ts';

/** What a step's handler gets: the place, the clients and calls of its account, and the ledger's words for failures. */
export interface AwsContext {
  readonly place: AwsPlace;
  readonly session: AwsSession;
  readonly caller: AwsCaller;
  readonly classify: (thrown: unknown) => CellFailure;
}

/** One page of a client's listing; `gap` when a detail of some item could not be read. */
export interface ItemPage<Item> {
  readonly items: readonly Item[];
  readonly gap?: CellFailure;
}

/** The client of a service where the step lists; global services are asked in the partition's first region. */
export function clientOf<Client>(context: AwsContext, service: new (settings: AwsClientSettings) => Client): Client {
  const { region, partition } = context.place;
  return context.session.client(service, region === 'global' ? homeRegion(partition) : region);
}
