import type { DiscoverableCloud } from '#shared/model/index.ts';
import type { CellPlace, CellTask } from './cell-task.ts';
import type { CellFailure, StepPage } from './step.ts';

/** The listing of a task whose failure is known. */
export const nothingListed: AsyncIterable<StepPage> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

/** A cell that stands for something about a scope that could not be found out, such as its regions. */
export function failedTask(
  place: CellPlace & { readonly cloud: DiscoverableCloud },
  kind: string,
  failure: CellFailure,
): CellTask {
  const { cloud, scope, scopeName, region } = place;
  return {
    places: [{ scope, scopeName, region }],
    service: 'scope',
    declaration: {
      id: kind,
      cloud,
      kinds: [kind],
      relationships: [],
      permissions: failure.permission === null ? [] : [failure.permission],
      apis: [],
      global: true,
    },
    maximumRows: 1,
    failure,
    classify: () => failure,
    // The failure is known, so nothing is listed.
    list: () => nothingListed,
  };
}
