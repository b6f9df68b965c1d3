import type { PortSchema } from '#shared/model/index.ts';
import { constantOf, lastPart } from './constants.ts';
import { modelOf } from './models.ts';
import type { Expression } from './syntax/ast.ts';
import { parsePython } from './syntax/parse-module.ts';
import { limitsOf, ofChoices, withLimits, type PythonType, type TypeContext } from './type-parts.ts';

const unknownType: PythonType = { schema: {}, known: false, optional: false };

/** Types of single values by the last part of their name; the standard library's and pydantic's. */
const simpleTypes: Readonly<Record<string, PortSchema>> = {
  str: { type: 'string' },
  int: { type: 'integer' },
  float: { type: 'number' },
  Decimal: { type: 'number' },
  bool: { type: 'boolean' },
  Path: { type: 'string', format: 'path' },
  PurePath: { type: 'string', format: 'path' },
  FilePath: { type: 'string', format: 'path' },
  DirectoryPath: { type: 'string', format: 'path' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  UUID: { type: 'string', format: 'uuid' },
  EmailStr: { type: 'string', format: 'email' },
  HttpUrl: { type: 'string', format: 'uri' },
  AnyUrl: { type: 'string', format: 'uri' },
  AnyHttpUrl: { type: 'string', format: 'uri' },
  IPv4Address: { type: 'string', format: 'ipv4' },
  IPv6Address: { type: 'string', format: 'ipv6' },
  IPv4Network: { type: 'string', format: 'cidr' },
  IPvAnyNetwork: { type: 'string', format: 'cidr' },
  SecretStr: { type: 'string', 'x-sensitive': true },
  SecretBytes: { type: 'string', 'x-sensitive': true },
  StrictStr: { type: 'string' },
  StrictInt: { type: 'integer' },
  StrictBool: { type: 'boolean' },
  PositiveInt: { type: 'integer', minimum: 1 },
  NonNegativeInt: { type: 'integer', minimum: 0 },
  NegativeInt: { type: 'integer', maximum: -1 },
  PositiveFloat: { type: 'number', exclusiveMinimum: 0 },
  NonNegativeFloat: { type: 'number', minimum: 0 },
};

const lists = new Set(['list', 'List', 'Sequence', 'Iterable', 'Collection', 'tuple', 'Tuple', 'deque']);
const sets = new Set(['set', 'Set', 'frozenset', 'FrozenSet', 'AbstractSet']);
const maps = new Set(['dict', 'Dict', 'Mapping', 'MutableMapping', 'OrderedDict', 'defaultdict']);

function ofName(name: string, context: TypeContext): PythonType {
  const last = lastPart(name);
  if (name === 'None') return { schema: { type: 'null' }, known: true, optional: true };
  if (last === 'Any' || last === 'object') return { schema: {}, known: true, optional: true };
  if (lists.has(last)) return { schema: { type: 'array' }, known: true, optional: false };
  if (sets.has(last)) return { schema: { type: 'array', uniqueItems: true }, known: true, optional: false };
  if (maps.has(last)) return { schema: { type: 'object', additionalProperties: {} }, known: true, optional: false };
  const model = modelOf(name, context, typeOfAnnotation);
  if (model !== null) return { schema: model, known: true, optional: false };
  const alias = context.module.constants.get(name);
  if (alias !== undefined && !context.within.includes(name)) {
    return typeOfAnnotation(alias, { ...context, within: [...context.within, name] });
  }
  const simple = simpleTypes[last];
  return simple === undefined ? unknownType : { schema: simple, known: true, optional: false };
}

function ofEither(options: readonly Expression[], context: TypeContext): PythonType {
  const types = options.map((option) => typeOfAnnotation(option, context));
  const values = types.filter(({ schema }) => schema.type !== 'null');
  const optional = types.some((type) => type.optional);
  const [only, second] = values;
  if (only !== undefined && second === undefined) return { ...only, optional: optional || only.optional };
  // Several types at once are more than a port can say; what is certain is that something is given.
  return { schema: {}, known: values.every(({ known }) => known), optional };
}

function ofSubscript(name: string, items: readonly Expression[], context: TypeContext): PythonType {
  const last = lastPart(name);
  const [first, second] = items;
  if (first === undefined) return unknownType;
  if (last === 'Optional') return { ...typeOfAnnotation(first, context), optional: true };
  if (last === 'Union') return ofEither(items, context);
  if (last === 'Literal') return ofChoices(items.map((item) => constantOf(item, context.module)));
  if (last === 'Annotated') return withMarks(typeOfAnnotation(first, context), items.slice(1), context);
  if (['Required', 'NotRequired', 'ReadOnly', 'Final', 'ClassVar'].includes(last))
    return typeOfAnnotation(first, context);
  const inner = typeOfAnnotation(first, context);
  const several = items.filter((item) => !(item.type === 'other' && item.text === '...'));
  if (lists.has(last)) {
    if (/tuple/i.test(last) && several.length === items.length) {
      const members = items.map((item) => typeOfAnnotation(item, context));
      const count = { minItems: members.length, maxItems: members.length };
      const schema: PortSchema = { type: 'array', prefixItems: members.map((member) => member.schema), ...count };
      return { schema, known: members.every(({ known }) => known), optional: false };
    }
    const same = several.length === 1 || !/tuple/i.test(last);
    return { schema: { type: 'array', ...(same ? { items: inner.schema } : {}) }, known: inner.known, optional: false };
  }
  if (sets.has(last))
    return { schema: { type: 'array', uniqueItems: true, items: inner.schema }, known: inner.known, optional: false };
  if (maps.has(last) && second !== undefined) {
    const value = typeOfAnnotation(second, context);
    return { schema: { type: 'object', additionalProperties: value.schema }, known: value.known, optional: false };
  }
  return unknownType;
}

/** What `Annotated`, `Field(…)` and `typer.Option(…)` add to a type. */
function withMarks(type: PythonType, marks: readonly Expression[], context: TypeContext): PythonType {
  const limits = marks.flatMap((mark) => (mark.type === 'call' ? [limitsOf(mark.args, context.module)] : []));
  return { ...type, schema: limits.reduce(withLimits, type.schema) };
}

/** pydantic's types within limits, which are written as calls: `conint(gt=0)`. */
const limited: Readonly<Record<string, PortSchema>> = {
  constr: { type: 'string' },
  conint: { type: 'integer' },
  confloat: { type: 'number' },
  condecimal: { type: 'number' },
  conlist: { type: 'array' },
  conset: { type: 'array', uniqueItems: true },
};

function ofCall({ callee, args }: Extract<Expression, { type: 'call' }>, context: TypeContext): PythonType {
  const base = limited[lastPart(callee)];
  if (base === undefined) return unknownType;
  const member = args.find(({ name }) => name === null || name === 'item_type');
  const items = base.type !== 'array' || member === undefined ? null : typeOfAnnotation(member.value, context);
  const schema = items === null ? base : { ...base, items: items.schema };
  const known = items?.known ?? true;
  return { schema: withLimits(schema, limitsOf(args, context.module)), known, optional: false };
}

/** The type that an annotation names; a text is an annotation written ahead of its definition. */
export function typeOfAnnotation(annotation: Expression, context: TypeContext): PythonType {
  switch (annotation.type) {
    case 'name':
      return ofName(annotation.name, context);
    case 'either':
      return ofEither(annotation.options, context);
    case 'subscript':
      return annotation.of.type === 'name' ? ofSubscript(annotation.of.name, annotation.items, context) : unknownType;
    case 'constant': {
      if (annotation.value === null) return { schema: { type: 'null' }, known: true, optional: true };
      if (typeof annotation.value !== 'string') return unknownType;
      const ahead = parsePython(`x: ${annotation.value}\nx = (${annotation.value})`).constants.get('x');
      return ahead === undefined || ahead.type === 'constant' ? unknownType : typeOfAnnotation(ahead, context);
    }
    case 'call':
      return ofCall(annotation, context);
    default:
      return unknownType;
  }
}
