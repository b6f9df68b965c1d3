import { expect, it } from 'vitest';
import { exampleDocument } from '#test/support/canvas/example.ts';
import { layOut, placeMissing } from './lay-out.ts';

it('places nodes from left to right in the order values flow, without overlaps', () => {
  const positions = layOut(exampleDocument, { network: { width: 300, height: 400 } });
  const order = Object.entries(positions).toSorted(([, one], [, other]) => one.x - other.x);
  expect(order.map(([id]) => id)).toEqual(['@inputs', 'network', 'database', 'application', '@outputs']);
  const network = positions['network']?.x ?? 0;
  expect(positions['database']?.x).toBeGreaterThan(network + 300);
});

it('keeps every place that is known and finds places for the rest', () => {
  const known = { network: { x: 100, y: 50 }, application: { x: 900, y: 50 } };
  const positions = placeMissing(exampleDocument, known);
  expect(positions).toMatchObject(known);
  expect(Object.keys(positions).sort()).toEqual(['@inputs', '@outputs', 'application', 'database', 'network']);
  expect(placeMissing(exampleDocument, positions)).toBe(positions);
});
