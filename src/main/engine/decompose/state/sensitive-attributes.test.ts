import { expect, it } from 'vitest';
import { sensitiveInState } from './sensitive-attributes.ts';
import { readState } from './state-file.ts';

function resource(name: string, more: Readonly<Record<string, unknown>>, paths: unknown): unknown {
  const instances = [{ attributes: {}, sensitive_attributes: paths }];
  return { mode: 'managed', type: 'x', name, provider: 'p', instances, ...more };
}

it('names the attributes of the root’s own resources that a state marks, whatever form the marks have', () => {
  const step = (value: unknown): unknown => ({ type: 'get_attr', value });
  const resources = [
    resource('a', {}, [[step('password')], [step('list'), { type: 'index', value: { value: 0 } }]]),
    resource('b', {}, undefined),
    resource('c', {}, 'not a list'),
    resource('d', { module: 'module.m' }, [[step('inside')]]),
    resource('e', { mode: 'data' }, [[step('read')]]),
  ];
  const text = JSON.stringify({ version: 4, serial: 1, lineage: 'l', resources });
  expect([...sensitiveInState(readState(text, 'the state').file)]).toEqual(['x.a.password', 'x.a.list']);
});
