import type { BlueprintInput, PortSchema } from '#shared/model/index.ts';

/** An input of the blueprint that takes what a port takes: its type, choices, bounds and marks. */
export function inputLike(schema: PortSchema): BlueprintInput {
  const { items, properties, format, pattern, description, minimum, maximum } = schema;
  const type = schema.type === undefined || schema.type === 'null' ? 'string' : schema.type;
  return {
    type,
    ...(items === undefined ? {} : { items }),
    ...(properties === undefined ? {} : { properties }),
    ...(format === undefined ? {} : { format }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(schema.enum === undefined ? {} : { enum: schema.enum }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(description === undefined || description === '' ? {} : { description }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(schema['x-sensitive'] === true ? { sensitive: true } : {}),
    ...(schema['x-immutable'] === true ? { immutable: true } : {}),
  };
}
