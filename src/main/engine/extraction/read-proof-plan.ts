import { readPlanDocument, resourceChanges, type PlanDocument } from '../planner/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Json } from '#shared/base/json.ts';
import type { InstanceProof } from '#shared/model/index.ts';
import { stateOnlyOf } from '../patterns/index.ts';

type Counts = Pick<InstanceProof, 'imports' | 'add' | 'change' | 'destroy' | 'differences' | 'stateOnly'>;

/** What a plan with import blocks says: how much it would import and change, and every attribute that differs. */
export function readProofPlan(json: Json): Counts & { readonly outputs: Readonly<Record<string, Json>> } {
  const plan = readPlanDocument(json);
  if (!plan.ok) {
    throw new AppError('tool-failed', `The tool's plan has a form that is not known: ${plan.problems.join('; ')}`, {
      advice: 'Use a released version of OpenTofu or Terraform.',
    });
  }
  const managed = plan.value.resource_changes.filter((resource) => resource.mode === 'managed');
  const has = (action: string): number => managed.filter((resource) => resource.change.actions.includes(action)).length;
  return {
    imports: managed.filter((resource) => resource.change.importing !== undefined).length,
    add: has('create'),
    change: has('update'),
    destroy: has('delete'),
    differences: differencesIn(plan.value),
    stateOnly: stateOnlyIn(plan.value),
    outputs: knownOutputs(plan.value),
  };
}

function differencesIn(plan: PlanDocument): InstanceProof['differences'] {
  return resourceChanges(plan)
    .filter(({ action }) => action !== 'import' && action !== 'read')
    .flatMap(({ address, action, attributes }) => {
      if (action === 'create' || action === 'delete') {
        return [{ address, path: '', code: action === 'create', cloud: action === 'delete' }];
      }
      return attributes.map(({ path, before, after, mark }) => ({
        address,
        path,
        code: mark === 'known' ? after : mark === 'later' ? '(known after apply)' : '(sensitive)',
        cloud: mark === 'sensitive' ? '(sensitive)' : before,
      }));
    });
}

/** Per imported resource what its type keeps in the state only, and what the code fills from secrets. */
function stateOnlyIn(plan: PlanDocument): InstanceProof['stateOnly'] {
  const secret = secretAttributes(plan.configuration);
  return plan.resource_changes
    .filter((resource) => resource.change.importing !== undefined)
    .flatMap(({ address, type }) => {
      const known = stateOnlyOf(type);
      const names = secret.get(address.replace(/\[[^\]]*\]$/, '')) ?? [];
      const further = names.filter((name) => !known.some((entry) => entry.attribute === name));
      return [
        ...known.map(({ attribute, why }) => ({ address, attribute, why })),
        ...further.map((attribute) => ({
          address,
          attribute,
          why: 'Its values may be secrets and are not kept in the estate; what runs keeps the ones it has.',
        })),
      ];
    });
}

/** Attributes per resource that the code takes from a sensitive variable. */
function secretAttributes(configuration: Json): ReadonlyMap<string, readonly string[]> {
  const root = member(configuration, 'root_module');
  const variables = member(root, 'variables');
  const sensitive = Object.keys(objectOf(variables)).filter(
    (name) => member(member(variables, name), 'sensitive') === true,
  );
  const found = new Map<string, string[]>();
  for (const resource of listOf(member(root, 'resources'))) {
    const address = member(resource, 'address');
    if (typeof address !== 'string') continue;
    const names = Object.entries(objectOf(member(resource, 'expressions')))
      .filter(([, expression]) => sensitive.some((name) => mentions(expression, `var.${name}`)))
      .map(([name]) => name);
    if (names.length > 0) found.set(address, names);
  }
  return found;
}

function mentions(expression: Json, reference: string): boolean {
  if (Array.isArray(expression)) return expression.some((item) => item === reference || mentions(item, reference));
  return Object.values(objectOf(expression)).some((item) => mentions(item, reference));
}

function knownOutputs(plan: PlanDocument): Readonly<Record<string, Json>> {
  const outputs: Record<string, Json> = {};
  for (const [name, change] of Object.entries(plan.output_changes)) {
    if (change.after_unknown === false && change.after !== null) outputs[name] = change.after;
  }
  return outputs;
}

function objectOf(value: Json): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function member(value: Json, name: string): Json {
  const object = objectOf(value);
  return Object.hasOwn(object, name) ? (object[name] ?? null) : null;
}
