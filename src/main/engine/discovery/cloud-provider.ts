import type {
  AccessPolicy,
  CallCounts,
  CloudRequest,
  CloudSource,
  DiscoverableCloud,
  Remedy,
  ScopeFact,
  StepDeclaration,
} from '#shared/model/index.ts';
import type { CellKey } from '#engine/ports/index.ts';
import type { CellTask } from './cell-task.ts';

/** Where to look in one cloud. */
export type RequestOf<Cloud extends DiscoverableCloud> = Extract<CloudRequest, { cloud: Cloud }>;

/** What cells of one scope lack. */
export interface Need {
  readonly remedy: Remedy;
  /** The scope of the cells, with its name where a run told it. */
  readonly scope: Pick<ScopeFact, 'nativeId' | 'name' | 'kind'>;
  readonly permissions: readonly string[];
}

/** How to mend it. */
export interface Counsel {
  readonly text: string;
  /** Null when a word in it could do more than name something. */
  readonly copy: string | null;
}

/** What discovery needs of a cloud. Each provider is an island behind this. */
export interface CloudProvider<Cloud extends DiscoverableCloud = DiscoverableCloud> {
  readonly cloud: Cloud;
  readonly steps: readonly StepDeclaration[];
  /** The least-privilege policy that follows from the steps, in the cloud's own form. */
  policy(): AccessPolicy;
  /** What opens cells that were denied or disabled: a sentence, and what to paste. */
  advise(need: Need): Counsel;
  /** Ways to sign in found on this machine; names only. */
  sources(): Promise<readonly CloudSource[]>;
  /**
   * Signs in and finds out which scopes there are. Throws an `AppError` when there is nothing to map at all:
   * `credentials-missing`, `credentials-expired`, `access-denied`, `endpoint-unreachable`, `bad-input`.
   */
  connect(request: RequestOf<Cloud>, signal: AbortSignal): Promise<ProviderConnection>;
}

/** The provider of each cloud; a cloud without one cannot be mapped. */
export type CloudProviders = { readonly [Cloud in DiscoverableCloud]?: CloudProvider<Cloud> };

export interface PlanOptions {
  /** Only these kinds; empty means all of them. */
  readonly kinds: readonly string[];
  /** What earlier runs saw: a scope that is not there any more is told, not left out. */
  readonly earlier: readonly ScopeFact[];
  /** Earlier runs saw something in the cell, or could not tell: only listing it may say that there is nothing. */
  readonly mayHold: (cell: CellKey) => boolean;
  /** Cells that are complete already: a provider whose listings cover many places may leave them out. */
  readonly isDone?: (cell: CellKey) => boolean;
  readonly signal: AbortSignal;
}

/** A signed-in provider for one run. Close it when the run is over. */
export interface ProviderConnection {
  readonly scopes: readonly ScopeFact[];
  /** Finds what is needed to lay out the cells; scopes that fail become cells that say so. */
  plan(options: PlanOptions): Promise<readonly CellTask[]>;
  /** What the run cost so far in calls to the cloud; absent where they are not counted. */
  readonly calls?: () => CallCounts;
  close(): void;
}
