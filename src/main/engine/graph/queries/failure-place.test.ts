import { expect, test } from 'vitest';
import { placeOfFailure } from './failure-place.ts';

test.each([
  [
    'Parser exception: Invalid input <MATCH …>: expected rule x (line: 2, offset: 2)',
    'MATCH (r)\n  RETUR r',
    2,
    3,
    'RETUR',
  ],
  ['Parser exception: mismatched input (line: 1, offset: 25)', 'MATCH (é:R) RETURN é.id, 😀', 1, 26, '😀'],
  ['Parser exception: mismatched input (line: 1, offset: 4)', "'😀' x", 1, 6, 'x'],
  ['Binder exception: Variable x is not in scope.', 'MATCH (r)\nRETURN x.id', 2, 8, 'x'],
  ['Binder exception: Table Resourse does not exist.', 'MATCH (r:Resourse) RETURN r', 1, 10, 'Resourse'],
  ['Binder exception: Cannot find property foo for r.', 'MATCH (r) RETURN r.foo', 1, 20, 'foo'],
  ['Catalog exception: function FOO does not exist.', 'RETURN foo(1)', 1, 8, 'foo'],
])('%s', (message, statement, line, column, word) => {
  expect(placeOfFailure(message, statement)).toEqual({ line, column, word });
});

test.each([
  ['Runtime exception: something else', 'RETURN 1'],
  ['Binder exception: Variable y is not in scope.', 'RETURN x'],
  ['(line: 9, offset: 0)', 'RETURN x'],
])('%s of %s has no place', (message, statement) => {
  expect(placeOfFailure(message, statement)).toBeNull();
});
