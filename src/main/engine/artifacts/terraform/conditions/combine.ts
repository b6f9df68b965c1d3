import type { Json } from '#shared/base/json.ts';
import type { PortSchema } from '#shared/model/index.ts';
import { bothPatterns, eitherPattern, noPattern, oneOfPattern } from './portable-pattern.ts';

type Keyword = keyof PortSchema;

const lowest: readonly Keyword[] = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const highest: readonly Keyword[] = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const inside: readonly Keyword[] = ['items', 'additionalProperties', 'propertyNames'];

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function isSchema(value: unknown): value is PortSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One keyword of both sides; undefined where no schema says both at once. */
function meetKeyword(keyword: Keyword, left: unknown, right: unknown): unknown {
  if (left === undefined || same(left, right)) return right;
  if (typeof left === 'number' && typeof right === 'number') {
    if (lowest.includes(keyword)) return Math.max(left, right);
    if (highest.includes(keyword)) return Math.min(left, right);
  }
  if (keyword === 'pattern' && typeof left === 'string' && typeof right === 'string') return bothPatterns(left, right);
  if (keyword === 'type' && left === 'number' && right === 'integer') return right;
  if (keyword === 'enum' && Array.isArray(left) && Array.isArray(right)) {
    const shared = left.filter((one) => right.some((two) => same(one, two)));
    return shared.length === 0 ? undefined : shared;
  }
  if (inside.includes(keyword) && isSchema(left) && isSchema(right)) return meet(left, right) ?? undefined;
  if (keyword === 'properties' && isSchema(left) && isSchema(right)) return meetProperties(left, right);
  return undefined;
}

function meetProperties(left: object, right: object): Record<string, unknown> | undefined {
  const result: Record<string, unknown> = { ...left };
  for (const [name, schema] of Object.entries(right)) {
    const met = meet((result[name] ?? {}) as PortSchema, schema as PortSchema);
    if (met === null) return undefined;
    result[name] = met;
  }
  return result;
}

/** The type that holds what both say, or null where none can. */
export function meet(left: PortSchema, right: PortSchema): PortSchema | null {
  const result: Record<string, unknown> = { ...left };
  for (const [keyword, value] of Object.entries(right)) {
    if (value === undefined) continue;
    const met = meetKeyword(keyword as Keyword, result[keyword], value);
    if (met === undefined) return null;
    result[keyword] = met;
  }
  return result;
}

/** What a limit becomes when it is denied, for those that count in whole steps. */
const opposite: Readonly<Record<string, readonly [Keyword, number]>> = {
  minimum: ['exclusiveMaximum', 0],
  maximum: ['exclusiveMinimum', 0],
  exclusiveMinimum: ['maximum', 0],
  exclusiveMaximum: ['minimum', 0],
  minLength: ['maxLength', -1],
  maxLength: ['minLength', 1],
  minItems: ['maxItems', -1],
  maxItems: ['minItems', 1],
  minProperties: ['maxProperties', -1],
  maxProperties: ['minProperties', 1],
};

function isTexts(values: readonly Json[]): values is readonly string[] {
  return values.every((value) => typeof value === 'string');
}

/** What holds exactly where the limit does not, or null where no schema says it. Only limits of one keyword. */
export function deny(limit: PortSchema): PortSchema | null {
  const [entry, more] = Object.entries(limit);
  if (entry === undefined || more !== undefined) return null;
  const [keyword, value] = entry as [string, Json];
  const turned = opposite[keyword];
  if (turned !== undefined && typeof value === 'number') {
    const bound = value + turned[1];
    return bound < 0 && turned[1] !== 0 ? null : { [turned[0]]: bound };
  }
  if (keyword === 'pattern' && typeof value === 'string') return { pattern: noPattern(value) };
  if (keyword !== 'enum' || !Array.isArray(value)) return null;
  const [first, second] = value;
  if (typeof first === 'boolean' && second === undefined) return { enum: [!first] };
  if (!isTexts(value)) return null;
  // Not the empty text: said plainly.
  return first === '' && second === undefined ? { minLength: 1 } : { pattern: noPattern(oneOfPattern(value)) };
}

/** A limit of texts as one pattern. */
function patternOf(limit: PortSchema): string | null {
  const patterns = Object.entries(limit).map(([keyword, value]): string | null => {
    if (keyword === 'pattern' && typeof value === 'string') return value;
    if (keyword === 'enum' && limit.enum !== undefined && isTexts(limit.enum)) return oneOfPattern(limit.enum);
    if (keyword === 'minLength') return String.raw`^[\s\S]{${value},}$`;
    return keyword === 'maxLength' ? String.raw`^[\s\S]{0,${value}}$` : null;
  });
  const [first = null, ...rest] = patterns;
  return rest.reduce((left, right) => (left === null || right === null ? null : bothPatterns(left, right)), first);
}

/** What holds where at least one of the limits does, or null where no schema says it. */
export function either(left: PortSchema, right: PortSchema): PortSchema | null {
  if (same(left, right)) return left;
  if (
    left.enum !== undefined &&
    right.enum !== undefined &&
    same([left, right].map(Object.keys), [['enum'], ['enum']])
  ) {
    return { enum: [...left.enum, ...right.enum.filter((one) => left.enum?.every((two) => !same(one, two)))] };
  }
  const [one, two] = [patternOf(left), patternOf(right)];
  return one === null || two === null ? null : { pattern: eitherPattern(one, two) };
}
