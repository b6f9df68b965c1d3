import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../base/json.ts';
import type { PortSchema } from '../model/artifact.ts';
import { inferSchema } from '../expressions/index.ts';
import { fits } from './index.ts';

const text: PortSchema = { type: 'string' };
const number: PortSchema = { type: 'number' };
const list = (items: PortSchema): PortSchema => ({ type: 'array', items });

describe('fits', () => {
  it.each<[string, PortSchema, PortSchema, string]>([
    ['a list is not a text', list(text), text, 'a list of text does not fit a text'],
    ['a text is not a number', text, number, 'a text does not fit a number'],
    ['members count', list(list(text)), list(text), 'at []: a list of text does not fit a text'],
    [
      'a choice outside',
      { type: 'string', enum: ['a', 'z'] },
      { type: 'string', enum: ['a', 'b'] },
      '"z" is not one of "a", "b"',
    ],
    [
      'a format',
      { type: 'string', format: 'arn' },
      { type: 'string', format: 'cidr' },
      'a text (arn) is not a text (cidr)',
    ],
    [
      'a constant',
      { type: 'string', const: 'x/1' },
      { type: 'string', format: 'cidr' },
      'is not an address range such as 10.0.0.0/16',
    ],
    [
      'a number that is too small',
      { type: 'integer', const: 0 },
      { type: 'integer', exclusiveMinimum: 0 },
      'must be more than 0',
    ],
    ['a range beside', { type: 'number', maximum: 1 }, { type: 'number', exclusiveMinimum: 1 }, 'must be more than 1'],
    [
      'half a whole number',
      { type: 'number', const: 0.5 },
      { type: 'integer' },
      'a number does not fit a whole number',
    ],
    ['too few members', { ...list(text), maxItems: 1 }, { ...list(text), minItems: 2 }, 'must have at least 2 members'],
    ['too many members', { ...list(text), minItems: 3 }, { ...list(text), maxItems: 2 }, 'must have at most 2 members'],
    [
      'a member in its place',
      { type: 'array', prefixItems: [number, list(text)] },
      { type: 'array', prefixItems: [text, text], minItems: 2, maxItems: 2 },
      'at [1]: a list of text does not fit a text',
    ],
    [
      'too many entries',
      { type: 'object', properties: { a: text, b: text }, required: ['a', 'b'] },
      { type: 'object', additionalProperties: text, maxProperties: 1 },
      'must have at most 1 entry',
    ],
    [
      'the name of an entry',
      { type: 'object', properties: { A: text }, required: ['A'] },
      { type: 'object', additionalProperties: text, propertyNames: { pattern: '^[a-z]+$' } },
      'the name "A" must match ^[a-z]+$',
    ],
    [
      'a choice too short',
      { type: 'string', enum: ['aa', 'b'] },
      { type: 'string', minLength: 2 },
      '"b" must have at least 2 characters',
    ],
    ['null where it may not be', { type: 'null' }, { type: 'string', 'x-nullable': false }, 'must not be null'],
    [
      'what is not kept',
      { type: 'string', 'x-ephemeral': true },
      text,
      'it is ephemeral: nothing keeps it after the run that makes it',
    ],
    [
      'a property that is missing',
      { type: 'object', properties: { a: text }, required: ['a'] },
      { type: 'object', properties: { a: text, b: text }, required: ['b'] },
      'the property "b" is missing',
    ],
  ])('%s', (...[, from, to, reason]) => {
    expect(fits(from, to)).toEqual({ fits: false, reason });
  });

  it('names what the tools convert', () => {
    expect(fits({ type: 'integer' }, text)).toEqual({ fits: true, coercion: 'number to text' });
    expect(fits(list(text), { ...list(text), uniqueItems: true })).toEqual({ fits: true, coercion: 'list to set' });
    expect(fits({}, number)).toEqual({ fits: true, note: 'the type is not known beforehand' });
    expect(fits(number, {})).toEqual({ fits: true });
    expect(fits({ type: 'null' }, { type: 'string', 'x-nullable': false, default: 'a' })).toEqual({ fits: true });
    expect(fits({ ...list(text), minItems: 2 }, { ...list(text), minItems: 1 })).toEqual({ fits: true });
    expect(fits(list(text), { ...list(text), minItems: 1 })).toEqual({
      fits: true,
      note: 'must turn out to have at least 1 member',
    });
    expect(fits({ type: 'integer', minimum: 1 }, { type: 'number', exclusiveMinimum: 0, maximum: 9 })).toEqual({
      fits: true,
      note: 'must turn out to be at most 9',
    });
    expect(fits(text, { type: 'string', enum: ['a'] })).toEqual({ fits: true, note: 'must turn out to be one of "a"' });
  });
});

/** Two limits, the lower one first; either may be absent. */
function range(low: number, high: number) {
  const bound = fc.option(fc.integer({ min: low, max: high }), { nil: undefined });
  return fc
    .tuple(bound, bound)
    .map(([one, two]) =>
      one !== undefined && two !== undefined && one > two ? ([two, one] as const) : ([one, two] as const),
    );
}

function limited(schema: PortSchema, limits: PortSchema): PortSchema {
  return { ...schema, ...Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)) };
}

const texts = fc.oneof(
  range(0, 6).map(([minLength, maxLength]) => limited(text, { minLength, maxLength })),
  fc.constantFrom<PortSchema>({ type: 'string', pattern: '^[ab]' }, { type: 'string', pattern: 'b$' }),
  fc
    .subarray(['a', 'b', '1', 'true'], { minLength: 1 })
    .map((choices): PortSchema => ({ type: 'string', enum: choices })),
);
const numbers = fc
  .tuple(fc.constantFrom<PortSchema>(number, { type: 'integer' }), range(-3, 3), fc.boolean())
  .map(([schema, [low, high], open]) =>
    limited(
      schema,
      open && low !== high ? { exclusiveMinimum: low, exclusiveMaximum: high } : { minimum: low, maximum: high },
    ),
  );
const { schema } = fc.letrec<{ schema: PortSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    texts,
    numbers,
    fc.constant<PortSchema>({ type: 'boolean' }),
    fc
      .tuple(tie('schema'), range(0, 3), fc.boolean())
      .map(([items, [minItems, maxItems], set]) =>
        limited(list(items), { minItems, maxItems, ...(set ? { uniqueItems: true } : {}) }),
      ),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((members): PortSchema => ({
      type: 'array',
      prefixItems: members,
      minItems: members.length,
      maxItems: members.length,
    })),
    fc
      .tuple(tie('schema'), range(0, 3), fc.option(texts, { nil: undefined }))
      .map(([of, [minProperties, maxProperties], propertyNames]) =>
        limited({ type: 'object', additionalProperties: of }, { minProperties, maxProperties, propertyNames }),
      ),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'))
      .map((properties): PortSchema => ({ type: 'object', properties, required: Object.keys(properties) })),
  ),
}));

const someText = fc.stringMatching(/^[ab1]{0,7}$/);

/** Values that may or may not keep to a type's limits; its kind they have. */
function roughly(schema: PortSchema): fc.Arbitrary<Json> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return someText;
    case 'number':
      return fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constantFrom(-2.5, 0.5, 2.5));
    case 'integer':
      return fc.integer({ min: -4, max: 4 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return schema.prefixItems === undefined
        ? fc.array(roughly(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: schema.maxItems ?? 4 })
        : fc.tuple(...schema.prefixItems.map(roughly)).map((members): Json => [...members]);
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? fc.dictionary(someText, roughly(schema.additionalProperties), {
            minKeys: schema.minProperties ?? 0,
            maxKeys: schema.maxProperties ?? 4,
            noNullPrototype: true,
          })
        : fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([k, of]) => [k, roughly(of)])), {
            noNullPrototype: true,
          });
    default:
      return fc.constant(null);
  }
}

/** What the tools make of a value for a port, written down independently of `fits`. */
function converted(value: Json, to: PortSchema): Json {
  if (Array.isArray(value) && to.type === 'array') {
    const members = value.map((item, index) => converted(item, to.prefixItems?.[index] ?? to.items ?? {}));
    const distinct = [...new Map(members.map((member) => [JSON.stringify(member), member])).values()];
    return to.uniqueItems === true ? distinct : members;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value).map(([name, item]) => {
      const of = to.properties?.[name] ?? (typeof to.additionalProperties === 'object' ? to.additionalProperties : {});
      return [name, converted(item, of)] as const;
    });
    return Object.fromEntries(entries);
  }
  return to.type === 'string' && (typeof value === 'number' || typeof value === 'boolean') ? String(value) : value;
}

const within = (count: number, least = 0, most = Infinity): boolean => count >= least && count <= most;

/** What JSON Schema allows, written down independently of `fits`. */
function isValid(value: Json, schema: PortSchema): boolean {
  if (schema.enum?.some((choice) => choice === value) === false) return false;
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string' || !within(value.length, schema.minLength, schema.maxLength)) return false;
      return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value);
    case 'number':
    case 'integer': {
      if (typeof value !== 'number' || (schema.type === 'integer' && !Number.isInteger(value))) return false;
      const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, minimum = -Infinity, maximum } = schema;
      return within(value, minimum, maximum) && value > exclusiveMinimum && value < exclusiveMaximum;
    }
    case 'boolean':
      return typeof value === 'boolean';
    case 'array': {
      if (!Array.isArray(value) || !within(value.length, schema.minItems, schema.maxItems)) return false;
      const distinct = new Set(value.map((item) => JSON.stringify(item))).size === value.length;
      if (schema.uniqueItems === true && !distinct) return false;
      return value.every((item, index) => isValid(item, schema.prefixItems?.[index] ?? schema.items ?? {}));
    }
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      const names = Object.keys(value);
      if (!within(names.length, schema.minProperties, schema.maxProperties)) return false;
      if (schema.required?.every((name) => Object.hasOwn(value, name)) === false) return false;
      return Object.entries(value).every(([name, item]) => {
        const rest = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
        return isValid(name, { ...schema.propertyNames }) && isValid(item, schema.properties?.[name] ?? rest);
      });
    }
    default:
      return true;
  }
}

describe('fits, over random types', () => {
  it('is reflexive', () => {
    fc.assert(
      fc.property(schema, (type) => {
        expect(fits(type, type)).toMatchObject({ fits: true });
      }),
    );
  });

  it('is sound: what fits without a note is accepted, value by value', () => {
    const counted = { accepted: 0, refused: 0, noted: 0 };
    fc.assert(
      fc.property(
        fc.tuple(schema, schema).chain(([from, to]) => fc.tuple(fc.constant(from), fc.constant(to), roughly(from))),
        ([from, to, value]) => {
          fc.pre(isValid(value, from));
          const fit = fits(from, to);
          const accepted = isValid(converted(value, to), to);
          counted[!fit.fits ? 'refused' : fit.note === undefined ? 'accepted' : 'noted'] += 1;
          expect(!fit.fits || fit.note !== undefined || accepted).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
    expect(Math.min(...Object.values(counted))).toBeGreaterThan(20);
  });

  it('says of a value that is known whether it is accepted, or that only the tool can tell', () => {
    fc.assert(
      fc.property(
        schema.chain((to) => fc.tuple(fc.constant(to), fc.oneof(roughly(to), schema.chain(roughly)))),
        ([to, value]) => {
          const fit = fits(
            inferSchema(value, () => ({})),
            to,
          );
          const accepted = isValid(converted(value, to), to);
          expect((fit.fits && fit.note !== undefined) || fit.fits === accepted).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
