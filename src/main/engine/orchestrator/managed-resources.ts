import { z } from 'zod';
import { jsonSchema, type Json, type JsonObject } from '#shared/base/json.ts';
import type { ManagedResource, SavedOutput } from './journal/index.ts';
import type { PlacedResource } from './planning/acts-elsewhere.ts';

interface StateModule {
  resources?:
    | { address: string; mode: string; type: string; provider_name: string; values?: JsonObject | undefined }[]
    | undefined;
  child_modules?: StateModule[] | undefined;
}

const moduleSchema: z.ZodType<StateModule> = z.lazy(() =>
  z.looseObject({
    resources: z
      .array(
        z.looseObject({
          address: z.string(),
          mode: z.string(),
          type: z.string(),
          provider_name: z.string().default(''),
          values: z.record(z.string(), jsonSchema).optional(),
        }),
      )
      .optional(),
    child_modules: z.array(moduleSchema).optional(),
  }),
);

const outputSchema = z.looseObject({ value: jsonSchema.default(null), sensitive: z.boolean().default(false) });
const stateSchema = z.looseObject({
  values: z
    .looseObject({
      root_module: moduleSchema.optional(),
      outputs: z.record(z.string(), outputSchema).optional(),
    })
    .optional(),
});

/** The outputs a state (`show -json`) holds, secret ones in clear: seal them before they are kept. */
export function savedOutputs(state: Json): Record<string, SavedOutput> {
  const outputs = state === null ? undefined : stateSchema.parse(state).values?.outputs;
  return Object.fromEntries(
    Object.entries(outputs ?? {}).map(([name, { value, sensitive }]) => [name, { value, sensitive }]),
  );
}

/** The resources a state (`show -json`) holds, with the ids by which the cloud knows them. */
export function managedResources(state: Json): ManagedResource[] {
  const parsed = stateSchema.safeParse(state);
  return (parsed.success ? inModule(parsed.data.values?.root_module ?? {}) : []).map((resource) => ({
    address: resource.address,
    type: resource.type,
    nativeId: textOr(resource.values?.['id']),
    resourceId: textOr(resource.values?.['arn']),
  }));
}

/** The resources a state (`show -json`) holds, with what tells where they are. */
export function placedResources(state: Json): PlacedResource[] {
  const parsed = stateSchema.safeParse(state);
  return (parsed.success ? inModule(parsed.data.values?.root_module ?? {}) : []).map((resource) => ({
    address: resource.address,
    provider: resource.provider_name,
    values: [resource.values ?? null],
  }));
}

function inModule(module: StateModule): NonNullable<StateModule['resources']> {
  const own = (module.resources ?? []).filter((resource) => resource.mode === 'managed');
  return [...own, ...(module.child_modules ?? []).flatMap(inModule)];
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
