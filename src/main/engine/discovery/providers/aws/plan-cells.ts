import PQueue from 'p-queue';
import type { CellTask } from '../../cell-task.ts';
import type { PlanOptions as ProviderPlanOptions } from '../../cloud-provider.ts';
import { failedTask } from '../../failed-task.ts';
import type { CellFailure } from '../../step.ts';
import type { AwsAccount } from './access/accounts.ts';
import type { AwsStep } from './aws-step.ts';
import { rateOf } from './calls/call-rates.ts';
import { classifyAwsError } from './calls/errors.ts';
import type { AwsCensus, CensusPlace } from './census/asking.ts';
import { regionFailure, unvisitedRegions } from './region-failures.ts';
import { homeRegion } from './partitions.ts';
import { type AccountRegions, regionsOf } from './access/regions.ts';
import { awsSteps } from './steps.ts';
import { callerIdentity } from './sts/client.ts';

/** Accounts opened at a time: each costs two or three calls. */
const accountConcurrency = 8;
/** Rows after which a cell is closed as truncated, unless its step says otherwise. */
const maximumRows = 100_000;

export interface PlanOptions {
  /** Empty for every enabled region. */
  readonly regions: readonly string[];
  /** Empty for every kind. */
  readonly kinds: readonly string[];
  readonly endpoint: string;
  readonly mayHold: ProviderPlanOptions['mayHold'];
  readonly census: (places: readonly CensusPlace[]) => Promise<AwsCensus>;
  readonly spared: (listings: number) => void;
  readonly signal: AbortSignal;
}

/** What an account's regions turned out to be. */
interface OpenedAccount {
  readonly account: AwsAccount;
  /** Null when they could not be found out. */
  readonly known: AccountRegions | null;
  /** Nothing in the account can be tried. */
  readonly failure: CellFailure | null;
  /** Only the listing of regions failed. */
  readonly regionsFailure: CellFailure | null;
}

/** Opens every account, finds its regions, and lays out one task per step and place. */
export async function planCells(accounts: readonly AwsAccount[], options: PlanOptions): Promise<readonly CellTask[]> {
  const queue = new PQueue({ concurrency: accountConcurrency });
  const opened = await queue.addAll(accounts.map((account) => () => openAccount(account, options)));
  const seen = [...new Set(opened.flatMap(({ known }) => known?.enabled ?? []))].sort();
  const laidOut = opened.map((account) => layOut(account, { ...options, seen }));
  const census = await options.census(laidOut.flatMap((account) => placesOfCensus(account, options)));
  return laidOut.flatMap((account) => tasksOf(account, { ...options, census }));
}

/** An account's region that is to be looked at. */
interface RegionPlan {
  readonly account: AwsAccount;
  readonly region: string;
  readonly steps: readonly AwsStep[];
  readonly failure: CellFailure | null;
}

/** What a census may spare: kinds of which no earlier run saw anything there. */
function placesOfCensus({ opened, regional, global }: LaidOut, { mayHold }: PlanOptions): readonly CensusPlace[] {
  const { account, failure } = opened;
  const { id: scope } = account.scope;
  const plans = [...regional, { account, region: 'global', steps: global, failure }];
  return plans.flatMap(({ region, steps, failure: why }) => {
    const kinds = steps.flatMap(({ declaration }) => declaration.kinds);
    return why === null ? [{ account, region, kinds: kinds.filter((kind) => !mayHold({ scope, region, kind })) }] : [];
  });
}

async function openAccount(account: AwsAccount, options: PlanOptions): Promise<OpenedAccount> {
  const nothing = { account, known: null, regionsFailure: null };
  if (!account.active) {
    const message = `${account.label}: the account is suspended or closed.`;
    return { ...nothing, failure: { status: 'disabled', message, permission: null, unreachable: false } };
  }
  const region = homeRegion(account.partition);
  const place = { account: account.label, region, endpoint: options.endpoint };
  try {
    if (account.role !== null) await callerIdentity(account.session, region, options.signal);
  } catch (error) {
    return { ...nothing, failure: withRemedy(classifyAwsError(error, place), account) };
  }
  try {
    return { ...nothing, known: await regionsOf(account.session, region, options.signal), failure: null };
  } catch (error) {
    return { ...nothing, failure: null, regionsFailure: withRemedy(classifyAwsError(error, place), account) };
  }
}

/** Says who lacks the permission, and which role could not be taken: the permission alone does not tell it. */
function withRemedy(failure: CellFailure, { label, role, principal, identity }: AwsAccount): CellFailure {
  if (failure.status !== 'denied' || failure.permission === null) return failure;
  if (failure.remedy?.do === 'lift') {
    const isTakingRole = failure.permission === 'sts:AssumeRole' && role !== null;
    return { ...failure, remedy: { ...failure.remedy, to: isTakingRole ? identity : principal } };
  }
  if (failure.permission !== 'sts:AssumeRole' || role === null)
    return { ...failure, remedy: { do: 'grant', to: principal } };
  const message = `${label}: the role ${role} cannot be assumed. Check that it exists and trusts you, and whether it asks for an external id.`;
  return { ...failure, message, remedy: { do: 'grant', to: identity, on: role } };
}

interface LaidOut {
  readonly opened: OpenedAccount;
  readonly regional: readonly RegionPlan[];
  readonly global: readonly AwsStep[];
}

function layOut(opened: OpenedAccount, options: PlanOptions & { readonly seen: readonly string[] }): LaidOut {
  const { account, known } = opened;
  const steps = awsSteps.filter(({ declaration }) => isWanted(declaration.kinds, options.kinds));
  const fallback = options.seen.length > 0 ? options.seen : [homeRegion(account.partition)];
  const ofRegions = steps.filter(({ declaration }) => !declaration.global);
  // What is known of a region that was closed since is told as such, place by place.
  const closed = (known?.notOptedIn ?? []).filter((region) => mayHoldAny(ofRegions, { account, region }, options));
  const regions = options.regions.length > 0 ? options.regions : [...(known?.enabled ?? fallback), ...closed];
  return {
    opened,
    global: steps.filter(({ declaration }) => declaration.global),
    regional: regions.map((region) => {
      const failure = opened.failure ?? (known === null ? null : regionFailure(account, region, known));
      return { account, region, steps: ofRegions, failure };
    }),
  };
}

function mayHoldAny(
  steps: readonly AwsStep[],
  { account, region }: Pick<RegionPlan, 'account' | 'region'>,
  { mayHold }: PlanOptions,
): boolean {
  const { id: scope } = account.scope;
  return steps.some(({ declaration }) => declaration.kinds.some((kind) => mayHold({ scope, region, kind })));
}

function tasksOf(
  { opened, regional, global }: LaidOut,
  options: Omit<PlanOptions, 'census'> & { readonly census: AwsCensus },
): readonly CellTask[] {
  const { account, failure } = opened;
  const { census, endpoint } = options;
  const taskIn = (step: AwsStep, region: string, why: CellFailure | null): CellTask => {
    const vouchers = step.declaration.kinds.map((kind) => census.vouchesFor(account.accountId, region, kind));
    const [vouchedBy] = vouchers;
    const task = taskOf(step, account, { region, failure: why, endpoint });
    if (typeof vouchedBy !== 'string' || vouchers.includes(null)) return task;
    options.spared(1);
    return { ...task, vouchedBy };
  };
  const ofRegions = regional.flatMap(({ region, steps, failure: why }) =>
    steps.map((step) => taskIn(step, region, why)),
  );
  const ofAccount = global.map((step) => taskIn(step, 'global', failure));
  // With the regions named by the user nothing is lost when they cannot be listed.
  const unknown =
    options.regions.length > 0 ? null : (opened.regionsFailure ?? unvisitedRegions(account, opened.known, regional));
  const told = unknown === null ? [] : [failedTask(placeOf(account), 'aws.account.region', unknown)];
  return [...told, ...ofAccount, ...ofRegions];
}

function isWanted(made: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === 0 || made.some((kind) => wanted.includes(kind));
}

function placeOf({ scope }: AwsAccount): Parameters<typeof failedTask>[0] {
  return { cloud: 'aws', scope: scope.id, scopeName: scope.name, region: 'global' };
}

/** What one item takes: a step needs a permission for each call that it makes for it. */
function secondsPerItem({ declaration: { permissions } }: AwsStep): number {
  const [listing] = permissions;
  return listing === undefined ? 0 : permissions.length / rateOf(listing).rate.perSecond;
}

interface TaskPlace {
  readonly region: string;
  readonly failure: CellFailure | null;
  readonly endpoint: string;
}

function taskOf(step: AwsStep, account: AwsAccount, where: TaskPlace): CellTask {
  const { region, failure } = where;
  const classify = (thrown: unknown): CellFailure =>
    withRemedy(classifyAwsError(thrown, { account: account.label, region, endpoint: where.endpoint }), account);
  return {
    places: [{ scope: account.scope.id, scopeName: account.scope.name, region }],
    service: step.service,
    declaration: step.declaration,
    expectedSeconds: secondsPerItem(step),
    maximumRows: step.maximumRows ?? maximumRows,
    failure,
    classify,
    list: (signal) =>
      step.list({
        place: {
          partition: account.partition,
          accountId: account.accountId,
          scopeId: account.scope.id,
          region,
          accountLabel: account.label,
        },
        session: account.session,
        caller: account.session.caller(region, signal),
        classify,
      }),
  };
}
