import { z } from 'zod';
import { instanceSelectionSchema, type InstanceSelection } from '#shared/model/index.ts';

export const views = ['resources', 'inputs', 'left-out', 'proof'] as const;
export type View = (typeof views)[number];

/** Everything about the Patterns screen that stands in the address. */
export interface PatternsAddress {
  readonly instances: readonly InstanceSelection[];
  /** New names for proposed inputs, by proposed name. */
  readonly renames: Readonly<Record<string, string>>;
  readonly view: View;
  /** The aligned resource whose attributes are shown. */
  readonly resource: string | null;
  /** The blueprint that was made, or whose proof is shown. */
  readonly blueprint: string | null;
}

const searchSchema = z.object({
  instances: z.array(z.unknown()).catch([]).default([]),
  renames: z.record(z.string(), z.string()).catch({}).default({}),
  view: z.enum(views).catch('resources').default('resources'),
  resource: z.string().nullable().catch(null).default(null),
  blueprint: z.string().nullable().catch(null).default(null),
});

/** Reads the address's search parameters; instances that make no sense are left out. */
export function patternsAddressOf(search: Readonly<Record<string, unknown>>): PatternsAddress {
  const read = searchSchema.parse(search);
  return { ...read, instances: read.instances.flatMap((value) => instanceSelectionSchema.safeParse(value).data ?? []) };
}

/** The address as search parameters, defaults left out. */
export function searchOfPatterns(address: PatternsAddress): Record<string, unknown> {
  return {
    ...(address.instances.length > 0 ? { instances: address.instances } : {}),
    ...(Object.keys(address.renames).length > 0 ? { renames: address.renames } : {}),
    ...(address.view === 'resources' ? {} : { view: address.view }),
    ...(address.resource === null ? {} : { resource: address.resource }),
    ...(address.blueprint === null ? {} : { blueprint: address.blueprint }),
  };
}
