import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../base/json.ts';
import type { PortSchema } from '../model/artifact.ts';
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
    expect(fits(text, { type: 'string', enum: ['a'] })).toEqual({ fits: true, note: 'must turn out to be one of "a"' });
  });
});

const scalar = fc.constantFrom<PortSchema>(text, number, { type: 'integer' }, { type: 'boolean' });
const { schema } = fc.letrec<{ schema: PortSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    scalar,
    tie('schema').map((items): PortSchema => list(items)),
    tie('schema').map((of): PortSchema => ({ type: 'object', additionalProperties: of })),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'))
      .map((properties): PortSchema => ({ type: 'object', properties, required: Object.keys(properties) })),
  ),
}));

function valueOf(schema: PortSchema): fc.Arbitrary<Json> {
  switch (schema.type) {
    case 'string':
      return fc.string();
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'integer':
      return fc.integer();
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf(schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? fc.dictionary(fc.string(), valueOf(schema.additionalProperties), { maxKeys: 3 })
        : fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([k, of]) => [k, valueOf(of)])));
    default:
      return fc.constant(null);
  }
}

/** What the tools accept at run time, written down independently of `fits`. */
function accepted(value: Json, schema: PortSchema): boolean {
  switch (schema.type) {
    case 'string':
      return value === null || typeof value !== 'object';
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value) && value.every((item) => accepted(item, schema.items ?? {}));
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      const of = schema.additionalProperties;
      if (typeof of === 'object') return Object.values(value).every((item) => accepted(item, of));
      return (schema.required ?? []).every(
        (name) => Object.hasOwn(value, name) && accepted(value[name] ?? null, schema.properties?.[name] ?? {}),
      );
    }
    default:
      return true;
  }
}

describe('fits, over random types', () => {
  it('is reflexive', () => {
    fc.assert(
      fc.property(schema, (type) => {
        expect(fits(type, type).fits).toBe(true);
      }),
    );
  });

  it('is sound: what fits without a note is accepted, value by value', () => {
    fc.assert(
      fc.property(
        fc.tuple(schema, schema).chain(([from, to]) => fc.tuple(fc.constant(from), fc.constant(to), valueOf(from))),
        ([from, to, value]) => {
          const fit = fits(from, to);
          expect(!fit.fits || fit.note !== undefined || accepted(value, to)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
