import { createStore, type StoreApi } from 'zustand';
import type { CanvasModel } from '../document/canvas-model.ts';
import { emptyHistory, perform, redo, redoText, undo, undoText } from '../document/history.ts';
import { mergeModels, settleConflicts } from '../document/merge.ts';
import { sameValue } from '../document/records.ts';
import { placeMissing } from '../layout/lay-out.ts';
import type { CanvasEvents, CanvasSource, CanvasState, OnDisk, Selection } from './canvas-state.ts';

export type CanvasStore = StoreApi<CanvasState & CanvasEvents>;

type Change = Partial<CanvasState>;

const noSelection: Selection = { nodes: [], wires: [] };

/** The file with a place for every node: places that were only computed are not worth a save of their own. */
function placedOnDisk(disk: OnDisk): OnDisk {
  const positions = placeMissing(disk.model.document, disk.model.positions);
  return positions === disk.model.positions ? disk : { ...disk, model: { ...disk.model, positions } };
}

function isSaved(model: CanvasModel, disk: OnDisk): boolean {
  return (
    model === disk.model ||
    (sameValue(model.document, disk.model.document) && sameValue(model.positions, disk.model.positions))
  );
}

function say(state: CanvasState, text: string, refusal = false): Change {
  return { said: { text, refusal, count: (state.said?.count ?? 0) + 1 } };
}

/** The model with a place for every node, and the state of saving that follows. */
function edited(state: CanvasState, model: CanvasModel): Change {
  const placed = { ...model, positions: placeMissing(model.document, model.positions) };
  const next = placed.positions === model.positions ? model : placed;
  const existing = next.document.nodes;
  const nodes = state.selection.nodes.filter((id) => id.startsWith('@') || Object.hasOwn(existing, id));
  return {
    model: next,
    selection: nodes.length === state.selection.nodes.length ? state.selection : { ...state.selection, nodes },
    save: isSaved(next, state.disk) ? { phase: 'saved' } : { phase: 'unsaved' },
  };
}

/** Brings a changed file and what is edited here together. */
function takeOver(state: CanvasState, disk: OnDisk, now: number): Change {
  if (disk.revision === state.disk.revision) return {};
  if (isSaved(state.model, state.disk)) {
    const result = perform(state, { type: 'take-over', model: disk.model }, now);
    if (!result.ok) return say(state, result.problems.join(' '), true);
    const next = { ...state, disk, ...result.value };
    return {
      disk,
      ...result.value,
      ...edited(next, disk.model),
      ...say(state, 'The file changed on disk; the canvas shows it.'),
    };
  }
  const merge = mergeModels(state.disk.model, state.model, disk.model);
  if (merge.conflicts.length > 0) return { conflict: { merge, disk } };
  const result = perform(state, { type: 'take-over', model: merge.model }, now);
  if (!result.ok) return say(state, result.problems.join(' '), true);
  const next = { ...state, disk, ...result.value };
  return {
    disk,
    ...result.value,
    ...edited(next, merge.model),
    ...say(state, 'The file changed on disk; both changes are kept.'),
  };
}

/** The state of one open blueprint. `now` gives milliseconds since 1970. */
export function createCanvasStore(source: CanvasSource, now: () => number = Date.now): CanvasStore {
  const { document, positions, revision } = source;
  const disk = placedOnDisk({ model: { document, positions }, revision });
  return createStore<CanvasState & CanvasEvents>()((set) => {
    const change = (step: (state: CanvasState) => Change) => set((state) => step(state));
    return {
      name: source.name,
      readOnly: source.readOnly,
      model: disk.model,
      history: emptyHistory,
      palette: source.palette,
      selection: noSelection,
      focus: null,
      pendingWire: null,
      unfolded: new Set(),
      disk,
      save: { phase: 'saved' },
      conflict: null,
      said: null,

      commanded: (command) => {
        let done = false;
        change((state) => {
          if (state.readOnly) return say(state, 'A published version cannot be changed.', true);
          const result = perform(state, command, now());
          if (!result.ok) return say(state, result.problems.join(' '), true);
          done = true;
          return { ...result.value, ...edited(state, result.value.model) };
        });
        return done;
      },
      undone: () =>
        change((state) => {
          const back = undo(state);
          const text = undoText(state.history);
          return { ...back, ...edited(state, back.model), ...say(state, `Undone: ${text ?? 'nothing'}`) };
        }),
      redone: () =>
        change((state) => {
          const forth = redo(state);
          const text = redoText(state.history);
          return { ...forth, ...edited(state, forth.model), ...say(state, `Done again: ${text ?? 'nothing'}`) };
        }),
      selected: (selection) =>
        change((state) => (sameValue(selection, state.selection) ? {} : { selection, focus: null })),
      fieldAsked: (field, node) =>
        change((state) => ({
          focus: { field, count: (state.focus?.count ?? 0) + 1 },
          selection: node === null ? noSelection : { nodes: [node], wires: [] },
        })),
      fieldLeft: () => change(() => ({ focus: null })),
      wireHeld: (pendingWire) => change(() => ({ pendingWire })),
      wireDropped: () => change(() => ({ pendingWire: null })),
      unfoldingChanged: (node, isUnfolded) =>
        change((state) => {
          const unfolded = new Set(state.unfolded);
          if (isUnfolded) unfolded.add(node);
          else unfolded.delete(node);
          return { unfolded };
        }),
      paletteRead: (palette) => change(() => ({ palette })),
      diskRead: (onDisk) => change((state) => takeOver(state, placedOnDisk(onDisk), now())),
      diskGivenUp: (revision) => change((state) => ({ disk: { ...state.disk, revision }, save: { phase: 'unsaved' } })),
      conflictSettled: (takeTheirs) =>
        change((state) => {
          if (state.conflict === null) return {};
          const { merge, disk: theirs } = state.conflict;
          const settled = settleConflicts(merge, takeTheirs);
          const result = perform(state, { type: 'take-over', model: settled }, now());
          if (!result.ok) return say(state, result.problems.join(' '), true);
          const next = { ...state, disk: theirs };
          return { disk: theirs, conflict: null, ...result.value, ...edited(next, settled) };
        }),
      saveBegan: () => change(() => ({ save: { phase: 'saving' } })),
      saveEnded: (onDisk, sent) =>
        change((state) => {
          const written: OnDisk = { model: sent, revision: onDisk.revision };
          return { disk: written, save: isSaved(state.model, written) ? { phase: 'saved' } : { phase: 'unsaved' } };
        }),
      saveFailed: (error) => change(() => ({ save: { phase: 'failed', error } })),
      told: (text, refusal) => change((state) => say(state, text, refusal)),
    };
  });
}
