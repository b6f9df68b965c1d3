import type { BlueprintInput, PortSchema } from '#shared/model/index.ts';

/** An input of the blueprint that takes what a port takes: its type, choices, bounds and marks. */
export function inputLike(schema: PortSchema): BlueprintInput {
  const {
    type,
    description,
    const: _const,
    'x-sensitive': sensitive,
    'x-immutable': immutable,
    'x-ephemeral': _ephemeral,
    'x-nullable': _nullable,
    'x-origin': _origin,
    'x-conditions': _conditions,
    'x-reads': _reads,
    ...shape
  } = schema;
  return {
    type: type === undefined || type === 'null' ? 'string' : type,
    ...shape,
    ...(description === undefined || description === '' ? {} : { description }),
    ...(sensitive === true ? { sensitive: true } : {}),
    ...(immutable === true ? { immutable: true } : {}),
  };
}
