import { readPlanDocument, type PlanDocument } from '../planner/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Json } from '#shared/base/json.ts';
import type { InstanceProof } from '#shared/model/index.ts';
import { stateOnlyOf } from '../patterns/index.ts';
import { differencesBetween, literalDifferences } from './compare-values.ts';

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
  return plan.resource_changes
    .filter((resource) => resource.mode === 'managed')
    .flatMap((resource) => {
      const { address, change } = resource;
      const actions = new Set(change.actions);
      if (actions.has('create') && !actions.has('delete')) return [{ address, path: '', code: true, cloud: false }];
      if (actions.has('delete') && !actions.has('create')) return [{ address, path: '', code: false, cloud: true }];
      if (!actions.has('update') && !actions.has('create')) return [];
      return attributesOf(resource);
    });
}

function attributesOf({ address, change }: PlanDocument['resource_changes'][number]): InstanceProof['differences'] {
  const telling = differencesBetween(change.before, change.after);
  // A change that is only another way to say "not set" is told as well: the tool counts it.
  const found = telling.length > 0 ? telling : literalDifferences(change.before, change.after);
  return found.map(({ path, before, after }) => {
    if (isMarked(change.before_sensitive, path) || isMarked(change.after_sensitive, path)) {
      return { address, path, code: '(sensitive)', cloud: '(sensitive)' };
    }
    // What a replacement computes anew follows from the difference that forces it.
    return { address, path, code: isMarked(change.after_unknown, path) ? '(known after apply)' : after, cloud: before };
  });
}

/** Whether a tree of marks has one at the attribute a path begins with. */
function isMarked(marks: Json, path: string): boolean {
  return marks === true || holdsTrue(member(marks, path.split('.')[0] ?? ''));
}

function holdsTrue(marks: Json): boolean {
  if (typeof marks === 'boolean') return marks;
  return typeof marks === 'object' && marks !== null && Object.values(marks).some(holdsTrue);
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
