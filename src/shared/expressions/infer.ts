import type { Json } from '../base/json.ts';
import type { PortSchema } from '../model/artifact.ts';
import type { Expression, Reference } from './ast.ts';
import { callSchema } from './functions.ts';
import { parseTemplate, soleExpression } from './parse.ts';

/** The type of what a reference stands for; an empty schema when it is not known. */
export type TypeScope = (reference: Reference) => PortSchema;

function memberSchema(object: PortSchema, key: Json | undefined): PortSchema {
  if (object.type === 'array') {
    return (typeof key === 'number' ? object.prefixItems?.[key] : undefined) ?? object.items ?? {};
  }
  if (typeof key === 'string') {
    const property = Object.hasOwn(object.properties ?? {}, key) ? object.properties?.[key] : undefined;
    if (property !== undefined) return property;
  }
  return typeof object.additionalProperties === 'object' ? object.additionalProperties : {};
}

function literalSchema(value: string | number | boolean | null): PortSchema {
  switch (typeof value) {
    case 'string':
      return { type: 'string', const: value };
    case 'number':
      return { type: Number.isInteger(value) ? 'integer' : 'number', const: value };
    case 'boolean':
      return { type: 'boolean', const: value };
    default:
      return { type: 'null' };
  }
}

function expressionSchema(expression: Expression, scope: TypeScope): PortSchema {
  switch (expression.kind) {
    case 'literal':
      return literalSchema(expression.value);
    case 'reference':
      return scope(expression.reference);
    case 'property':
      return memberSchema(expressionSchema(expression.object, scope), expression.name);
    case 'index':
      return memberSchema(
        expressionSchema(expression.object, scope),
        expression.index.kind === 'literal' ? expression.index.value : undefined,
      );
    case 'comparison':
      return { type: 'boolean' };
    case 'call':
      return callSchema(
        expression.name,
        expression.arguments.map((argument) => expressionSchema(argument, scope)),
      );
    case 'list':
      return listSchema(expression.items.map((item) => expressionSchema(item, scope)));
    case 'object':
      return objectSchema(
        expression.entries.map((entry) => [entry.key, expressionSchema(entry.value, scope)] as const),
      );
  }
}

/** A list that stands there: how many members it has, the type of each, and of all where they share one. */
function listSchema(items: readonly PortSchema[]): PortSchema {
  const [first] = items;
  const count = { minItems: items.length, maxItems: items.length };
  if (first === undefined) return { type: 'array', ...count };
  const places = { prefixItems: [...items], ...count };
  const same = items.every((item) => JSON.stringify(item) === JSON.stringify(first));
  if (same) return { type: 'array', items: first, ...places };
  const sameType = items.every((item) => item.type === first.type);
  return sameType && first.type !== undefined
    ? { type: 'array', items: { type: first.type }, ...places }
    : { type: 'array', ...places };
}

function objectSchema(entries: readonly (readonly [string, PortSchema])[]): PortSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(entries),
    required: entries.map(([key]) => key),
  };
}

/**
 * The type a value will have, from the types of its references: as exact as the small language allows, empty where
 * it cannot be known. A constant's own value stands in `const`.
 */
export function inferSchema(value: Json, scope: TypeScope): PortSchema {
  if (typeof value === 'string') {
    if (!value.includes('${')) return literalSchema(value);
    const template = parseTemplate(value);
    if (!template.ok) return {};
    const sole = soleExpression(template.value);
    return sole === null ? { type: 'string' } : expressionSchema(sole, scope);
  }
  if (Array.isArray(value)) return listSchema(value.map((item) => inferSchema(item, scope)));
  if (typeof value === 'object' && value !== null) {
    return objectSchema(Object.entries(value).map(([key, item]) => [key, inferSchema(item, scope)] as const));
  }
  return literalSchema(value);
}
