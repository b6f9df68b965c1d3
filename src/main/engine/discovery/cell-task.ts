import type { StepDeclaration } from '#shared/model/index.ts';
import type { CellFailure, PlaceDone, PlaceFound, StepPage } from './step.ts';

/** A place of the coverage ledger. */
export interface CellPlace {
  readonly scope: string;
  readonly scopeName: string;
  /** A region's name, `global`, or `allRegions` where one listing covers every region of the scope. */
  readonly region: string;
}

/** One step to be run in its places, bound to the session that can run it. */
export interface CellTask {
  /** Never empty. Every place has a cell for each kind of the declaration, and all of them are sealed. */
  readonly places: readonly [CellPlace, ...CellPlace[]];
  readonly service: string;
  /** What the task draws on, when it is not its service in its first place: a limit of all that one user asks. */
  readonly queue?: string;
  readonly declaration: StepDeclaration;
  /** About how long it takes at its service's pace, compared with other tasks. */
  readonly expectedSeconds?: number;
  /** After so many rows in one cell that cell is closed as truncated and listing ends. */
  readonly maximumRows: number;
  /** When what it lists was so, in milliseconds since 1970, where that is a moment in the past. */
  readonly capturedAt?: number;
  /** Known without trying, for example that the account's role cannot be assumed; null to try. */
  readonly failure: CellFailure | null;
  /** A census says that there is nothing, so that nothing is listed and its cells are complete: the census by name. */
  readonly vouchedBy?: string;
  readonly list: (signal: AbortSignal) => AsyncIterable<StepPage | PlaceDone | PlaceFound>;
  /** Turns what `list` threw into the ledger's words. */
  readonly classify: (thrown: unknown) => CellFailure;
}

/** Tasks with the same key draw on the same rate limit. */
export function queueKey(task: CellTask): string {
  const [{ scope, region }] = task.places;
  return task.queue ?? `${scope} ${region} ${task.service}`;
}

/** Cells of the ledger that a task answers for. */
export function cellCount(task: CellTask): number {
  return task.places.length * task.declaration.kinds.length;
}
