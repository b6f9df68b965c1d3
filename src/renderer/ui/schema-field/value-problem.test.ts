import { expect, it } from 'vitest';
import { valueProblem, valueProblems } from './value-problem.ts';

it('says in words why a value does not fit its port', () => {
  expect(valueProblem({ type: 'string', format: 'cidr' }, '10.0.0.0/99')).toMatch(/such as 10.40.0.0\/16/);
  expect(valueProblem({ type: 'string', format: 'cidr' }, '10.0.0.0/16')).toBeNull();
  expect(valueProblem({ type: 'integer' }, 'three')).toBe('A text does not fit a whole number.');
  expect(valueProblem({ enum: ['small', 'large'] }, 'tiny')).toBe('"tiny" is not one of "small", "large".');
  expect(valueProblem({ type: 'string' }, undefined)).toBeNull();
  expect(valueProblem({ type: 'integer', exclusiveMinimum: 0 }, 0)).toBe('Must be more than 0.');
  expect(valueProblem({ type: 'string', pattern: '^a' }, 'b')).toBe('Must match ^a.');
  const zones = { type: 'array', items: { type: 'string', pattern: '^eu-' }, minItems: 2 } as const;
  expect(valueProblem(zones, ['eu-west-1a'])).toBe('Must have at least 2 members.');
  expect(valueProblem(zones, ['eu-west-1a', 'us-east-1a'])).toBe('At [1]: must match ^eu-.');
  expect(valueProblem(zones, ['eu-west-1a', 'eu-west-1b'])).toBeNull();
  const pair = {
    type: 'array',
    prefixItems: [{ type: 'string' }, { type: 'number' }],
    minItems: 2,
    maxItems: 2,
  } as const;
  expect(valueProblem({ ...pair, prefixItems: [...pair.prefixItems] }, ['a', 'b'])).toBe(
    'At [1]: a text does not fit a number.',
  );
  const tags = { type: 'object', additionalProperties: { type: 'string' }, propertyNames: { minLength: 2 } } as const;
  expect(valueProblem(tags, { a: 'x' })).toBe('The name "a" must have at least 2 characters.');
});

it('names what is missing', () => {
  const ports = { properties: { cidr: { type: 'string' }, size: { type: 'string' } } as const, required: ['cidr'] };
  expect(valueProblems(ports, {})).toEqual({ cidr: 'It has to be set.' });
  expect(valueProblems(ports, { cidr: 'x', size: 4 })).toEqual({});
});
