import { expect, test } from 'vitest';
import type { JsonObject } from '#shared/base/json.ts';
import { withoutSecrets } from './without-secrets.ts';

const gone = '(removed)';
const clean = (attributes: JsonObject, ...marked: string[][]) => withoutSecrets(attributes, marked);

test('every variable of a map goes, whatever it is called', () => {
  const attributes = { environment: [{ variables: { KEY: 'hunter2', NAME: 'x', VALUE: 'y' } }] };
  expect(clean(attributes)).toEqual({ environment: [{ variables: { KEY: gone, NAME: gone, VALUE: gone } }] });
});

test('what is marked goes inside of variables as well, at any depth', () => {
  const attributes = { environment: [{ variables: { PIN: 1234, PORT: 80 } }], env: [{ name: 'orders', value: 'x' }] };
  expect(clean(attributes, ['environment', '0', 'variables', 'PIN'], ['env', '0', 'name'])).toEqual({
    environment: [{ variables: { PIN: gone, PORT: 80 } }],
    env: [{ name: gone, value: gone }],
  });
  expect(clean(attributes, ['environment'], ['env'])).toEqual({ environment: gone, env: gone });
});

test('a mark whose way cannot be told takes all that lies there', () => {
  expect(clean({ setting: [{ note: 'hunter2' }], kept: 'kept' }, ['setting', '', 'note'])).toEqual({
    setting: gone,
    kept: 'kept',
  });
});

test('names of pairs stay where there is a value beside them', () => {
  expect(
    clean({
      env: [{ name: 'DB_HOST', value: 'db' }, { name: 'hunter2' }],
      origin: [{ domain_name: 'shop.example', custom_header: [{ name: 'x-origin', value: 'hunter2' }] }],
    }),
  ).toEqual({
    env: [{ name: 'DB_HOST', value: gone }, { name: gone }],
    origin: [{ domain_name: 'shop.example', custom_header: [{ name: 'x-origin', value: gone }] }],
  });
});

test('a pair that its name gives away loses its value anywhere; any other keeps it', () => {
  expect(
    clean({
      parameter: [
        { name: 'master_password', value: 'hunter2' },
        { name: 'max_connections', value: '100' },
      ],
    }),
  ).toEqual({
    parameter: [
      { name: 'master_password', value: gone },
      { name: 'max_connections', value: '100' },
    ],
  });
});

test('what the clouds’ own listings leave out is left out of states: build variables, commands, keys in settings', () => {
  expect(
    clean({
      build_environment_variables: { A: 'hunter2' },
      substitutions: { _A: 'hunter2' },
      settings: '{"commandToExecute":"hunter2","storageAccountKey":"hunter2","fileUris":["x"]}',
    }),
  ).toEqual({
    build_environment_variables: { A: gone },
    substitutions: { _A: gone },
    settings: { commandToExecute: gone, storageAccountKey: gone, fileUris: ['x'] },
  });
});

test('the value of an option goes from a list of arguments, in a text of JSON too', () => {
  const command = ['serve', '--password', 'hunter2', '--port', '80'];
  const cleaned = ['serve', '--password', gone, '--port', '80'];
  expect(clean({ command, container_definitions: JSON.stringify([{ command }]) })).toEqual({
    command: cleaned,
    container_definitions: [{ command: cleaned }],
  });
});
