import {
  type AskedIn,
  type AwsCensus,
  cellName,
  type CensusOptions,
  type CensusPlace,
  eachOf,
  isAnswer,
  noCensus,
} from './asking.ts';
import { homeRegion } from '../partitions.ts';
import { aggregatorsIn, type Holding, holdingsOf, type Recorder, recordersIn, sourcesOf } from './config-client.ts';
import { censusTypeOf, establishedRegions } from './config-types.ts';
import { recordsNow } from './recording.ts';

/** Two calls say what is recorded in a place: that is worth it for more cells than this. */
const fewCells = 2;

/** Asks an aggregator of AWS Config, where one is found. */
export async function takeConfigCensus(places: readonly CensusPlace[], options: CensusOptions): Promise<AwsCensus> {
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

interface FoundAggregator extends AskedIn {
  readonly name: string;
  readonly arn: string;
}

/** Looks in all regions of the accounts one signed in to, and then in the home region of the others. */
async function findAggregator(places: readonly CensusPlace[], options: CensusOptions): Promise<FoundAggregator | null> {
  const own = new Map<string, AskedIn>();
  const others = new Map<string, AskedIn>();
  for (const { account, region } of places) {
    const { accountId, partition, role, session } = account;
    const home = homeRegion(partition);
    const regions = role === null && region !== 'global' ? [home, region] : [home];
    for (const one of regions) {
      const asked = { session, region: one, signal: options.signal };
      (role === null ? own : others).set(`${accountId} ${one}`, asked);
    }
  }
  const ofOwn = await aggregatorsOf([...own.values()], options);
  const whole = ofOwn.find(({ organization }) => organization);
  if (whole !== undefined) return whole;
  const all = [...ofOwn, ...(await aggregatorsOf([...others.values()], options))];
  return all.find(({ organization }) => organization) ?? all[0] ?? null;
}

async function aggregatorsOf(
  places: readonly AskedIn[],
  { signal, logger }: CensusOptions,
): Promise<readonly (FoundAggregator & { readonly organization: boolean })[]> {
  const found = await eachOf(places, async (place) => {
    try {
      return (await aggregatorsIn(place)).map((aggregator) => ({ place, aggregator }));
    } catch (error) {
      if (!isAnswer(error, signal)) throw error;
      logger.info('discovery.aws.census-not-found', { region: place.region, why: error.message });
      return [];
    }
  });
  return found.flat().flatMap(({ place, aggregator }) => {
    const { ConfigurationAggregatorName: name, ConfigurationAggregatorArn: arn = name } = aggregator;
    const organization = aggregator.OrganizationAggregationSource !== undefined;
    return name === undefined || arn === undefined ? [] : [{ ...place, name, arn, organization }];
  });
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
    const { accountId, partition } = place.account;
    // What has no region is recorded in the home region, and told there or as of no region.
    const region = place.region === 'global' ? homeRegion(partition) : place.region;
    const there = held.inPlace.get(`${accountId} ${region}`);
    // A source that has delivered nothing at all is told from an empty one by nothing.
    if (there === undefined || !current.has(`${accountId} ${region}`)) return [];
    const own =
      place.region === region ? there : new Set([...there, ...(held.inPlace.get(`${accountId} global`) ?? [])]);
    const empty = place.kinds.filter((kind) => isEmpty(kind, region, { own, ...held }));
    if (empty.length <= fewCells) return [];
    const recorders = await recordersOrNone({ account: place.account, region }, options);
    const recorded = empty.filter((kind) => isRecorded(kind, recorders, options.now()));
    return recorded.map((kind) => cellName(accountId, place.region, kind));
  });
  const cells = new Set(vouched.flat());
  return {
    vouchesFor: (accountId, region, kind) => (cells.has(cellName(accountId, region, kind)) ? aggregator.arn : null),
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
  { account: { accountId, session }, region }: Pick<CensusPlace, 'account' | 'region'>,
  { signal, logger }: CensusOptions,
): Promise<readonly Recorder[]> {
  try {
    return await session.once(`config.recorders ${region}`, () => recordersIn({ session, region, signal }));
  } catch (error) {
    if (!isAnswer(error, signal)) throw error;
    logger.info('discovery.aws.recorders-not-read', { account: accountId, region, why: error.message });
    return [];
  }
}
