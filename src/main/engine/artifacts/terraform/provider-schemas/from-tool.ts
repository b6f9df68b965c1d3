import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import type { Attribute, AttributeType, SchemaTable } from './attribute.ts';
import { packAttributes } from './pack.ts';

const attributeSchema = z.object({
  type: z.unknown().optional(),
  nested_type: z
    .object({ attributes: z.record(z.string(), z.unknown()), nesting_mode: z.string() })
    .optional()
    .catch(undefined),
  required: z.boolean().default(false),
  optional: z.boolean().default(false),
  computed: z.boolean().default(false),
  sensitive: z.boolean().default(false),
});

interface Block {
  readonly attributes: Record<string, unknown>;
  readonly block_types: Record<string, { nesting_mode: string; min_items: number; block: Block }>;
}

const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.object({
    attributes: z.record(z.string(), z.unknown()).default({}),
    block_types: z
      .record(z.string(), z.object({ nesting_mode: z.string(), min_items: z.number().default(0), block: blockSchema }))
      .default({}),
  }),
);

const typesSchema = z.record(z.string(), z.object({ block: blockSchema })).default({});
const answerSchema = z.object({
  provider_schemas: z.record(z.string(), z.object({ resource_schemas: typesSchema, data_source_schemas: typesSchema })),
});

/** A type in the tools' JSON: `"string"`, `["list", "string"]`, `["object", { … }]`. */
function typeOf(json: unknown): AttributeType {
  if (!Array.isArray(json)) {
    if (json === 'string' || json === 'number') return { kind: json };
    return { kind: json === 'bool' ? 'boolean' : 'any' };
  }
  const [kind, of]: unknown[] = json;
  if (kind === 'list' || kind === 'set' || kind === 'map') return { kind, of: typeOf(of) };
  if (kind !== 'object' || typeof of !== 'object' || of === null) return { kind: 'any' };
  const members = Object.entries(of).map(([name, inner]): [string, Attribute] => [
    name,
    { use: 'computed', sensitive: false, type: typeOf(inner) },
  ]);
  return { kind: 'object', attributes: new Map(members) };
}

function nested(mode: string, object: AttributeType): AttributeType {
  return mode === 'list' || mode === 'set' || mode === 'map' ? { kind: mode, of: object } : object;
}

function attributeOf(json: unknown): Attribute {
  const { type, nested_type: inner, required, optional, computed, sensitive } = attributeSchema.parse(json);
  const use = required ? 'required' : optional ? (computed ? 'either' : 'optional') : 'computed';
  if (inner === undefined) return { use, sensitive, type: typeOf(type) };
  const attributes = Object.entries(inner.attributes).map(([name, one]): [string, Attribute] => [
    name,
    attributeOf(one),
  ]);
  const object: AttributeType = { kind: 'object', attributes: new Map(attributes) };
  return { use, sensitive, type: nested(inner.nesting_mode, object) };
}

function attributesOf({ attributes, block_types: blocks }: Block): ReadonlyMap<string, Attribute> {
  const own = Object.entries(attributes).map(([name, one]): [string, Attribute] => [name, attributeOf(one)]);
  const inside = Object.entries(blocks).map(([name, block]): [string, Attribute] => {
    const object: AttributeType = { kind: 'object', attributes: attributesOf(block.block) };
    const use = block.min_items > 0 ? 'required' : 'optional';
    return [name, { use, sensitive: false, type: nested(block.nesting_mode, object) }];
  });
  return new Map([...own, ...inside]);
}

/**
 * The table of one provider out of what `providers schema -json` answers. Throws `bad-input` when the answer does not
 * hold the provider.
 */
export function tableOfAnswer(
  answer: unknown,
  { provider, version }: Pick<SchemaTable, 'provider' | 'version'>,
): SchemaTable {
  const read = answerSchema.safeParse(answer);
  const found = Object.entries(read.data?.provider_schemas ?? {}).find(([name]) => name.split('/').at(-1) === provider);
  if (found === undefined) {
    throw new AppError('bad-input', `The answer of the tool does not hold the schemas of ${provider}.`, {
      advice: 'Use a newer OpenTofu or Terraform.',
      details: { provider, version },
    });
  }
  const packed = (types: z.infer<typeof typesSchema>): Record<string, string> =>
    Object.fromEntries(Object.entries(types).map(([type, { block }]) => [type, packAttributes(attributesOf(block))]));
  const [, { resource_schemas: resources, data_source_schemas: data }] = found;
  return { provider, version, resources: packed(resources), data: packed(data) };
}
