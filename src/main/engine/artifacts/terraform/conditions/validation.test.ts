import { describe, expect, it } from 'vitest';
import type { PortSchema } from '#shared/model/index.ts';
import { parseTypeConstraint } from '../type-constraint.ts';
import { portablePattern } from './portable-pattern.ts';
import { withValidation } from './validation.ts';

/** What is added to the type of `x` by a condition; the message is "no". */
function said(type: string, condition: string): PortSchema {
  const parsed = parseTypeConstraint(type);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return withValidation(parsed.value, { variable: 'x', condition, message: 'no' });
}

const text = (limits: PortSchema): PortSchema => ({ type: 'string', ...limits });
const number = (limits: PortSchema): PortSchema => ({ type: 'number', ...limits });
const texts = (limits: PortSchema): PortSchema => ({ type: 'array', items: { type: 'string' }, ...limits });
const map = (limits: PortSchema): PortSchema => ({
  type: 'object',
  additionalProperties: { type: 'string' },
  ...limits,
});

describe('conditions that a schema says exactly', () => {
  it.each<[string, string, PortSchema]>([
    ['number', 'var.x > 0 && var.x < 10', number({ exclusiveMinimum: 0, exclusiveMaximum: 10 })],
    ['number', '1 <= var.x && 65535 >= var.x', number({ minimum: 1, maximum: 65_535 })],
    ['number', 'var.x >= 1 && var.x >= 5', number({ minimum: 5 })],
    ['number', '!(var.x < 3)', number({ minimum: 3 })],
    ['number', 'var.x == 1 || var.x == 2', number({ enum: [1, 2] })],
    ['number', 'floor(var.x) == var.x && var.x >= 0', { type: 'integer', minimum: 0 }],
    ['number', 'var.x % 1 == 0', { type: 'integer' }],
    ['number', 'contains([2, 3], var.x)', number({ enum: [2, 3] })],
    ['number', 'var.x == null ? true : var.x <= 7', number({ maximum: 7 })],
    ['number', 'try(var.x > -1.5, false)', number({ exclusiveMinimum: -1.5 })],
    ['bool', 'var.x', { type: 'boolean', enum: [true] }],
    ['bool', '!var.x', { type: 'boolean', enum: [false] }],
    ['bool', 'var.x == false', { type: 'boolean', enum: [false] }],
    ['string', 'contains(["a", "b"], var.x)', text({ enum: ['a', 'b'] })],
    ['string', 'contains(toset(["a", "b"]), var.x)', text({ enum: ['a', 'b'] })],
    ['string', '"a" == var.x || var.x == "b" || contains(["c"], var.x)', text({ enum: ['a', 'b', 'c'] })],
    ['string', 'anytrue([var.x == "a", var.x == "b"])', text({ enum: ['a', 'b'] })],
    ['string', 'startswith(var.x, "a.b")', text({ pattern: String.raw`^a\.b` })],
    ['string', 'endswith(var.x, "-x")', text({ pattern: '-x$' })],
    ['string', 'substr(var.x, 0, 4) == "ami-"', text({ pattern: '^ami-' })],
    ['string', 'length(var.x) > 4 && substr(var.x, 0, 4) == "ami-"', text({ pattern: '^ami-', minLength: 5 })],
    ['string', 'can(regex("^[a-z]+$", var.x))', text({ pattern: '^[a-z]+$' })],
    ['string', 'length(regexall("^[a-z]", var.x)) > 0', text({ pattern: '^[a-z]' })],
    ['string', 'length(regexall("_", var.x)) == 0', text({ pattern: String.raw`^(?![\s\S]*?(?:_))` })],
    ['string', '!can(regex("_", var.x))', text({ pattern: String.raw`^(?![\s\S]*?(?:_))` })],
    ['string', 'var.x != ""', text({ minLength: 1 })],
    ['string', 'length(var.x) == 12', text({ minLength: 12, maxLength: 12 })],
    ['string', 'length(var.x) != 0', text({ minLength: 1 })],
    ['string', '3 <= length(var.x) && length(var.x) < 64', text({ minLength: 3, maxLength: 63 })],
    ['string', 'var.x == "" || startswith(var.x, "a")', text({ pattern: '(?:^(?:)$)|(?:^a)' })],
    ['string', 'var.x == null || can(cidrhost(var.x, 0))', text({ format: 'cidr' })],
    ['string', 'can(cidrnetmask(var.x))', text({ format: 'cidr', pattern: '^[^:]*$' })],
    ['string', 'var.x != null', text({ 'x-nullable': false })],
    ['list(string)', 'length(var.x) >= 2 && length(var.x) <= 4', texts({ minItems: 2, maxItems: 4 })],
    ['list(string)', 'length(distinct(var.x)) == length(var.x)', texts({ uniqueItems: true })],
    ['list(string)', 'length(setsubtract(var.x, ["a", "b"])) == 0', texts({ items: text({ enum: ['a', 'b'] }) })],
    ['list(string)', 'alltrue([for one in var.x : startswith(one, "a")])', texts({ items: text({ pattern: '^a' }) })],
    ['list(string)', '!anytrue([for one in var.x : one == ""])', texts({ items: text({ minLength: 1 }) })],
    ['set(number)', 'length(var.x) > 0', { type: 'array', items: { type: 'number' }, uniqueItems: true, minItems: 1 }],
    ['map(string)', 'length(var.x) < 3', map({ maxProperties: 2 })],
    [
      'map(string)',
      'alltrue([for k, v in var.x : length(v) > 1])',
      map({ additionalProperties: text({ minLength: 2 }) }),
    ],
    ['map(string)', 'alltrue([for k, v in var.x : k != ""])', map({ propertyNames: { minLength: 1 } })],
    ['map(string)', 'alltrue([for k in keys(var.x) : k != ""])', map({ propertyNames: { minLength: 1 } })],
    [
      'list(object({ cidr = string, size = optional(number) }))',
      'alltrue([for s in var.x : can(cidrhost(s.cidr, 0)) && (s.size == null || s.size > 0)])',
      {
        type: 'array',
        items: {
          type: 'object',
          properties: { cidr: text({ format: 'cidr' }), size: number({ exclusiveMinimum: 0 }) },
          required: ['cidr'],
          additionalProperties: false,
        },
      },
    ],
  ])('%s: %s', (type, condition, schema) => {
    expect(said(type, condition)).toEqual(schema);
  });
});

describe('conditions that a schema cannot say', () => {
  it.each([
    ['number', 'var.x % 2 == 1'],
    ['number', 'var.x != 0'],
    ['number', 'var.x == 0 || var.x > 10'],
    ['number', 'contains(["1"], var.x)'],
    ['number', 'var.x < var.y'],
    ['string', 'var.x > 5'],
    ['string', 'var.x == 5'],
    ['string', 'can(regex("(?i)^a", var.x))'],
    ['string', 'can(regex("^${var.y}", var.x))'],
    ['string', 'contains(["a"], lower(var.x))'],
    ['string', 'can(cidrhost(var.x, 32))'],
    ['string', 'var.y == null || var.x == "a"'],
    ['list(string)', 'alltrue([for one in var.x : one == "a" if one != "b"])'],
    ['list(string)', 'anytrue([for one in var.x : one == "a"])'],
    ['list(object({ size = optional(number) }))', 'alltrue([for s in var.x : s.size > 0])'],
    ['tuple([string, string])', 'alltrue([for one in var.x : one == "a"])'],
    ['object({ a = string })', 'length(var.x) > 0'],
    ['any', 'can(regex("^a", var.x))'],
    ['string', 'this is none'],
  ])('stay as their words: %s: %s', (type, condition) => {
    const parsed = parseTypeConstraint(type);
    expect(said(type, condition)).toEqual({ ...(parsed.ok ? parsed.value : {}), 'x-conditions': ['no'] });
  });

  it('are said as far as that goes, and kept as words for the rest', () => {
    expect(said('number', 'var.x > 0 && var.x % 2 == 1')).toEqual(
      number({ exclusiveMinimum: 0, 'x-conditions': ['no'] }),
    );
  });

  it('bind `&&` tighter than `||`', () => {
    expect(said('string', 'var.x == "a" || var.x == "b" && var.y == 1')).toEqual(text({ 'x-conditions': ['no'] }));
    expect(said('string', '(var.x == "a" || var.x == "b") && var.y == 1')).toEqual(
      text({ enum: ['a', 'b'], 'x-conditions': ['no'] }),
    );
  });
});

describe('patterns', () => {
  it.each([
    ['^[a-z][a-z0-9-]{2,}$', '^[a-z][a-z0-9-]{2,}$'],
    [String.raw`^\d+\.\d+$`, String.raw`^\d+\.\d+$`],
    [String.raw`a\s.b`, String.raw`a[\t\n\f\r ][^\n]b`],
    [String.raw`\Aabc\z`, '^abc$'],
    [String.raw`\/\_\-`, String.raw`\/_-`],
    ['[[:alpha:]_]+', '[A-Za-z_]+'],
    [String.raw`[\w-.]`, String.raw`[\w\-.]`],
    ['[]a]', String.raw`[\]a]`],
    ['(?P<year>[0-9]+)', '(?:[0-9]+)'],
    [String.raw`\x{1F600}`, String.raw`\u{1F600}`],
  ])('%s means %s', (go, portable) => {
    expect(portablePattern(go)).toBe(portable);
  });

  it.each([
    '(?i)abc',
    '(?=a)',
    '(?P<a>x)(y)',
    String.raw`(a)\1`,
    String.raw`\pL`,
    String.raw`\cA`,
    String.raw`\u0041`,
    '[[:^alpha:]]',
    'a{1001}',
    '[a',
    String.raw`[\b]`,
  ])('%s is left to the tool', (go) => {
    expect(portablePattern(go)).toBeNull();
  });
});
