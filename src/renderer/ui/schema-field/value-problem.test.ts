import { expect, it } from 'vitest';
import { valueProblem, valueProblems } from './value-problem.ts';

it('says in words why a value does not fit its port', () => {
  expect(valueProblem({ type: 'string', format: 'cidr' }, '10.0.0.0/99')).toMatch(/such as 10.40.0.0\/16/);
  expect(valueProblem({ type: 'string', format: 'cidr' }, '10.0.0.0/16')).toBeNull();
  expect(valueProblem({ type: 'integer' }, 'three')).toBe('A text does not fit a whole number.');
  expect(valueProblem({ enum: ['small', 'large'] }, 'tiny')).toBe('"tiny" is not one of "small", "large".');
  expect(valueProblem({ type: 'string' }, undefined)).toBeNull();
});

it('names what is missing', () => {
  const ports = { properties: { cidr: { type: 'string' }, size: { type: 'string' } } as const, required: ['cidr'] };
  expect(valueProblems(ports, {})).toEqual({ cidr: 'It has to be set.' });
  expect(valueProblems(ports, { cidr: 'x', size: 4 })).toEqual({});
});
