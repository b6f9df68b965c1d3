import type { Recipe } from '../recipes.ts';

/** What a builder gets: where to put the result and how to be stopped. */
export interface BuildContext {
  readonly recipe: Recipe;
  /** An empty folder for the result. It is renamed to `destination` when the builder is done. */
  readonly folder: string;
  /** Where the result will stand, for files that have to name their own place. */
  readonly destination: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}
