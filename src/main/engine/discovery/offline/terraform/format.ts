import type { ImportFormat } from '#shared/model/index.ts';
import type { Layout } from '../input/records.ts';
import type { OfflineFormat } from '../offline-format.ts';
import { entryOfShow, entryOfState } from './instances.ts';
import { stateFileOf, type StateFile } from './recognise-state.ts';
import { StateReader } from './state-reader.ts';

/** `terraform.tfstate`, what `state pull` prints, and what `show -json` prints of a state. */
export const terraformStateFormat: OfflineFormat = {
  id: 'terraform-state',
  recognise(head) {
    const file = stateFileOf(head);
    return file === 'state' || file === 'show' ? layoutOf(file) : null;
  },
  open: (context) =>
    stateFileOf(context.head) === 'state'
      ? new StateReader(context, { entryOf: entryOfState, lineage: lineageOf(context.head.values.get('lineage')) })
      : new StateReader(context, { entryOf: entryOfShow, lineage: null }),
};

/** What `show -json` prints of a plan: the state it was made on, and what it would change. */
export const terraformPlanFormat: OfflineFormat = {
  id: 'terraform-plan' satisfies ImportFormat,
  recognise: (head) => (stateFileOf(head) === 'plan' ? layoutOf('plan') : null),
  open: (context) => new StateReader(context, { entryOf: entryOfShow, lineage: null }),
};

function lineageOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function layoutOf(file: StateFile): Layout {
  if (file === 'state') {
    return { kind: 'json', recordsAt: (path) => (path.length === 1 && path[0] === 'resources' ? '{' : null) };
  }
  const start = file === 'plan' ? ['prior_state', 'values', 'root_module'] : ['values', 'root_module'];
  return {
    kind: 'json',
    recordsAt: (path) => {
      if (file === 'plan' && path.length === 1 && path[0] === 'resource_changes') return '{';
      const inside = path.slice(start.length);
      const isModule = start.every((key, index) => path[index] === key) && inside.at(-1) === 'resources';
      return isModule && inside.slice(0, -1).every((key) => key === 'child_modules') ? '{' : null;
    },
  };
}
