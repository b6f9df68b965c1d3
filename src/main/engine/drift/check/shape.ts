import { z } from 'zod';
import type { Json } from '#shared/base/json.ts';

/** How the values of an attribute are built, as the provider's schema says. */
export type Shape =
  | { readonly kind: 'leaf' }
  /** No schema is known: the value itself tells, and its lists are taken as ordered. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly item: Shape }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Member> };

export interface Member {
  readonly shape: Shape;
  /** Decided by the cloud alone: it never drifts, it follows. */
  readonly computedOnly: boolean;
  readonly sensitive: boolean;
}

interface Block {
  attributes?: Record<string, z.infer<typeof attributeSchema>> | undefined;
  block_types?: Record<string, { nesting_mode: string; block: Block }> | undefined;
}

const attributeSchema = z.looseObject({
  type: z.unknown().optional(),
  nested_type: z
    .looseObject({
      nesting_mode: z.string(),
      attributes: z.record(z.string(), z.looseObject({ type: z.unknown().optional() })),
    })
    .optional(),
  optional: z.boolean().default(false),
  computed: z.boolean().default(false),
  sensitive: z.boolean().default(false),
});
const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.looseObject({
    attributes: z.record(z.string(), attributeSchema).optional(),
    block_types: z.record(z.string(), z.looseObject({ nesting_mode: z.string(), block: blockSchema })).optional(),
  }),
);
const schemasSchema = z.looseObject({
  provider_schemas: z.record(
    z.string(),
    z.looseObject({
      resource_schemas: z.record(z.string(), z.looseObject({ block: z.unknown() })).optional(),
    }),
  ),
});

const unknownShape: Shape = { kind: 'unknown' };

/** Looks up shapes in `providers schema -json`; types that are not in it have the shape `unknown`. */
export function shapesOf(schemas: Json): (provider: string, type: string) => Shape {
  const parsed = schemasSchema.safeParse(schemas);
  const known = new Map<string, Shape>();
  return (provider, type) => {
    const key = `${provider} ${type}`;
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const raw = parsed.success ? parsed.data.provider_schemas[provider]?.resource_schemas?.[type]?.block : undefined;
    const block = blockSchema.safeParse(raw);
    const shape = block.success ? blockShape(block.data) : unknownShape;
    known.set(key, shape);
    return shape;
  };
}

function blockShape(block: Block): Shape {
  const members = new Map<string, Member>();
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    members.set(name, {
      shape: attribute.nested_type === undefined ? typeShape(attribute.type) : nestedShape(attribute.nested_type),
      computedOnly: attribute.computed && !attribute.optional,
      sensitive: attribute.sensitive,
    });
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const shape = nesting(nested.nesting_mode, blockShape(nested.block));
    members.set(name, { shape, computedOnly: false, sensitive: false });
  }
  return { kind: 'object', members };
}

function nestedShape(nested: { nesting_mode: string; attributes: Record<string, unknown> }): Shape {
  const block = blockSchema.safeParse({ attributes: nested.attributes });
  return nesting(nested.nesting_mode, block.success ? blockShape(block.data) : unknownShape);
}

function nesting(mode: string, item: Shape): Shape {
  return mode === 'list' || mode === 'set' || mode === 'map' ? { kind: mode, item } : item;
}

/** A type as the schema writes it: `"string"`, `["set", "string"]`, `["object", {…}]`. */
function typeShape(type: unknown): Shape {
  if (typeof type === 'string') return type === 'dynamic' ? unknownShape : { kind: 'leaf' };
  if (!Array.isArray(type)) return unknownShape;
  const [kind, of] = type as [unknown, unknown];
  if (kind === 'list' || kind === 'set' || kind === 'map') return { kind, item: typeShape(of) };
  if (kind === 'object' && typeof of === 'object' && of !== null) {
    const members = Object.entries(of).map(([name, inner]): [string, Member] => [
      name,
      { shape: typeShape(inner), computedOnly: false, sensitive: false },
    ]);
    return { kind: 'object', members: new Map(members) };
  }
  return unknownShape;
}
