import { describe, expect, it } from 'vitest';
import { exampleDocument, examplePalette } from '#test/support/canvas/example.ts';
import { AppError, toWireError } from '#shared/errors/index.ts';
import type { Draft } from '#shared/model/index.ts';
import { createCanvasStore } from '../../../canvas/index.ts';
import { startAutosave, type SaveRequest } from './autosave.ts';

/** A folder with one draft: refuses a save that names an older revision, as the engine does. */
function folder() {
  let number = 1;
  let document = exampleDocument;
  let canvas: Draft['canvas'] = { positions: {} };
  const draft = (): Draft => ({
    name: 'regional-infrastructure',
    text: '',
    document,
    canvas,
    problems: [],
    revision: `r${number}`,
  });
  return {
    draft,
    write: (edit: (name: string) => typeof document) => {
      document = edit('');
      number += 1;
    },
    save: (request: SaveRequest): Promise<Draft> => {
      if (request.baseRevision !== `r${number}`) return Promise.reject(new AppError('conflict', 'Changed on disk.'));
      ({ document, canvas } = request);
      number += 1;
      return Promise.resolve(draft());
    },
  };
}

function open(disk: ReturnType<typeof folder>) {
  const { name, document, canvas, revision } = disk.draft();
  if (document === null) throw new Error('The example is readable.');
  const store = createCanvasStore({
    name,
    readOnly: false,
    document,
    positions: canvas.positions,
    revision,
    palette: examplePalette,
  });
  const saved: string[] = [];
  const autosave = startAutosave(store, {
    save: disk.save,
    read: () => Promise.resolve(disk.draft()),
    errorOf: toWireError,
    onSaved: (draft) => saved.push(draft.revision),
    delayMs: 5,
  });
  const setName = (node: string, value: string) =>
    store.getState().commanded({ type: 'set-input', node, input: 'name', value });
  return { store, autosave, saved, setName };
}

const withName = (node: string, value: string) => () => ({
  ...exampleDocument,
  nodes: {
    ...exampleDocument.nodes,
    [node]: { ...exampleDocument.nodes[node], use: exampleDocument.nodes[node]?.use ?? '', set: { name: value } },
  },
});

describe('autosave', () => {
  it('writes a moment after an edit', async () => {
    const disk = folder();
    const { store, saved, setName } = open(disk);
    setName('database', 'main');
    expect(store.getState().save.phase).toBe('unsaved');
    await expect.poll(() => saved).toEqual(['r2']);
    expect(store.getState().save.phase).toBe('saved');
    expect(disk.draft().document?.nodes['database']?.set?.['name']).toBe('main');
  });

  it('keeps both sides when the file changed elsewhere, and saves the whole', async () => {
    const disk = folder();
    const { store, autosave, setName } = open(disk);
    setName('database', 'ours');
    disk.write(() => ({ ...exampleDocument, summary: 'From an editor' }));
    await autosave.saveNow();
    expect(store.getState().save.phase).toBe('saved');
    expect(disk.draft().document).toMatchObject({
      summary: 'From an editor',
      nodes: { database: { set: { name: 'ours' } } },
    });
  });

  it('writes nothing while both sides wait for a choice', async () => {
    const disk = folder();
    const { store, autosave, setName } = open(disk);
    setName('network', 'ours');
    disk.write(withName('network', 'theirs'));
    await autosave.saveNow();
    expect(store.getState().conflict).not.toBeNull();
    await autosave.saveNow();
    expect(disk.draft().document?.nodes['network']?.set?.['name']).toBe('theirs');
    store.getState().conflictSettled(new Set());
    await autosave.saveNow();
    expect(disk.draft().document?.nodes['network']?.set?.['name']).toBe('ours');
  });

  it('writes over a file that cannot be read only when told to', async () => {
    const disk = folder();
    const { store, autosave } = open(disk);
    disk.write(() => ({ ...exampleDocument, summary: 'Broken in an editor' }));
    await autosave.saveNow();
    expect(disk.draft().document?.summary).toBe('Broken in an editor');
    store.getState().diskGivenUp(disk.draft().revision);
    await autosave.saveNow();
    expect(disk.draft().document).toEqual(exampleDocument);
  });

  it('says when it failed and tries again when asked', async () => {
    const disk = folder();
    const { store, autosave, setName } = open(disk);
    const { save } = disk;
    let full = true;
    disk.save = (request) => (full ? Promise.reject(new AppError('read-only', 'The disk is full.')) : save(request));
    autosave.stop();
    const again = startAutosave(store, {
      save: (request) => disk.save(request),
      read: () => Promise.resolve(disk.draft()),
      errorOf: toWireError,
      onSaved: () => undefined,
    });
    setName('database', 'main');
    await again.saveNow();
    expect(store.getState().save).toMatchObject({ phase: 'failed', error: { message: 'The disk is full.' } });
    full = false;
    await again.saveNow();
    expect(store.getState().save.phase).toBe('saved');
  });
});
