import { describe, expect, it } from 'vitest';
import { exampleDocument, exampleModel, examplePalette } from '#test/support/canvas/example.ts';
import { applyCommand, type CanvasCommand } from '../document/commands.ts';
import { placeMissing } from '../layout/lay-out.ts';
import { createCanvasStore } from './canvas-store.ts';

const positions = placeMissing(exampleDocument, exampleModel.positions);
const source = {
  name: 'regional-infrastructure',
  readOnly: false,
  document: exampleDocument,
  positions,
  revision: 'r1',
  palette: examplePalette,
};
const setName = (value: string): CanvasCommand => ({ type: 'set-input', node: 'network', input: 'name', value });

function onDisk(command: CanvasCommand, revision = 'r2') {
  const result = applyCommand({ document: exampleDocument, positions }, command);
  if (!result.ok) throw new Error(result.problems.join(' '));
  return { model: result.value, revision };
}

function openStore(readOnly = false) {
  let time = 0;
  return createCanvasStore({ ...source, readOnly }, () => (time += 10_000));
}

describe('an open blueprint', () => {
  it('is unsaved after an edit and saved again when the edit is undone', () => {
    const store = openStore();
    store.getState().commanded(setName('main'));
    expect(store.getState().save.phase).toBe('unsaved');
    store.getState().undone();
    expect(store.getState().save.phase).toBe('saved');
    expect(store.getState().said?.text).toBe('Undone: set network.name');
  });

  it('stays unsaved when something was edited while the save ran', () => {
    const store = openStore();
    store.getState().commanded(setName('main'));
    const sent = store.getState().model;
    store.getState().saveBegan();
    store.getState().commanded(setName('other'));
    store.getState().saveEnded({ model: sent, revision: 'r2' }, sent);
    expect(store.getState()).toMatchObject({ save: { phase: 'unsaved' }, disk: { revision: 'r2' } });
  });

  it('takes over a change of the file and can undo it', () => {
    const store = openStore();
    store.getState().diskRead(onDisk(setName('disk')));
    expect(store.getState().model.document.nodes['network']?.set?.['name']).toBe('disk');
    expect(store.getState().save.phase).toBe('saved');
    store.getState().undone();
    expect(store.getState().model.document).toEqual(exampleDocument);
    expect(store.getState().save.phase).toBe('unsaved');
  });

  it('keeps its own edit and a change of another place on disk', () => {
    const store = openStore();
    store.getState().commanded(setName('ours'));
    store.getState().diskRead(onDisk({ type: 'set-input', node: 'database', input: 'name', value: 'disk' }));
    const { model, conflict, save } = store.getState();
    expect(conflict).toBeNull();
    expect(model.document.nodes['network']?.set?.['name']).toBe('ours');
    expect(model.document.nodes['database']?.set?.['name']).toBe('disk');
    expect(save.phase).toBe('unsaved');
  });

  it('asks when both changed the same place, and saves what was chosen on top of the file', () => {
    const store = openStore();
    store.getState().commanded(setName('ours'));
    store.getState().diskRead(onDisk(setName('disk')));
    expect(store.getState().conflict?.merge.conflicts).toHaveLength(1);
    store.getState().conflictSettled(new Set());
    expect(store.getState()).toMatchObject({ conflict: null, disk: { revision: 'r2' }, save: { phase: 'unsaved' } });
    expect(store.getState().model.document.nodes['network']?.set?.['name']).toBe('ours');
  });

  it('refuses every edit of a published version and says so', () => {
    const store = openStore(true);
    expect(store.getState().commanded(setName('x'))).toBe(false);
    expect(store.getState().said).toMatchObject({ refusal: true, text: 'A published version cannot be changed.' });
    expect(store.getState().model.document).toBe(exampleDocument);
  });

  it('leads to the field a problem belongs to', () => {
    const store = openStore();
    store.getState().fieldAsked('nodes.database.set.name', 'database');
    expect(store.getState()).toMatchObject({
      selection: { nodes: ['database'] },
      focus: { field: 'nodes.database.set.name' },
    });
  });
});
