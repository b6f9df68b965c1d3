import type { PortSchema } from '#shared/model/index.ts';
import { failed, ok, type Result } from '#shared/base/result.ts';
import { readLiteral, WordReader } from './literal.ts';

type Parsed = Result<PortSchema, string>;

const primitives: ReadonlyMap<string, PortSchema> = new Map<string, PortSchema>([
  ['string', { type: 'string' }],
  ['number', { type: 'number' }],
  ['bool', { type: 'boolean' }],
  ['any', {}],
]);

function expected(what: string, reader: WordReader): Parsed {
  const { word } = reader;
  const found = word.kind === 'end' ? 'the end' : `"${word.kind === 'number' ? word.value : word.text}"`;
  return failed([`expected ${what}, found ${found}`]);
}

function inParentheses(reader: WordReader, inner: () => Parsed): Parsed {
  if (!reader.take('(')) return expected('"("', reader);
  const parsed = inner();
  if (!parsed.ok) return parsed;
  reader.take(',');
  return reader.take(')') ? parsed : expected('")"', reader);
}

function readTuple(reader: WordReader): Parsed {
  if (!reader.take('[')) return expected('"["', reader);
  const members: PortSchema[] = [];
  while (!reader.take(']')) {
    const member = readType(reader);
    if (!member.ok) return member;
    members.push(member.value);
    if (!reader.take(',') && !reader.isSymbol(']')) return expected('"," or "]"', reader);
  }
  const count = { minItems: members.length, maxItems: members.length };
  return ok({ type: 'array', ...(members.length === 0 ? {} : { prefixItems: members }), ...count });
}

interface Attribute {
  readonly schema: PortSchema;
  readonly optional: boolean;
}

function readAttribute(reader: WordReader): Result<Attribute, string> {
  if (reader.word.kind !== 'name' || reader.word.text !== 'optional') {
    const type = readType(reader);
    return type.ok ? ok({ schema: type.value, optional: false }) : type;
  }
  reader.next();
  if (!reader.take('(')) return failed(['expected "(" after optional']);
  const type = readType(reader);
  if (!type.ok) return type;
  let schema = type.value;
  if (reader.take(',') && !reader.isSymbol(')')) {
    const value = readLiteral(reader);
    if (!value.ok) return value;
    schema = { ...schema, default: value.value };
  }
  reader.take(',');
  return reader.take(')') ? ok({ schema, optional: true }) : failed(['expected ")" to close optional']);
}

function readObject(reader: WordReader): Parsed {
  if (!reader.take('{')) return expected('"{"', reader);
  const properties: [string, PortSchema][] = [];
  const required: string[] = [];
  while (!reader.take('}')) {
    const key = reader.word;
    if (key.kind !== 'name' && key.kind !== 'string') return expected('an attribute name', reader);
    reader.next();
    if (!reader.take('=') && !reader.take(':')) return expected('"="', reader);
    const attribute = readAttribute(reader);
    if (!attribute.ok) return attribute;
    properties.push([key.text, attribute.value.schema]);
    if (!attribute.value.optional) required.push(key.text);
    reader.take(',');
  }
  return ok({
    type: 'object',
    properties: Object.fromEntries(properties),
    required,
    additionalProperties: false,
  });
}

function readCollection(kind: 'list' | 'set' | 'map', reader: WordReader): Parsed {
  // `list` and `map` alone are the old way to say "of anything".
  const items = reader.isSymbol('(') ? inParentheses(reader, () => readType(reader)) : ok({});
  if (!items.ok) return items;
  switch (kind) {
    case 'list':
      return ok({ type: 'array', items: items.value });
    case 'set':
      return ok({ type: 'array', items: items.value, uniqueItems: true });
    case 'map':
      return ok({ type: 'object', additionalProperties: items.value });
  }
}

function readType(reader: WordReader): Parsed {
  const { word } = reader;
  if (word.kind !== 'name') return expected('a type', reader);
  const primitive = primitives.get(word.text);
  switch (word.text) {
    case 'list':
    case 'set':
    case 'map':
      reader.next();
      return readCollection(word.text, reader);
    case 'tuple':
      reader.next();
      return inParentheses(reader, () => readTuple(reader));
    case 'object':
      reader.next();
      return inParentheses(reader, () => readObject(reader));
    default:
      if (primitive === undefined) return failed([`"${word.text}" is not a type`]);
      reader.next();
      return ok({ ...primitive });
  }
}

/**
 * Turns a Terraform type constraint into a port's type: `string`, `number`, `bool`, `any`, `list`, `set`, `map`,
 * `tuple`, `object` with `optional(type, default)`; also the quoted and bare forms of old modules.
 */
export function parseTypeConstraint(text: string): Parsed {
  const reader = new WordReader(text);
  const parsed = readType(reader);
  return parsed.ok && reader.word.kind !== 'end' ? expected('the end of the type', reader) : parsed;
}
