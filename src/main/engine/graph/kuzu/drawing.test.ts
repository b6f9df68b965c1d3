import { expect, test } from 'vitest';
import { createDrawing } from './drawing.ts';

const at = (offset: number, table = 0) => ({ offset, table });
const resource = (offset: number) => ({
  _id: at(offset),
  _label: 'Resource',
  id: `arn:${offset}`,
  native_id: `i-${offset}`,
  name: offset === 0 ? 'web' : '',
  kind: 'aws.ec2.instance',
  category: 'machine',
  cloud: 'aws',
  region: 'eu-west-1',
  scope_id: 's',
  is_stub: false,
  stale: true,
});
const relationship = (offset: number, from: number, to: number) => ({
  _id: at(offset, 9),
  _label: 'TARGETS',
  _src: at(from),
  _dst: at(to),
});

test('nodes and relationships are found alone, in paths and in lists, each once', () => {
  const drawing = createDrawing();
  drawing.note(resource(0));
  drawing.note({ _nodes: [resource(0), resource(1)], _rels: [relationship(0, 0, 1)] });
  drawing.note([[relationship(0, 0, 1), relationship(1, 0, 1)], 'text', 3, null, new Date(0)]);
  const view = drawing.finish();
  expect(view?.nodes.map(({ id, label }) => [id, label])).toEqual([
    ['arn:0', 'web'],
    ['arn:1', 'i-1'],
  ]);
  expect(view?.edges).toEqual([{ from: 'arn:0', to: 'arn:1', type: 'TARGETS', count: 2 }]);
  expect(view).toMatchObject({ hidden: 0, nodes: [{ stale: true, category: 'machine', cloud: 'aws' }, {}] });
});

test('other tables stand under their name, and a relationship without its ends is no line', () => {
  const drawing = createDrawing();
  drawing.note({ _id: at(0, 4), _label: 'Scope', id: 'aws:account:1', name: 'prod', cloud: 'aws' });
  drawing.note(relationship(0, 7, 8));
  expect(drawing.finish()).toMatchObject({ nodes: [{ label: 'prod', kind: 'Scope', category: 'other' }], edges: [] });
});

test('values alone are no picture', () => {
  const drawing = createDrawing();
  drawing.note({ a: 1, b: [2] });
  expect(drawing.finish()).toBeNull();
});
