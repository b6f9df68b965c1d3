import type { StepDeclaration } from '#shared/model/index.ts';
import type { CellFailure, StepPage } from './step.ts';

/** One step to be run in one scope and region, bound to the session that can run it. */
export interface CellTask {
  readonly scope: string;
  readonly scopeName: string;
  /** A region's name, or `global`. */
  readonly region: string;
  readonly service: string;
  readonly declaration: StepDeclaration;
  readonly maximumRows: number;
  /** Known without trying, for example that the account's role cannot be assumed; null to try. */
  readonly failure: CellFailure | null;
  readonly list: (signal: AbortSignal) => AsyncIterable<StepPage>;
  /** Turns what `list` threw into the ledger's words. */
  readonly classify: (thrown: unknown) => CellFailure;
}

/** Tasks with the same key draw on the same rate limit. */
export function queueKey(task: CellTask): string {
  return `${task.scope} ${task.region} ${task.service}`;
}
