import { z } from 'zod';
import { jsonSchema, type Json } from '#shared/base/json.ts';
import { failed, ok, type Result } from '#shared/base/result.ts';

const changeSchema = z.looseObject({
  actions: z.array(z.string()),
  before: jsonSchema.default(null),
  after: jsonSchema.default(null),
  after_unknown: jsonSchema.default(false),
  before_sensitive: jsonSchema.default(false),
  after_sensitive: jsonSchema.default(false),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  importing: z.looseObject({ id: z.string().optional() }).optional(),
});

const resourceSchema = z.looseObject({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  provider_name: z.string().default(''),
  change: changeSchema,
});

const documentSchema = z.looseObject({
  format_version: z.string().regex(/^1\./, 'Only plan format 1 is known.'),
  errored: z.boolean().default(false),
  resource_changes: z.array(resourceSchema).default([]),
  resource_drift: z.array(resourceSchema).default([]),
  output_changes: z.record(z.string(), changeSchema).default({}),
  variables: z.record(z.string(), z.looseObject({ value: jsonSchema.default(null) })).default({}),
  configuration: jsonSchema.default(null),
});

/** The parts of a tool's plan document (`show -json`, format 1.x) that are used here. */
export type PlanDocument = z.infer<typeof documentSchema>;
export type PlannedChange = z.infer<typeof changeSchema>;

/** Reads a plan document; a form that is not known is a problem, never a guess. */
export function readPlanDocument(json: Json): Result<PlanDocument, string> {
  const parsed = documentSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  return failed(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'plan'}: ${issue.message}`));
}

/** True when applying the plan would neither touch a resource nor change an output. */
export function isWithoutChanges(plan: PlanDocument): boolean {
  const still = (change: PlannedChange): boolean =>
    change.actions.every((action) => action === 'no-op') && change.importing === undefined;
  return (
    plan.resource_changes.every((resource) => still(resource.change)) && Object.values(plan.output_changes).every(still)
  );
}

/** What a plan says about an output: its value once applied, or that it is computed during the apply. */
export interface PlannedOutput {
  readonly known: boolean;
  readonly value: Json;
  readonly sensitive: boolean;
}

/** The outputs as they will be after the apply; removed ones are left out. */
export function plannedOutputs(plan: PlanDocument): Readonly<Record<string, PlannedOutput>> {
  const outputs: Record<string, PlannedOutput> = {};
  for (const [name, change] of Object.entries(plan.output_changes)) {
    if (change.actions.includes('delete')) continue;
    const known = !containsTrue(change.after_unknown);
    outputs[name] = { known, value: known ? change.after : null, sensitive: containsTrue(change.after_sensitive) };
  }
  return outputs;
}

function containsTrue(marks: Json): boolean {
  if (typeof marks === 'boolean') return marks;
  if (typeof marks !== 'object' || marks === null) return false;
  return Object.values(marks).some(containsTrue);
}

/** The drift a plan found before planning, as values that can be compared with what is found later. */
export function driftOf(plan: PlanDocument): Json {
  return plan.resource_drift
    .map((resource) => ({ address: resource.address, actions: resource.change.actions, after: resource.change.after }))
    .sort((one, other) => (one.address < other.address ? -1 : 1));
}
