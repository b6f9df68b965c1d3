import { describe, expect, it } from 'vitest';
import { parseTypeConstraint } from './type-constraint.ts';

describe('type constraints', () => {
  it.each([
    ['string', { type: 'string' }],
    ['list(number)', { type: 'array', items: { type: 'number' } }],
    ['set(string)', { type: 'array', items: { type: 'string' }, uniqueItems: true }],
    ['map(any)', { type: 'object', additionalProperties: {} }],
    ['list', { type: 'array', items: {} }],
    [
      'tuple([string, bool])',
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'boolean' }], minItems: 2, maxItems: 2 },
    ],
    [
      `object({
         name = string # the name
         zones = optional(list(string), ["a", "b"])
         tags  = optional(map(string)),
         inner = object({ size = optional(number, 5) })
       })`,
      {
        type: 'object',
        properties: {
          name: { type: 'string' },
          zones: { type: 'array', items: { type: 'string' }, default: ['a', 'b'] },
          tags: { type: 'object', additionalProperties: { type: 'string' } },
          inner: {
            type: 'object',
            properties: { size: { type: 'number', default: 5 } },
            required: [],
            additionalProperties: false,
          },
        },
        required: ['name', 'inner'],
        additionalProperties: false,
      },
    ],
  ])('%s', (text, schema) => {
    expect(parseTypeConstraint(text)).toEqual({ ok: true, value: schema });
  });

  it('says what is wrong with one that is none', () => {
    expect(parseTypeConstraint('strin')).toEqual({ ok: false, problems: ['"strin" is not a type'] });
    expect(parseTypeConstraint('list(string')).toMatchObject({ ok: false, problems: ['expected ")", found the end'] });
    expect(parseTypeConstraint('string string')).toMatchObject({ ok: false });
  });
});
