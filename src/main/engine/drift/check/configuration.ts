import { z } from 'zod';
import type { Json } from '#shared/base/json.ts';

interface ModuleConfiguration {
  resources?: { address: string; expressions?: Record<string, unknown> | undefined }[] | undefined;
  module_calls?: Record<string, { module?: ModuleConfiguration | undefined }> | undefined;
}

const moduleSchema: z.ZodType<ModuleConfiguration> = z.lazy(() =>
  z.looseObject({
    resources: z
      .array(z.looseObject({ address: z.string(), expressions: z.record(z.string(), z.unknown()).optional() }))
      .optional(),
    module_calls: z.record(z.string(), z.looseObject({ module: moduleSchema.optional() })).optional(),
  }),
);
const configurationSchema = z.looseObject({ root_module: moduleSchema.optional() });

/** Which attributes of a resource the code sets, by first name; `configuration` of a plan document tells. */
export function configuredAttributes(configuration: Json): (address: string) => ReadonlySet<string> {
  const parsed = configurationSchema.safeParse(configuration);
  const known = new Map<string, ReadonlySet<string>>();
  if (parsed.success) collect(parsed.data.root_module ?? {}, '', known);
  return (address) => known.get(withoutIndexes(address)) ?? new Set();
}

function collect(module: ModuleConfiguration, prefix: string, known: Map<string, ReadonlySet<string>>): void {
  for (const resource of module.resources ?? []) {
    known.set(`${prefix}${resource.address}`, new Set(Object.keys(resource.expressions ?? {})));
  }
  for (const [name, call] of Object.entries(module.module_calls ?? {})) {
    collect(call.module ?? {}, `${prefix}module.${name}.`, known);
  }
}

/** `module.a["x"].aws_subnet.b[0]` → `module.a.aws_subnet.b`: the block that an instance comes from. */
export function withoutIndexes(address: string): string {
  return address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}
