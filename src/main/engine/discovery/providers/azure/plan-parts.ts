import type { CellPlace, CellTask } from '../../cell-task.ts';
import type { AzureTable } from './azure-type.ts';
import { type CallPlace, classifyAzureError } from './errors.ts';
import type { FoundScopes } from './find-scopes.ts';
import type { AzureSession } from './session.ts';
import { askPermission } from './steps.ts';

/** Rows after which a cell is closed as truncated. */
const maximumRows = 1_000_000;

export interface AzurePlan {
  readonly session: AzureSession;
  readonly found: FoundScopes;
  /** Nothing was named: everything that can be seen is meant, what is above the subscriptions too. */
  readonly everything: boolean;
  /** Empty for every region. */
  readonly regions: readonly string[];
  readonly placeOf: (what: string, permission?: string) => CallPlace;
}

export const tableNames: Readonly<Record<AzureTable, string>> = {
  resources: 'Resources',
  resourcecontainers: 'Resource groups',
  authorizationresources: 'Roles and their assignments',
};

export function taskBasis(
  plan: AzurePlan,
  what: string,
): Pick<CellTask, 'queue' | 'maximumRows' | 'failure' | 'classify'> {
  return {
    // The quota is the user's, whatever is asked.
    queue: `azure ${plan.found.tenant}`,
    maximumRows,
    failure: null,
    classify: (thrown) => classifyAzureError(thrown, plan.placeOf(what, askPermission)),
  };
}

export function placesOf(
  scopes: readonly { readonly scope: string; readonly name: string }[],
  regions: readonly string[],
): CellTask['places'] {
  const [first, ...others] = scopes.flatMap(({ scope, name }) =>
    regions.map((region): CellPlace => ({ scope, scopeName: name, region })),
  );
  if (first === undefined) throw new RangeError('A task has a place.');
  return [first, ...others];
}
