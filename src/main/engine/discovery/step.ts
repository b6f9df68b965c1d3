import type {
  CoverageStatus,
  RelationshipFact,
  Remedy,
  ResourceFact,
  ScopeFact,
  StepDeclaration,
} from '#shared/model/index.ts';

/** Why a cell of the coverage ledger is not complete. */
export interface CellFailure {
  readonly status: Exclude<CoverageStatus, 'complete'>;
  /** Names the thing, the place and the way out; goes to the ledger and the coverage screen. */
  readonly message: string;
  /** The missing permission when the status is `denied`, if it is known. */
  readonly permission: string | null;
  /** What would open the cell, where the provider knows. */
  readonly remedy?: Remedy;
  /** Nobody answered: asking the same service in the same place again is pointless in this run. */
  readonly unreachable: boolean;
}

/** One page of a listing. All facts belong to the cell of `kind` in one place. */
export interface StepPage {
  readonly kind: string;
  /** Which of the task's places, when it has several; the first when absent. */
  readonly place?: { readonly scope: string; readonly region: string };
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  /** A part that could not be read (a body's detail): the resources count, this cell is not complete. */
  readonly gap?: CellFailure;
  /** Scopes that only the listing tells, such as resource groups. */
  readonly scopes?: readonly ScopeFact[];
}

/** A place of the task is over before the whole listing is: what happens to the rest of it does not touch it. */
export interface PlaceDone {
  readonly done: { readonly scope: string; readonly region: string };
  /** Why it is not complete, when it is not. */
  readonly failure: CellFailure | null;
}

/** A place nobody knew of before came up in a listing: it gets a cell for each kind, as those of the task have. */
export interface PlaceFound {
  readonly found: { readonly scope: string; readonly scopeName: string; readonly region: string };
}

/**
 * One discovery step, declared as data: screens can show its permissions and the docs its coverage without
 * running anything. `Context` is what the provider hands to the handler: a place, a session, a signal.
 */
export interface DiscoveryStep<Context> {
  readonly declaration: StepDeclaration;
  /** Steps of one service in one place share a queue, because they draw on one rate limit of the cloud. */
  readonly service: string;
  /** Lists everything of its kinds in one place, a page at a time. Throws what the cloud's client throws. */
  readonly list: (context: Context) => AsyncIterable<StepPage>;
  /** After so many rows the cell is closed as truncated. Default 100,000. */
  readonly maximumRows?: number;
}
