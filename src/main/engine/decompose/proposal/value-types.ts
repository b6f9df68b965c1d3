import type { PortSchema } from '#shared/model/index.ts';
import { attributeSchema } from '../../artifacts/terraform/attribute-types.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';
import type { Wire } from './interface.ts';

/** What is known about a value that crosses. */
export interface ValueType {
  /** A type constraint of the language; `any` where nothing tells it, since a tighter one could change the plan. */
  readonly constraint: string;
  readonly sensitive: boolean;
}

/** A type constraint for a port, or null where the schema says less than the language asks for. */
function constraintOf(schema: PortSchema): string | null {
  switch (schema.type) {
    case 'string':
    case 'number':
      return schema.type;
    case 'boolean':
      return 'bool';
    case 'array': {
      const items = constraintOf(schema.items ?? {});
      return items === null ? null : `${schema.uniqueItems === true ? 'set' : 'list'}(${items})`;
    }
    case 'object': {
      if (typeof schema.additionalProperties !== 'object') return null;
      const values = constraintOf(schema.additionalProperties);
      return values === null ? null : `map(${values})`;
    }
    default:
      return null;
  }
}

/** The type of all instances together. */
function repeatedType(constraint: string, repeated: 'count' | 'for_each' | null): string {
  if (repeated === null || constraint === 'any') return constraint;
  return repeated === 'count' ? `list(${constraint})` : `map(${constraint})`;
}

/** The type of a crossing value as far as the code and well-known attributes tell it, without the provider. */
export function typeOfWire(analysis: RootAnalysis, wire: Pick<Wire, 'address' | 'attribute'>): ValueType {
  const declaration = analysis.graph.declarations.get(wire.address);
  if (declaration === undefined || wire.attribute === null) return { constraint: 'any', sensitive: false };
  const schema =
    declaration.kind === 'module'
      ? (analysis.modules.get(wire.address)?.outputs?.properties[wire.attribute] ?? {})
      : attributeSchema(declaration.type, wire.attribute);
  return {
    constraint: repeatedType(constraintOf(schema) ?? 'any', declaration.repeated),
    sensitive: schema['x-sensitive'] === true,
  };
}
