import type { Json, JsonObject } from '../base/json.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { PortSchema } from '../model/artifact.ts';
import { limits } from './ast.ts';
import { cidrSubnet } from './cidr.ts';
import { formatText } from './format-text.ts';
import { textOf, typeName } from './json-text.ts';

interface PureFunction {
  readonly minimum: number;
  readonly maximum: number;
  readonly usage: string;
  readonly apply: (values: readonly Json[]) => Result<Json, string>;
  /** The type of the result from the types of the arguments; an empty schema means "any". */
  readonly result: (types: readonly PortSchema[]) => PortSchema;
}

const text: PureFunction['result'] = () => ({ type: 'string' });

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function onText(change: (value: string) => string): PureFunction['apply'] {
  return ([value = null]) =>
    typeof value === 'string' ? ok(change(value)) : failed([`needs a text, got ${typeName(value)}`]);
}

/** Lower-case letters, digits and single dashes: fit for names that clouds accept. */
function slug(value: string): string {
  return value
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

function join([separator = null, list = null]: readonly Json[]): Result<Json, string> {
  if (typeof separator !== 'string') return failed([`needs a text as separator, got ${typeName(separator)}`]);
  if (!Array.isArray(list)) return failed([`needs a list, got ${typeName(list)}`]);
  const parts: string[] = [];
  for (const item of list) {
    const part = textOf(item);
    if (!part.ok) return failed(part.problems);
    parts.push(part.value);
  }
  return ok(parts.join(separator));
}

function lookup([map = null, key = null, ...rest]: readonly Json[]): Result<Json, string> {
  if (!isObject(map)) return failed([`needs an object, got ${typeName(map)}`]);
  if (typeof key !== 'string') return failed([`needs a text as key, got ${typeName(key)}`]);
  const found = Object.hasOwn(map, key) ? map[key] : rest[0];
  return found === undefined
    ? failed([`finds no such key; there are ${Object.keys(map).join(', ') || 'none'}`])
    : ok(found);
}

function replaceAll([value = null, search = null, by = null]: readonly Json[]): Result<Json, string> {
  if (typeof value !== 'string' || typeof search !== 'string' || typeof by !== 'string') {
    return failed(['needs three texts']);
  }
  if (search === '') return failed(['cannot search for an empty text']);
  // Checked before the work, so that nested calls cannot grow without bound.
  const times = value.split(search).length - 1;
  if (value.length + times * (by.length - search.length) > limits.result) return failed(['gives too long a text']);
  return ok(value.split(search).join(by));
}

function concat(lists: readonly Json[]): Result<Json, string> {
  const all: Json[] = [];
  for (const list of lists) {
    if (!Array.isArray(list)) return failed([`needs lists, got ${typeName(list)}`]);
    if (all.length + list.length > limits.items) return failed(['gives too long a list']);
    all.push(...list);
  }
  return ok(all);
}

function coalesce(values: readonly Json[]): Result<Json, string> {
  const found = values.find((value) => value !== null && value !== '');
  return found === undefined ? failed(['finds only empty values']) : ok(found);
}

function element([list = null, index = null]: readonly Json[]): Result<Json, string> {
  if (!Array.isArray(list)) return failed([`needs a list, got ${typeName(list)}`]);
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0) {
    return failed(['needs a whole number, 0 or more, as index']);
  }
  const found = list[index % list.length];
  return found === undefined ? failed(['cannot take an element of an empty list']) : ok(found);
}

function length([value = null]: readonly Json[]): Result<Json, string> {
  if (typeof value === 'string') return ok(Array.from(value).length);
  if (Array.isArray(value)) return ok(value.length);
  return isObject(value) ? ok(Object.keys(value).length) : failed([`needs a list, got ${typeName(value)}`]);
}

function subnet([prefix = null, newBits = null, netNumber = null]: readonly Json[]): Result<Json, string> {
  if (typeof prefix !== 'string' || typeof newBits !== 'number' || typeof netNumber !== 'number') {
    return failed(['needs a range, a number of bits and a network number']);
  }
  return cidrSubnet(prefix, newBits, netNumber);
}

function commonType(types: readonly PortSchema[]): PortSchema {
  const [first] = types;
  return first !== undefined && types.every((type) => type.type === first.type) ? withoutMarks(first) : {};
}

function withoutMarks(schema: PortSchema): PortSchema {
  const { type, items, properties, additionalProperties } = schema;
  return { type, items, properties, additionalProperties };
}

// A Map, so that names such as "constructor" are not found.
const functions: ReadonlyMap<string, PureFunction> = new Map<string, PureFunction>([
  ['join', { minimum: 2, maximum: 2, usage: 'join(separator, list)', apply: join, result: text }],
  [
    'lower',
    { minimum: 1, maximum: 1, usage: 'lower(text)', apply: onText((value) => value.toLowerCase()), result: text },
  ],
  [
    'upper',
    { minimum: 1, maximum: 1, usage: 'upper(text)', apply: onText((value) => value.toUpperCase()), result: text },
  ],
  ['slug', { minimum: 1, maximum: 1, usage: 'slug(text)', apply: onText(slug), result: text }],
  [
    'lookup',
    {
      minimum: 2,
      maximum: 3,
      usage: 'lookup(object, key[, default])',
      apply: lookup,
      result: ([map]) => (typeof map?.additionalProperties === 'object' ? map.additionalProperties : {}),
    },
  ],
  [
    'cidr_subnet',
    {
      minimum: 3,
      maximum: 3,
      usage: 'cidr_subnet(range, new_bits, network_number)',
      apply: subnet,
      result: () => ({ type: 'string', format: 'cidr' }),
    },
  ],
  ['replace', { minimum: 3, maximum: 3, usage: 'replace(text, search, by)', apply: replaceAll, result: text }],
  [
    'format',
    {
      minimum: 1,
      maximum: 50,
      usage: 'format(pattern, value, …)',
      apply: ([pattern = null, ...values]) => formatText(pattern, values),
      result: text,
    },
  ],
  [
    'concat',
    {
      minimum: 1,
      maximum: 50,
      usage: 'concat(list, …)',
      apply: concat,
      result: (types) => ({ type: 'array', items: commonType(types.map((type) => type.items ?? {})) }),
    },
  ],
  [
    'coalesce',
    { minimum: 1, maximum: 50, usage: 'coalesce(value, …)', apply: coalesce, result: (types) => commonType(types) },
  ],
  [
    'element',
    { minimum: 2, maximum: 2, usage: 'element(list, index)', apply: element, result: ([list]) => list?.items ?? {} },
  ],
  [
    'length',
    { minimum: 1, maximum: 1, usage: 'length(list)', apply: length, result: () => ({ type: 'integer', minimum: 0 }) },
  ],
]);

/** The closed list of functions that expressions may call. */
export const functionNames: readonly string[] = [...functions.keys()];

/** Tells whether an expression may call this name. */
export function isFunctionName(name: string): boolean {
  return functions.has(name);
}

/** Calls a function; a failure is a sentence that names it and holds none of the values. */
export function callFunction(name: string, values: readonly Json[]): Result<Json, string> {
  const declared = functions.get(name);
  if (declared === undefined) return failed([`There is no function "${name}".`]);
  if (values.length < declared.minimum || values.length > declared.maximum) {
    return failed([`${name} is used as ${declared.usage}; it got ${values.length} values.`]);
  }
  const result = declared.apply(values);
  if (!result.ok) return failed(result.problems.map((problem) => withName(name, problem)));
  return typeof result.value === 'string' && result.value.length > limits.result
    ? failed([`${name} gives too long a text.`])
    : result;
}

function withName(name: string, problem: string): string {
  return problem.startsWith(name) ? problem : `${name} ${problem}.`;
}

/** The type a call gives, as far as it follows from the types of its arguments. */
export function callSchema(name: string, types: readonly PortSchema[]): PortSchema {
  return functions.get(name)?.result(types) ?? {};
}
