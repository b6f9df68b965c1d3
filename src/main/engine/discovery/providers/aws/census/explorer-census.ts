import { isDeepStrictEqual } from 'node:util';
import type { AwsAccount } from '../access/accounts.ts';
import { homeRegion } from '../partitions.ts';
import {
  type AskedIn,
  type AwsCensus,
  cellName,
  type CensusOptions,
  type CensusPlace,
  eachOf,
  isAnswer,
} from './asking.ts';
import { defaultViewIn, indexesOf, indexIn, resourcesOf, supportedTypes } from './explorer-client.ts';
import { explorerTypesOf } from './explorer-types.ts';

/** A new index takes up to 36 hours to hold everything. */
const settledMilliseconds = 48 * 3600 * 1000;
/** Asking an account takes so many calls and one more for each of its regions: worth it for more cells than that. */
const callsPerAccount = 5;
/** A type that fills pages is no candidate for being empty: after so many questions the rest is listed. */
const mostQuestions = 4;

/** The cells of one account that Resource Explorer may know to be empty. */
interface AccountPlaces {
  readonly account: AwsAccount;
  readonly kinds: ReadonlyMap<string, readonly string[]>;
}

/**
 * Asks the Resource Explorer of each account, where it has an index of every region it answers for: settled, seen
 * through a view that hides nothing. What it does not have, or will not tell, is listed.
 */
export async function takeExplorerCensus(places: readonly CensusPlace[], options: CensusOptions): Promise<AwsCensus> {
  // The same for all accounts, and asked with the first that has an index.
  const supported = new Map<string, Promise<ReadonlySet<string>>>();
  const supportedIn = (home: AskedIn): Promise<ReadonlySet<string>> => {
    const types = supported.get(home.region) ?? supportedTypes(home);
    supported.set(home.region, types);
    return types;
  };
  const vouched = await eachOf(byAccount(places), async (one): Promise<readonly (readonly [string, string])[]> => {
    try {
      const indexed = await settledRegions(one, options);
      if (indexed === null) return [];
      const types = await supportedIn(homeOf(one.account, options));
      const cells = await emptyCells(one, { ...indexed, supported: types }, options);
      return cells.map((cell) => [cell, indexed.arn]);
    } catch (error) {
      if (!isAnswer(error, options.signal)) throw error;
      options.logger.info('discovery.aws.explorer-not-read', { account: one.account.accountId, why: error.message });
      return [];
    }
  });
  const byCell = new Map(vouched.flat());
  return { vouchesFor: (accountId, region, kind) => byCell.get(cellName(accountId, region, kind)) ?? null };
}

function byAccount(places: readonly CensusPlace[]): readonly AccountPlaces[] {
  const accounts = new Map<string, { account: AwsAccount; kinds: Map<string, readonly string[]> }>();
  for (const { account, region, kinds } of places) {
    const known = kinds.filter((kind) => explorerTypesOf(kind).length > 0);
    const one = accounts.get(account.accountId) ?? { account, kinds: new Map<string, readonly string[]>() };
    accounts.set(account.accountId, one);
    if (known.length > 0) one.kinds.set(region, known);
  }
  return [...accounts.values()].filter(({ kinds }) => {
    const cells = [...kinds.values()].flat().length;
    return cells > callsPerAccount + kinds.size;
  });
}

function homeOf({ session, partition }: AwsAccount, { signal }: CensusOptions): AskedIn {
  return { session, region: homeRegion(partition), signal };
}

/** Where an account's searches are made, and for which regions they can vouch. */
interface Indexed {
  readonly arn: string;
  readonly region: string;
  readonly viewArn: string;
  readonly regions: ReadonlySet<string>;
}

async function settledRegions({ account, kinds }: AccountPlaces, options: CensusOptions): Promise<Indexed | null> {
  const { session, accountId, partition } = account;
  const indexes = await indexesOf(homeOf(account, options));
  const aggregator = indexes.find(({ Type }) => Type === 'AGGREGATOR');
  if (aggregator?.Region === undefined || aggregator.Arn === undefined) return null;
  const place = (region: string): AskedIn => ({ session, region, signal: options.signal });
  const whole = await indexIn(place(aggregator.Region));
  const isSettled = ({ State, CreatedAt }: typeof whole): boolean =>
    State === 'ACTIVE' && CreatedAt !== undefined && options.now() - CreatedAt.getTime() >= settledMilliseconds;
  if (!isSettled(whole)) return null;
  const view = await defaultViewIn(place(aggregator.Region));
  const everything = [`arn:${partition}:iam::${accountId}:root`, ''];
  if (view?.ViewArn === undefined) return null;
  if (!isDeepStrictEqual([view.Scope, view.Filters?.FilterString ?? ''], everything)) return null;
  const regions = new Set<string>();
  for (const region of kinds.keys()) {
    const replicated = region === aggregator.Region || whole.ReplicatingFrom?.includes(region) === true;
    if (!replicated || !indexes.some((index) => index.Region === region)) continue;
    if (region === aggregator.Region || isSettled(await indexIn(place(region)))) regions.add(region);
  }
  return { arn: aggregator.Arn, region: aggregator.Region, viewArn: view.ViewArn, regions };
}

async function emptyCells(
  { account, kinds }: AccountPlaces,
  indexed: Indexed & { readonly supported: ReadonlySet<string> },
  options: CensusOptions,
): Promise<readonly string[]> {
  const { session, accountId } = account;
  const cells = [...kinds].flatMap(([region, those]) =>
    indexed.regions.has(region) ? those.map((kind) => ({ region, kind, types: explorerTypesOf(kind) })) : [],
  );
  const candidates = cells.filter(({ types }) => types.every((type) => indexed.supported.has(type)));
  const asked = new Set(candidates.flatMap(({ types }) => types));
  const held = new Set<string>();
  for (let question = 1; asked.size > 0; question += 1) {
    if (question > mostQuestions) return [];
    const place = { session, region: indexed.region, signal: options.signal, viewArn: indexed.viewArn };
    const { resources, whole } = await resourcesOf([...asked].sort(), place);
    for (const { ResourceType: type = '', Region: region = '' } of resources) {
      held.add(`${region} ${type}`);
      // Where else it is stands on pages that are not read.
      if (!whole && asked.delete(type)) held.add(type);
    }
    if (whole) break;
    // A page without an answer to the question: nothing can be concluded.
    if (resources.length === 0) return [];
  }
  return candidates
    .filter(({ region, types }) => !types.some((type) => held.has(type) || held.has(`${region} ${type}`)))
    .map(({ region, kind }) => cellName(accountId, region, kind));
}
