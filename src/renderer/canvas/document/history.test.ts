import { expect, it } from 'vitest';
import { exampleModel } from '#test/support/canvas/example.ts';
import type { CanvasCommand } from './commands.ts';
import { emptyHistory, perform, redo, redoText, undo, undoText, type Edited } from './history.ts';

function edit(edited: Edited, command: CanvasCommand, at: number): Edited {
  const result = perform(edited, command, at);
  if (!result.ok) throw new Error(result.problems.join(' '));
  return result.value;
}

const start: Edited = { model: exampleModel, history: emptyHistory };

it('goes back to the beginning and forward to the end', () => {
  const commands: CanvasCommand[] = [
    { type: 'rename-node', from: 'network', to: 'net' },
    { type: 'remove-nodes', names: ['database'] },
    { type: 'set-boundary', boundary: 'networking' },
  ];
  const end = commands.reduce((edited, command, index) => edit(edited, command, index * 10_000), start);
  expect(undoText(end.history)).toBe('set the boundary to networking');
  const begun = undo(undo(undo(undo(end))));
  expect(begun.model).toBe(exampleModel);
  expect(redoText(begun.history)).toBe('rename network to net');
  expect(redo(redo(redo(redo(begun)))).model).toEqual(end.model);
});

it('takes quick keystrokes into one field as one step, and a pause or another field as the next', () => {
  const type = (value: string): CanvasCommand => ({ type: 'set-input', node: 'database', input: 'name', value });
  let edited = edit(start, type('m'), 1000);
  edited = edit(edited, type('ma'), 1200);
  edited = edit(edited, type('main'), 9000);
  edited = edit(edited, { type: 'set-input', node: 'network', input: 'name', value: 'x' }, 9100);
  expect(edited.history.past).toHaveLength(3);
  expect(undo(undo(edited)).model.document.nodes['database']?.set?.['name']).toBe('ma');
});

it('forgets what was undone once something else is done, and remembers nothing that changes nothing', () => {
  const removed = edit(start, { type: 'remove-nodes', names: ['database'] }, 0);
  const other = edit(undo(removed), { type: 'set-boundary', boundary: 'data' }, 1);
  expect(redo(other)).toBe(other);
  const same = perform(start, { type: 'rename-node', from: 'network', to: 'network' }, 2);
  expect(same).toEqual({ ok: true, value: start });
});
