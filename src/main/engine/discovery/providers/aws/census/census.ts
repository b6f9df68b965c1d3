import PQueue from 'p-queue';
import type { Logger } from '#engine/ports/index.ts';
import type { AwsAccount } from '../access/accounts.ts';
import { AwsCallError, InvalidAnswerError } from '../calls/aws-error.ts';
import { homeRegion } from '../partitions.ts';
import {
  aggregatorsIn,
  type ConfigPlace,
  type Holding,
  holdingsOf,
  type Recorder,
  recordersIn,
  sourcesOf,
} from './client.ts';
import { censusTypeOf, establishedRegions } from './config-types.ts';
import { recordsNow } from './recording.ts';

/** Places asked at a time. */
const concurrency = 8;
/** Two calls say what is recorded in a place: that is worth it for more cells than this. */
const fewCells = 2;

/** What AWS Config knows about cells that are empty. */
export interface AwsCensus {
  /** Who vouches that there is nothing of the kind, in words; null when it has to be listed. */
  vouchesFor(accountId: string, region: string, kind: string): string | null;
}

/** Cells that may be empty: an account's region with kinds of which no earlier run saw anything. */
export interface CensusPlace {
  readonly account: AwsAccount;
  readonly region: string;
  readonly kinds: readonly string[];
}

export interface CensusOptions {
  readonly now: () => number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

const noCensus: AwsCensus = { vouchesFor: () => null };

/**
 * Takes a census where an aggregator of AWS Config is found. It can only spare calls: whatever of it is missing,
 * denied, late or not recorded leaves cells to be listed. Rejects only when the run is cancelled.
 */
export async function takeCensus(places: readonly CensusPlace[], options: CensusOptions): Promise<AwsCensus> {
  const coverable = places
    .map(({ kinds, ...place }) => ({ ...place, kinds: kinds.filter((kind) => censusTypeOf.has(kind)) }))
    .filter(({ kinds }) => kinds.length > fewCells);
  if (coverable.length === 0) return noCensus;
  try {
    const found = await findAggregator(coverable, options);
    return found === null ? noCensus : await readCensus(coverable, found, options);
  } catch (error) {
    if (!isAnswer(error, options.signal)) throw error;
    options.logger.info('discovery.aws.census-not-taken', { why: error.message });
    return noCensus;
  }
}

interface FoundAggregator extends ConfigPlace {
  readonly name: string;
  readonly arn: string;
}

/** Looks in the home region of every account, and in all regions of those one signed in to. */
async function findAggregator(places: readonly CensusPlace[], options: CensusOptions): Promise<FoundAggregator | null> {
  const { signal, logger } = options;
  const asked = new Map<string, ConfigPlace>();
  for (const { account, region } of places) {
    const regions = account.role === null ? [homeRegion(account.partition), region] : [homeRegion(account.partition)];
    for (const one of regions) {
      asked.set(`${account.accountId} ${one}`, { session: account.session, region: one, signal });
    }
  }
  const found = await eachOf([...asked.values()], async (place) => {
    try {
      return { place, aggregators: await aggregatorsIn(place) };
    } catch (error) {
      if (!isAnswer(error, signal)) throw error;
      logger.info('discovery.aws.census-not-found', { region: place.region, why: error.message });
      return { place, aggregators: [] };
    }
  });
  const all = found.flatMap(({ place, aggregators }) =>
    aggregators.map((aggregator) => ({ place, aggregator, whole: aggregator.OrganizationAggregationSource })),
  );
  const best = all.find(({ whole }) => whole !== undefined) ?? all[0];
  const { ConfigurationAggregatorName: name, ConfigurationAggregatorArn: arn } = best?.aggregator ?? {};
  return best === undefined || name === undefined ? null : { ...best.place, name, arn: arn ?? name };
}

async function readCensus(
  places: readonly CensusPlace[],
  aggregator: FoundAggregator,
  options: CensusOptions,
): Promise<AwsCensus> {
  const [sources, holdings] = await Promise.all([
    sourcesOf(aggregator.name, aggregator),
    holdingsOf(aggregator.name, aggregator),
  ]);
  const current = new Set(
    sources.flatMap(({ SourceId, SourceType, AwsRegion, LastUpdateStatus }) =>
      SourceType === 'ACCOUNT' && LastUpdateStatus === 'SUCCEEDED' ? [`${SourceId} ${AwsRegion}`] : [],
    ),
  );
  const held = heldTypes(holdings);
  const vouched = await eachOf(places, async (place): Promise<readonly string[]> => {
    const where = `${place.account.accountId} ${place.region}`;
    const own = held.inPlace.get(where);
    // A source that has delivered nothing at all is told from an empty one by nothing.
    if (own === undefined || !current.has(where)) return [];
    const empty = place.kinds.filter((kind) => isEmpty(kind, place.region, { own, ...held }));
    if (empty.length <= fewCells) return [];
    const recorders = await recordersOrNone(place, options);
    return empty.filter((kind) => isRecorded(kind, recorders, options.now())).map((kind) => `${where} ${kind}`);
  });
  const cells = new Set(vouched.flat());
  return {
    vouchesFor: (accountId, region, kind) => (cells.has(`${accountId} ${region} ${kind}`) ? aggregator.arn : null),
  };
}

interface HeldTypes {
  /** Types by account × region. */
  readonly inPlace: ReadonlyMap<string, ReadonlySet<string>>;
  /** Region × type pairs seen in any account. */
  readonly inRegion: ReadonlySet<string>;
}

function heldTypes(holdings: readonly Holding[]): HeldTypes {
  const inPlace = new Map<string, Set<string>>();
  for (const { accountId, awsRegion, resourceType } of holdings) {
    const place = `${accountId} ${awsRegion}`;
    const types = inPlace.get(place) ?? new Set<string>();
    inPlace.set(place, types.add(resourceType));
  }
  return { inPlace, inRegion: new Set(holdings.map(({ awsRegion, resourceType }) => `${awsRegion} ${resourceType}`)) };
}

/** Config holds nothing of the kind there, and would if there were something. */
function isEmpty(
  kind: string,
  region: string,
  { own, inRegion }: Pick<HeldTypes, 'inRegion'> & { readonly own: ReadonlySet<string> },
): boolean {
  const known = censusTypeOf.get(kind);
  if (known === undefined) return false;
  return known.types.every(
    (type) =>
      !own.has(type) && ((known.everywhere && establishedRegions.has(region)) || inRegion.has(`${region} ${type}`)),
  );
}

function isRecorded(kind: string, recorders: readonly Recorder[], now: number): boolean {
  const types = censusTypeOf.get(kind)?.types ?? [];
  return types.every((type) => recorders.some((recorder) => recordsNow(recorder, type, now)));
}

/** What is not told is not vouched for. */
async function recordersOrNone(
  { account, region }: CensusPlace,
  { signal, logger }: CensusOptions,
): Promise<readonly Recorder[]> {
  try {
    return await recordersIn({ session: account.session, region, signal });
  } catch (error) {
    if (!isAnswer(error, signal)) throw error;
    logger.info('discovery.aws.recorders-not-read', { account: account.accountId, region, why: error.message });
    return [];
  }
}

/** AWS, or whatever stands there, answered that it will not tell; anything else is a mistake of ours or a cancel. */
function isAnswer(error: unknown, signal: AbortSignal): error is Error {
  return !signal.aborted && (error instanceof AwsCallError || error instanceof InvalidAnswerError);
}

function eachOf<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const queue = new PQueue({ concurrency });
  return queue.addAll(items.map((item) => () => ask(item)));
}
