import type { Json } from '#shared/base/json.ts';
import type { ChangeAction, ResourceChange } from '#shared/model/index.ts';
import { attributeChanges } from './attribute-changes.ts';
import type { PlanDocument, PlannedChange } from './plan-document.ts';

/** Every change of a plan by address, secrets masked; what stays as it is is left out. */
export function resourceChanges(plan: PlanDocument): ResourceChange[] {
  return plan.resource_changes
    .map((resource): ResourceChange => {
      const { change } = resource;
      return {
        address: resource.address,
        type: resource.type,
        provider: resource.provider_name,
        action: actionOf(change),
        cloudId: change.importing?.id ?? idOf(change.before),
        attributes: attributeChanges(change),
      };
    })
    .filter((change) => change.action !== 'no-op')
    .sort((one, other) => (one.address < other.address ? -1 : 1));
}

/**
 * The one word for a change. An import that also changes something is told as what it changes: the person who
 * approves must see the update, and the id says that the resource exists already.
 */
function actionOf(change: PlannedChange): ChangeAction {
  const actions = new Set(change.actions);
  if (actions.has('delete') && actions.has('create')) return 'replace';
  if (actions.has('create')) return 'create';
  if (actions.has('delete')) return 'delete';
  if (actions.has('update')) return 'update';
  if (actions.has('forget')) return 'forget';
  if (actions.has('read')) return 'read';
  return change.importing === undefined ? 'no-op' : 'import';
}

function idOf(before: Json): string | null {
  if (typeof before !== 'object' || before === null || Array.isArray(before)) return null;
  const id = before['id'];
  return typeof id === 'string' && id !== '' ? id : null;
}

/** How many of each that a review counts. */
export function countChanges(changes: readonly { readonly action: ChangeAction }[]): {
  create: number;
  update: number;
  delete: number;
  replace: number;
  import: number;
} {
  const count = (action: ChangeAction): number => changes.filter((change) => change.action === action).length;
  return {
    create: count('create'),
    update: count('update'),
    delete: count('delete'),
    replace: count('replace'),
    import: count('import'),
  };
}
