import { expect, it } from 'vitest';
import { exampleDocument, examplePalette } from '#test/support/canvas/example.ts';
import { connectionMeaning, targetsFor, type Joined } from './connection-meaning.ts';

const around = { document: exampleDocument, palette: examplePalette };

function meaning(source: string, target: string): unknown {
  const end = (text: string) => {
    const [node = '', port = '@head'] = text.split('/');
    return { node, port };
  };
  const [from, to] = [end(source), end(target)];
  const joined: Joined = { source: from.node, sourceHandle: from.port, target: to.node, targetHandle: to.port };
  const result = connectionMeaning(around, joined);
  return result.ok ? result.value : result.problems[0];
}

it('tells from the handles what a new wire means', () => {
  expect(meaning('network/vpc_id', 'database/name')).toMatchObject({ type: 'connect', asItem: false });
  expect(meaning('network/vpc_id', 'database/groups')).toMatchObject({ type: 'connect', asItem: true });
  expect(meaning('network', 'database')).toEqual({ type: 'set-after', node: 'database', after: ['network'] });
  expect(meaning('database/port', '@outputs')).toMatchObject({
    type: 'connect',
    to: { node: '@outputs', port: 'port' },
  });
  expect(meaning('application/url', '@outputs')).toMatchObject({ to: { port: 'url_2' } });
  expect(meaning('@inputs', 'database/name')).toMatchObject({
    type: 'expose-input',
    name: 'name',
    input: { type: 'string' },
  });
});

it('says why it means nothing', () => {
  expect(meaning('network', 'application')).toBe('application runs after network already');
  expect(meaning('application', 'network')).toMatch(/circle/);
  expect(meaning('network/vpc_id', 'database')).toBe('choose one of its inputs');
  expect(meaning('network/private_subnet_ids', 'database/name')).toBe('a list of text does not fit a text');
});

it('offers the inputs of a node a wire was dropped on, missing ones first', () => {
  const targets = targetsFor(around, { node: 'network', port: 'vpc_id' }, 'database');
  expect(targets.map(({ to, fit }) => `${to.port} ${fit.fits}`)).toEqual([
    'name true',
    'subnet_ids true',
    'password true',
    'groups true',
  ]);
});
