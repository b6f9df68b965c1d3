import type { PortSchema } from '#shared/model/index.ts';
import type { Attribute, AttributeType } from './attribute.ts';

function portOfType(type: AttributeType): PortSchema {
  switch (type.kind) {
    case 'any':
      return {};
    case 'string':
    case 'number':
    case 'boolean':
      return { type: type.kind };
    case 'list':
      return { type: 'array', items: portOfType(type.of) };
    case 'set':
      return { type: 'array', items: portOfType(type.of), uniqueItems: true };
    case 'map':
      return { type: 'object', additionalProperties: portOfType(type.of) };
    case 'object': {
      const names = [...type.attributes.keys()];
      // What was created has all of its attributes; those that were not set are null.
      return {
        type: 'object',
        properties: Object.fromEntries([...type.attributes].map(([name, one]) => [name, portOfAttribute(one)])),
        required: names,
      };
    }
  }
}

/** The type that an expression has which refers to an attribute. */
export function portOfAttribute({ type, sensitive }: Attribute): PortSchema {
  return { ...portOfType(type), ...(sensitive ? { 'x-sensitive': true } : {}) };
}
