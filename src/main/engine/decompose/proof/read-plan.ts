import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '#shared/base/json.ts';
import { jsonSchema } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';

const changeSchema = z.looseObject({
  actions: z.array(z.string()),
  after: z.unknown(),
  after_unknown: z.unknown(),
  importing: z.unknown().optional(),
});
const resourceChangeSchema = z.looseObject({
  address: z.string(),
  mode: z.string().optional(),
  deposed: z.string().optional(),
  change: changeSchema,
});
const planSchema = z.looseObject({
  resource_changes: z.array(resourceChangeSchema).default([]),
  resource_drift: z.array(resourceChangeSchema).default([]),
  output_changes: z.record(z.string(), changeSchema).default({}),
  planned_values: z
    .looseObject({
      outputs: z
        .record(z.string(), z.looseObject({ sensitive: z.boolean().default(false), type: jsonSchema.optional() }))
        .default({}),
    })
    .default({ outputs: {} }),
});

/** An output as a plan knows it. */
export interface PlannedOutput {
  readonly value: Json;
  /** Its type in the tool's own notation. */
  readonly type: Json;
  readonly sensitive: boolean;
}

/** What a plan would do, with addresses and actions but no values of resources. */
export interface ReadPlan {
  /** `address: action`, for everything that is more than reading. */
  readonly changes: readonly string[];
  /** What reality has moved away from the state, per address; the text tells two drifts apart without showing them. */
  readonly drift: ReadonlyMap<string, string>;
  /** Outputs with a value now. It may be secret. */
  readonly outputs: ReadonlyMap<string, PlannedOutput>;
  /** Managed instances the plan speaks of. */
  readonly instances: number;
}

const harmless: ReadonlySet<string> = new Set(['no-op', 'read']);

function isUnknown(value: unknown): boolean {
  if (value === true) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnknown);
}

/** An address as it was before the part became a module; what lies outside of that module keeps its own. */
function addressWithin(module: string | null, address: string): string {
  const prefix = `module.${module ?? ''}.`;
  return module !== null && address.startsWith(prefix) ? address.slice(prefix.length) : address;
}

/**
 * Reads a machine-readable plan. With `module`, the name of the module a part is wrapped in, addresses are those before
 * it was. Throws `tool-failed` for another format.
 */
export function readPlan(json: Json, module: string | null = null): ReadPlan {
  const parsed = planSchema.safeParse(json);
  if (!parsed.success) throw new AppError('tool-failed', 'The tool’s plan document cannot be read.');
  const plan = parsed.data;
  const resources = plan.resource_changes.flatMap(({ address: planned, change, deposed }) => {
    const address = addressWithin(module, planned);
    const actions = change.actions.filter((action) => !harmless.has(action));
    if (change.importing !== undefined && change.importing !== null) actions.push('import');
    return actions.length === 0
      ? []
      : [`${address}${deposed === undefined ? '' : ` (deposed ${deposed})`}: ${actions.join(' and ')}`];
  });
  const values = Object.entries(plan.output_changes).flatMap(([name, { actions }]) => {
    const others = actions.filter((action) => action !== 'no-op' && action !== 'create');
    return others.length === 0 ? [] : [`output.${name}: ${others.join(' and ')}`];
  });
  const outputs = new Map<string, PlannedOutput>();
  for (const [name, { sensitive, type }] of Object.entries(plan.planned_values.outputs)) {
    const change = plan.output_changes[name];
    if (change === undefined || isUnknown(change.after_unknown)) continue;
    const value = jsonSchema.safeParse(change.after ?? null);
    if (value.success) outputs.set(name, { value: value.data, type: type ?? 'dynamic', sensitive });
  }
  const drift = plan.resource_drift
    .filter(({ change }) => change.actions.some((action) => action !== 'no-op'))
    .map(({ address, change }): readonly [string, string] => {
      const digest = createHash('sha256').update(JSON.stringify(change.after)).digest('hex');
      return [addressWithin(module, address), `${change.actions.join(' and ')} ${digest}`];
    });
  return {
    changes: [...resources, ...values],
    drift: new Map(drift),
    outputs,
    instances: plan.resource_changes.filter(({ mode }) => mode !== 'data').length,
  };
}
