import type { CloudSource, DiscoverRequest, ScopeFact, StepDeclaration } from '#shared/model/index.ts';
import type { CellTask } from './cell-task.ts';

/** What discovery needs of a cloud. Each provider is an island behind this. */
export interface CloudProvider {
  readonly cloud: 'aws';
  readonly steps: readonly StepDeclaration[];
  /** The least-privilege policy that follows from the steps, in the cloud's own form. */
  policy(): string;
  /** Ways to sign in found on this machine; names only. */
  sources(): Promise<readonly CloudSource[]>;
  /**
   * Signs in and finds out which accounts there are. Throws an `AppError` when there is nothing to map at all:
   * `credentials-missing`, `credentials-expired`, `access-denied`, `endpoint-unreachable`, `bad-input`.
   */
  connect(request: DiscoverRequest, signal: AbortSignal): Promise<ProviderConnection>;
}

/** A signed-in provider for one run. Close it when the run is over. */
export interface ProviderConnection {
  readonly scopes: readonly ScopeFact[];
  /** Finds the regions of every account and lays out the cells; accounts that fail become cells that say so. */
  plan(signal: AbortSignal): Promise<readonly CellTask[]>;
  close(): void;
}
