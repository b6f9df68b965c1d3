import type { Json } from '#shared/base/json.ts';
import type { PortSchema, Ports } from '#shared/model/index.ts';
import { attributeSchema } from './attribute-types.ts';
import { expressionText } from './hcl-parse.ts';
import { parseLiteral } from './literal.ts';
import type { ResourceSchemas } from './provider-schemas/provider-schemas.ts';
import { splitOutside } from './split-outside.ts';
import { typeOfConstant } from './variables.ts';

/** What expressions of a module can refer to. */
export interface TypeContext {
  readonly variables: Ports;
  readonly locals: ReadonlyMap<string, Json>;
  readonly modules: ReadonlyMap<string, Ports>;
  /** What providers say of their resource types; null where nothing is known of any. */
  readonly schemas?: ResourceSchemas | null;
  /** Gets the schemas that a type was taken from. */
  readonly taken?: Set<string>;
  /** Names bound by `for`, innermost last. */
  readonly bound?: ReadonlyMap<string, PortSchema>;
  readonly depth?: number;
}

const maximumDepth = 12;
const string: PortSchema = { type: 'string' };
const texts =
  'join format formatdate lower upper title trim trimspace trimprefix trimsuffix replace substr tostring jsonencode yamlencode base64encode base64decode cidrsubnet cidrhost cidrnetmask basename dirname pathexpand abspath file templatefile md5 sha1 sha256 uuid timestamp timeadd chomp indent strrev urlencode nonsensitive_text';
const textFunctions: ReadonlySet<string> = new Set(texts.split(' '));
const numberFunctions: ReadonlySet<string> = new Set(
  'length abs ceil floor max min parseint tonumber sum index log pow signum'.split(' '),
);
const booleanFunctions: ReadonlySet<string> = new Set(
  'can contains alltrue anytrue tobool startswith endswith fileexists issensitive'.split(' '),
);
const listFunctions: ReadonlySet<string> = new Set(
  'concat compact distinct sort reverse tolist flatten slice toset setunion setintersection setsubtract'.split(' '),
);

/** A called module: an object of its outputs, or with `count` and `for_each` several of those. */
const moduleKey = 'x-module';

function itemOf({ type, items = {}, additionalProperties, description, properties }: PortSchema): PortSchema {
  if (type === 'array') return items;
  if (typeof additionalProperties === 'object') return additionalProperties;
  return properties === undefined || description === moduleKey ? {} : common(Object.values(properties));
}

/** The type of a constant inside of an expression, member by member. */
function typeOfLiteral(value: Json): PortSchema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return typeOfConstant(value);
  const entries = Object.entries(value).map(([name, inner]) => [name, typeOfLiteral(inner)] as const);
  return { type: 'object', properties: Object.fromEntries(entries), required: entries.map(([name]) => name) };
}

function isEmptyObject({ properties }: PortSchema): boolean {
  return properties !== undefined && Object.keys(properties).length === 0;
}

function common(schemas: readonly PortSchema[]): PortSchema {
  const known = schemas.filter(({ type }) => type !== undefined && type !== 'null');
  const [first] = known;
  if (first === undefined || known.length < schemas.filter(({ type }) => type !== 'null').length) return {};
  if (known.every((schema) => JSON.stringify(schema) === JSON.stringify(first))) return first;
  if (!known.every((schema) => schema.type === first.type)) return {};
  // Of one kind, but each within limits of its own: only the kind holds for all.
  const sensitive = known.some((schema) => schema['x-sensitive'] === true);
  return { ...kindOf(first, known), ...(sensitive ? { 'x-sensitive': true } : {}) };
}

function kindOf({ type }: PortSchema, all: readonly PortSchema[]): PortSchema {
  if (type === 'array') return { type, items: common(all.map(({ items = {} }) => items)) };
  const maps = all.every(({ properties }) => properties === undefined);
  return type === 'object' && maps ? { type, additionalProperties: common(all.map(itemOf)) } : { type };
}

function callType(name: string, inner: string, context: TypeContext): PortSchema {
  const parts = (): readonly PortSchema[] =>
    splitOutside(inner, ',')
      .filter((part) => part !== '')
      .map((part) => inferText(part, context));
  if (textFunctions.has(name)) return string;
  if (numberFunctions.has(name)) return { type: 'number' };
  if (booleanFunctions.has(name)) return { type: 'boolean' };
  if (listFunctions.has(name)) {
    const items = common(parts().map((part) => (name === 'flatten' ? itemOf(itemOf(part)) : itemOf(part))));
    return { type: 'array', items, ...(name.includes('set') ? { uniqueItems: true } : {}) };
  }
  switch (name) {
    case 'keys':
    case 'split':
      return { type: 'array', items: string };
    case 'values':
      return { type: 'array', items: itemOf(parts()[0] ?? {}) };
    case 'one':
    case 'element':
    case 'lookup':
      return itemOf(parts()[0] ?? {});
    case 'try':
    case 'coalesce':
    case 'coalescelist':
      return common(parts().slice(0, 1));
    case 'sensitive':
      return { ...parts()[0], 'x-sensitive': true };
    case 'nonsensitive':
      return { ...parts()[0], 'x-sensitive': false };
    case 'zipmap':
      return { type: 'object', additionalProperties: itemOf(parts()[1] ?? {}) };
    case 'tomap':
    case 'merge':
      // `merge({}, …)` begins with a map of no type.
      return {
        type: 'object',
        additionalProperties: common(
          parts()
            .filter((part) => !isEmptyObject(part))
            .map(itemOf),
        ),
      };
    default:
      return {};
  }
}

const listFor = /^\[\s*for\s+([\w-]+)(?:\s*,\s*([\w-]+))?\s+in\s+([\s\S]+)\]$/;
const mapFor = /^\{\s*for\s+([\w-]+)(?:\s*,\s*([\w-]+))?\s+in\s+([\s\S]+)\}$/;

function forType(text: string, context: TypeContext): PortSchema | null {
  const list = listFor.exec(text);
  const match = list ?? mapFor.exec(text);
  if (match === null) return null;
  const [, first = '', second, rest = ''] = match;
  const [source = '', ...results] = splitOutside(rest, ':');
  const result = splitOutside(results.join(':'), ' if ')[0] ?? '';
  const bound = new Map(context.bound);
  bound.set(second ?? first, elementType(source, context));
  const inside = { ...context, bound };
  if (list !== null) return { type: 'array', items: inferText(result, inside) };
  const value = splitOutside(result, '=>')[1] ?? '';
  return { type: 'object', additionalProperties: inferText(value.replace(/\.\.\.$/, ''), inside) };
}

/** A resource itself stands as an object whose attributes are looked up by type. */
const resourceKey = 'x-resource:';

function resourceSchema(type: string): PortSchema {
  return { type: 'object', description: `${resourceKey}${type}` };
}

function elementType(source: string, context: TypeContext): PortSchema {
  const schema = inferText(source, context);
  // A resource with count or for_each: its elements are the resource again.
  return schema.description?.startsWith(resourceKey) === true ? schema : itemOf(schema);
}

function resourceMember(address: string, name: string, { schemas, taken }: TypeContext): PortSchema {
  const [kind, type] = address.startsWith('data.')
    ? (['data', address.slice(5)] as const)
    : (['resource', address] as const);
  const wellKnown = attributeSchema(type, name);
  const found = schemas?.attribute(kind, type, name) ?? null;
  if (found === null) return wellKnown;
  if (found.schema.type !== undefined) taken?.add(found.from);
  // Bindings do not tell what is sensitive.
  return wellKnown['x-sensitive'] === true ? { ...found.schema, 'x-sensitive': true } : found.schema;
}

function member(schema: PortSchema, name: string, context: TypeContext): PortSchema {
  if (schema.description?.startsWith(resourceKey) === true) {
    return resourceMember(schema.description.slice(resourceKey.length), name, context);
  }
  const property = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;
  if (property === undefined) return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return schema['x-sensitive'] === true ? { ...property, 'x-sensitive': true } : property;
}

const stepPattern =
  /\.([\p{L}_][\p{L}\p{N}_-]*)|\.(\d+)|(\[\*\]|\.\*)|\[((?:[^[\]"]|"(?:[^"\\]|\\.)*"|\[[^\]]*\])*)\]/uy;

function walk(start: PortSchema, steps: string, context: TypeContext): PortSchema {
  let schema = start;
  let splat = false;
  stepPattern.lastIndex = 0;
  for (let at = 0; at < steps.length; at = stepPattern.lastIndex) {
    const step = stepPattern.exec(steps);
    if (step === null) return {};
    if (step[3] !== undefined) {
      schema = elementOf(schema);
      splat = true;
    } else if (step[1] !== undefined) schema = member(schema, step[1], context);
    else schema = indexed(schema, step[2] ?? step[4] ?? '', context);
  }
  return splat ? { type: 'array', items: schema } : schema;
}

/** What an index takes: a member by its place, or by its name when that is written out. */
function indexed(schema: PortSchema, index: string, context: TypeContext): PortSchema {
  const [, name] = /^\s*"([^"\\$%]*)"\s*$/.exec(index) ?? [];
  const isObject = schema.properties !== undefined && schema.description !== moduleKey;
  if (name !== undefined && isObject) return member(schema, name, context);
  return schema.prefixItems?.[Number(index)] ?? elementOf(schema);
}

function elementOf(schema: PortSchema): PortSchema {
  return schema.description?.startsWith(resourceKey) === true ? schema : itemOf(schema);
}

function rootOf(text: string, context: TypeContext): { readonly schema: PortSchema; readonly rest: string } | null {
  const match = /^([\p{L}_][\p{L}\p{N}_-]*)(?:\.([\p{L}_][\p{L}\p{N}_-]*))?/u.exec(text);
  const [whole, root = '', name = ''] = match ?? [];
  if (whole === undefined) return null;
  const bound = context.bound?.get(root);
  if (bound !== undefined) return { schema: bound, rest: text.slice(root.length) };
  const rest = text.slice(whole.length);
  switch (root) {
    case 'var':
      return { schema: context.variables.properties[name] ?? {}, rest };
    case 'local': {
      const local = context.locals.get(name);
      return { schema: local === undefined ? {} : inferType(local, context), rest };
    }
    case 'module': {
      const ports = context.modules.get(name);
      return ports === undefined
        ? null
        : { schema: { ...ports, type: 'object', description: moduleKey }, rest: rest.replace(/^\[[^\]]*\](?=\.)/, '') };
    }
    case 'data': {
      const data = /^\.([\p{L}_][\p{L}\p{N}_-]*)/u.exec(rest);
      return data === null ? null : { schema: resourceSchema(`data.${name}`), rest: rest.slice(data[0].length) };
    }
    case 'path':
    case 'terraform':
      return { schema: string, rest: '' };
    default:
      return name === '' || ['each', 'count', 'self'].includes(root) ? null : { schema: resourceSchema(root), rest };
  }
}

function operatorType(text: string, context: TypeContext): PortSchema | null {
  const [condition, ...branches] = splitOutside(text, '?');
  if (condition !== undefined && branches.length > 0) {
    return common(splitOutside(branches.join('?'), ':').map((branch) => inferText(branch, context)));
  }
  for (const operator of ['||', '&&', '==', '!=', '<=', '>=', ' < ', ' > ']) {
    if (splitOutside(text, operator).length > 1) return { type: 'boolean' };
  }
  if (text.startsWith('!')) return { type: 'boolean' };
  for (const operator of [' + ', ' - ', ' * ', ' / ', ' % ']) {
    if (splitOutside(text, operator).length > 1) return { type: 'number' };
  }
  return null;
}

function bracketed(text: string, context: TypeContext): PortSchema | null {
  if (/^\[[\s\S]*\]$/.test(text)) {
    const items = splitOutside(text.slice(1, -1), ',').filter((part) => part !== '');
    return { type: 'array', items: common(items.map((item) => inferText(item, context))) };
  }
  return /^\{[\s\S]*\}$/.test(text) ? { type: 'object' } : null;
}

function inferText(raw: string, context: TypeContext): PortSchema {
  const depth = (context.depth ?? 0) + 1;
  if (depth > maximumDepth) return {};
  const inside = { ...context, depth };
  const text = raw.trim();
  if (/^"(?:[^"\\]|\\.)*"$/.test(text) || /^<<-?/.test(text)) return string;
  const literal = parseLiteral(text);
  if (literal.ok) return literal.value === null ? { type: 'null' } : typeOfLiteral(literal.value);
  const operated = forType(text, inside) ?? operatorType(text, inside) ?? bracketed(text, inside);
  if (operated !== null) return operated;
  const call = /^([a-z_0-9]+)\(/.exec(text);
  if (call !== null) {
    const end = closingAt(text, call[0].length);
    const schema = callType(call[1] ?? '', text.slice(call[0].length, end), inside);
    return walk(schema, text.slice(end + 1), inside);
  }
  const root = rootOf(text, inside);
  return root === null ? {} : walk(root.schema, root.rest, inside);
}

/** Where the bracket that opened just before `from` closes. */
function closingAt(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

function inferAny(value: Json, context: TypeContext): PortSchema {
  if (typeof value === 'string') {
    const expression = expressionText(value);
    return expression === null ? string : inferText(expression, context);
  }
  if (Array.isArray(value)) return { type: 'array', items: common(value.map((item) => inferType(item, context))) };
  if (typeof value !== 'object' || value === null) return typeOfConstant(value);
  const entries = Object.entries(value).map(([key, item]) => [key, inferType(item, context)] as const);
  return { type: 'object', properties: Object.fromEntries(entries), required: entries.map(([key]) => key) };
}

/**
 * The type of a value in a module (JSON form of hcl2json), where it follows from declared variables, locals, modules,
 * functions and well-known attributes; an empty schema where it does not. Defaults, origins and descriptions of what
 * it refers to are not carried over; sensitivity is.
 */
export function inferType(value: Json, context: TypeContext): PortSchema {
  const {
    default: _default,
    deprecated: _deprecated,
    description,
    'x-origin': _origin,
    'x-conditions': _conditions,
    'x-nullable': _nullable,
    ...schema
  } = inferAny(value, {
    ...context,
    depth: (context.depth ?? 0) + 1,
  });
  // A resource as a whole is an object of a shape only its provider knows.
  return description?.startsWith(resourceKey) === true && context.bound === undefined ? { type: 'object' } : schema;
}
