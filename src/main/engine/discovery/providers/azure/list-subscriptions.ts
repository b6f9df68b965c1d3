import { allRegions, type RelationshipFact, type ResourceFact, type ScopeFact } from '#shared/model/index.ts';
import { azureScopeId } from '../../canonical-id.ts';
import type { CellFailure, PlaceDone, StepPage } from '../../step.ts';
import { unknownForms } from '../../unknown-forms.ts';
import { containerTypes, parseArmId } from './arm-id.ts';
import { AzureCallError, InvalidAnswerError } from './azure-error.ts';
import { type ConvertedRow, convertAzureRow } from './convert-row.ts';
import { failureKind } from './errors.ts';
import { type FoundSubscription, notListed } from './find-scopes.ts';
import { textAt } from './json-path.ts';
import { pagesOf } from './listing.ts';
import { GatewayRoutes } from './network/gateway-routes.ts';
import type { AzureSession } from './session.ts';
import { quoted } from './steps.ts';

/** Resources kept back while their subscription is not over, so that a cell is written in few pages. */
const mostKept = 5000;
/** Refusals after which it is not found out any more which of many subscriptions is the one that is refused. */
const mostRefusals = 40;

export interface SubscriptionListing {
  readonly session: AzureSession;
  readonly query: string;
  readonly subscriptions: readonly FoundSubscription[];
  /** Regions of the ledger's cells: `*`, or the named ones and `global`. */
  readonly regions: readonly string[];
  readonly kinds: ReadonlySet<string>;
  /** Counts over all listings of a run. */
  readonly refusals: { count: number };
  /** Says why a subscription was refused. */
  readonly refused: (name: string, error: AzureCallError) => CellFailure;
  readonly signal: AbortSignal;
}

type Listed = StepPage | PlaceDone;

/**
 * Lists one table over many subscriptions. Rows come ordered by id, so a subscription is over as soon as a row of a
 * later one is there; its cells are closed then, and a failure afterwards touches only the rest. A subscription
 * without a single row is asked for once more: what may not be read any longer has no rows either.
 */
export async function* listSubscriptions(listing: SubscriptionListing): AsyncGenerator<Listed> {
  yield* listOrRefuse(listing, listing.subscriptions);
}

/** Lists some subscriptions; those that are refused are told so, one by one where that can be found out. */
async function* listOrRefuse(listing: SubscriptionListing, part: readonly FoundSubscription[]): AsyncGenerator<Listed> {
  const open = new Set(part.map(({ id }) => azureScopeId('subscription', id)));
  try {
    for await (const listed of listOnce(listing, part)) {
      if ('done' in listed) open.delete(listed.done.scope);
      yield listed;
    }
  } catch (error) {
    if (!(error instanceof AzureCallError) || failureKind(error) !== 'denied') throw error;
    listing.refusals.count += 1;
    const together = error.says('NoValidSubscriptionsInQueryRequest') || listing.refusals.count > mostRefusals;
    const middle = Math.ceil(part.length / 2);
    if (part.length > 1 && open.size === part.length && !together) {
      yield* listOrRefuse(listing, part.slice(0, middle));
      yield* listOrRefuse(listing, part.slice(middle));
      return;
    }
    for (const found of part) {
      if (!open.has(azureScopeId('subscription', found.id))) continue;
      yield* donePlaces(listing, found, listing.refused(found.name, error));
    }
  }
}

interface Kept {
  readonly resources: ResourceFact[];
  readonly relationships: RelationshipFact[];
  readonly scopes: ScopeFact[];
  /** What of the rows has another form than is known. */
  readonly unread: string[];
}

/** What came of one subscription and is not written yet, by region and kind. */
class OpenSubscription {
  readonly found: FoundSubscription;
  #cells = new Map<string, Kept>();
  readonly #routes = new GatewayRoutes();
  rows = 0;

  constructor(found: FoundSubscription) {
    this.found = found;
  }

  take(converted: ConvertedRow, region: string, kind: string): void {
    const key = `${region}\n${kind}`;
    const kept = this.#cells.get(key) ?? { resources: [], relationships: [], scopes: [], unread: [] };
    this.#cells.set(key, kept);
    kept.resources.push(...converted.resources);
    kept.relationships.push(...converted.relationships);
    kept.scopes.push(...converted.scopes);
    kept.unread.push(...converted.unread);
    this.#routes.take(converted);
    this.rows += 1;
  }

  /** What only all rows together tell, each for the cell of the resource that said it. */
  *joined(regions: readonly string[]): Generator<StepPage> {
    const scope = azureScopeId('subscription', this.found.id);
    for (const { cell, region: own, relationships } of this.#routes.join()) {
      const region = regions.find((name) => name === allRegions || name === own);
      if (region !== undefined) yield { kind: cell.kind, place: { scope, region }, resources: [], relationships };
    }
  }

  *pages(): Generator<StepPage> {
    const scope = azureScopeId('subscription', this.found.id);
    for (const [key, { unread, ...facts }] of this.#cells) {
      const [region = '', kind = ''] = key.split('\n');
      const gap = unknownForms(`${kind} in Subscription ${this.found.name}`, unread);
      yield { kind, place: { scope, region }, ...facts, ...(gap === null ? {} : { gap }) };
    }
    this.#cells = new Map();
  }
}

async function* listOnce(listing: SubscriptionListing, part: readonly FoundSubscription[]): AsyncGenerator<Listed> {
  const { session, query, signal } = listing;
  const open = new Map(part.map((found) => [found.id, new OpenSubscription(found)]));
  const problems: string[] = [];
  let last = '';
  let inOrder = true;
  let truncated = false;
  let kept = 0;

  const pages = pagesOf(session, { query, subscriptions: part.map(({ id }) => id) }, signal);
  for await (const page of pages) {
    truncated = page.truncated;
    for (const row of page.rows) {
      const id = textAt(row, 'id') ?? '';
      // Ids that differ in case sort apart; only an order that is none at all tells nothing of what is over.
      inOrder &&= id >= last || id.toLowerCase() >= last.toLowerCase();
      last = id > last ? id : last;
      const converted = convertAzureRow(row);
      const problem = keep(converted);
      if (problem === null) kept += converted.resources.length;
      else problems.push(problem);
    }
    if (inOrder && problems.length === 0) {
      for (const subscription of open.values()) {
        if (subscription.rows === 0 || last < `/subscriptions/${subscription.found.id}0`) continue;
        yield* close(subscription, null);
      }
    }
    if (kept >= mostKept) {
      for (const subscription of open.values()) yield* subscription.pages();
      kept = 0;
    }
  }

  for (const subscription of open.values()) yield* subscription.pages();
  if (problems.length > 0) {
    throw new InvalidAnswerError(`${problems.length} rows could not be understood: ${problems[0]}`);
  }
  const rest = [...open.values()];
  const silent = rest.filter(({ rows }) => rows === 0).map(({ found }) => found);
  const readable = silent.length === 0 ? new Set<string>() : await readableOf(session, silent, signal);
  for (const subscription of rest) {
    const { found, rows } = subscription;
    const denied = rows === 0 && !readable.has(found.id) ? notListed(found.name) : null;
    yield* close(subscription, denied ?? (truncated ? cutOff(found) : null));
  }

  function* close(subscription: OpenSubscription, failure: CellFailure | null): Generator<Listed> {
    yield* subscription.pages();
    yield* subscription.joined(listing.regions);
    open.delete(subscription.found.id);
    yield* donePlaces(
      listing,
      subscription.found,
      failure ?? (subscription.found.partial ? inPart(subscription.found) : null),
    );
  }

  /** Puts a row where it belongs; answers why it belongs nowhere. */
  function keep(converted: ConvertedRow): string | null {
    const [resource] = converted.resources;
    if (converted.cell === null || resource === undefined) return converted.problem ?? 'A row tells nothing.';
    const arm = parseArmId(resource.nativeId);
    const subscription = open.get(arm?.subscription ?? '');
    const region = listing.regions.find((name) => name === allRegions || name === resource.region);
    const { kind } = converted.cell;
    if (subscription === undefined || region === undefined || !listing.kinds.has(kind)) {
      return `${resource.nativeId} was not asked for.`;
    }
    subscription.take(converted, region, kind);
    return null;
  }
}

function* donePlaces(
  { regions }: SubscriptionListing,
  { id }: FoundSubscription,
  failure: CellFailure | null,
): Generator<PlaceDone> {
  for (const region of regions) yield { done: { scope: azureScopeId('subscription', id), region }, failure };
}

/** Which of the subscriptions can be read at this moment. */
async function readableOf(
  session: AzureSession,
  subscriptions: readonly FoundSubscription[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const query = `resourcecontainers\n| where type =~ ${quoted(containerTypes.subscription)}\n| order by id asc`;
  const readable = new Set<string>();
  try {
    for await (const { rows } of pagesOf(
      session,
      { query, subscriptions: subscriptions.map(({ id }) => id) },
      signal,
    )) {
      for (const row of rows) readable.add(parseArmId(textAt(row, 'id') ?? '')?.subscription ?? '');
    }
  } catch (error) {
    if (!(error instanceof AzureCallError) || failureKind(error) !== 'denied') throw error;
  }
  return readable;
}

function inPart({ name }: FoundSubscription): CellFailure {
  return {
    status: 'denied',
    message: `Subscription ${name}: only some of its resource groups can be read. Give the role Reader on all of it.`,
    permission: 'Microsoft.Resources/subscriptions/read',
    unreachable: false,
  };
}

function cutOff({ name }: FoundSubscription): CellFailure {
  return {
    status: 'truncated',
    message: `Subscription ${name}: Azure cut the listing off before its end. Map it alone, or fewer kinds.`,
    permission: null,
    unreachable: false,
  };
}
