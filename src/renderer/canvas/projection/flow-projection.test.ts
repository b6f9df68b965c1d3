import { expect, it } from 'vitest';
import { exampleDocument, exampleModel, examplePalette } from '#test/support/canvas/example.ts';
import { applyCommand } from '../document/commands.ts';
import { flowEdges, flowNodes } from './flow-projection.ts';

const state = {
  model: exampleModel,
  palette: examplePalette,
  selection: { nodes: ['database'], wires: [] },
  unfolded: new Set<string>(),
};

it('draws every node with its place, and keeps those that did not change', () => {
  const nodes = flowNodes(state);
  expect(nodes.map(({ id, position, selected }) => [id, position.x, selected])).toEqual([
    ['@inputs', 0, false],
    ['network', 0, false],
    ['database', 300, true],
    ['application', 600, false],
    ['@outputs', 0, false],
  ]);
  const measured = nodes.map((node) => ({ ...node, measured: { width: 10, height: 20 } }));
  const again = flowNodes({ ...state, selection: { nodes: ['network'], wires: [] } }, measured);
  expect(again.map((node, index) => node === measured[index])).toEqual([true, false, false, true, true]);
  expect(again[1]).toMatchObject({ selected: true, measured: { width: 10 } });
});

it('draws a wire to a port that does not exist at the head of the node, and none to a node that is gone', () => {
  const result = applyCommand(exampleModel, {
    type: 'set-input',
    node: 'application',
    input: 'odd',
    value: '${database.nothing}',
  });
  if (!result.ok) throw new Error(result.problems.join(' '));
  const edges = flowEdges({ ...state, model: result.value });
  expect(edges.find(({ id }) => id === 'database.nothing>application.odd')).toMatchObject({
    sourceHandle: '@head',
    targetHandle: 'odd',
    ariaLabel: 'database.nothing to application.odd',
  });
  const { application: _application, ...nodes } = exampleDocument.nodes;
  const dangling = flowEdges({ ...state, model: { ...exampleModel, document: { ...exampleDocument, nodes } } });
  expect(dangling.map(({ id }) => id)).not.toContain('application.url>@outputs.url');
});
