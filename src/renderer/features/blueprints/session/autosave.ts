import type { WireError } from '#shared/errors/index.ts';
import type { BlueprintDocument, CanvasDocument, Draft } from '#shared/model/index.ts';
import type { CanvasStore, Positions } from '../../../canvas/index.ts';

/** What a save sends. */
export interface SaveRequest {
  readonly name: string;
  readonly document: BlueprintDocument;
  readonly canvas: CanvasDocument;
  readonly baseRevision: string;
}

export interface AutosaveOptions {
  readonly save: (request: SaveRequest) => Promise<Draft>;
  readonly read: () => Promise<Draft>;
  readonly errorOf: (thrown: unknown) => WireError;
  /** Told of every draft that was written, so that what is cached follows. */
  readonly onSaved: (draft: Draft) => void;
  readonly delayMs?: number;
}

export interface Autosave {
  /** Saves what is not saved yet; answers when it is on disk, failed, or waits for a choice. */
  readonly saveNow: () => Promise<void>;
  /** Saves once more and stops listening. */
  readonly stop: () => void;
}

const defaultDelayMs = 900;

/** The places as the file takes them: `canvas.json` holds nothing else. */
function canvasOf(positions: Positions): CanvasDocument {
  return { positions: Object.fromEntries(Object.entries(positions).map(([id, { x, y }]) => [id, { x, y }])) };
}

/**
 * Saves an open blueprint a moment after each edit. When the file changed on disk meanwhile it is read and brought
 * together with what is edited here; what both changed waits for a choice, and nothing is written until then.
 */
export function startAutosave(store: CanvasStore, options: AutosaveOptions): Autosave {
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function save(): Promise<void> {
    const { name, model, disk, saveBegan, saveEnded, saveFailed, diskRead } = store.getState();
    saveBegan();
    try {
      const draft = await options.save({
        name,
        document: model.document,
        canvas: canvasOf(model.positions),
        baseRevision: disk.revision,
      });
      // First what is cached: a reader between the two must never see a file older than the one just written.
      options.onSaved(draft);
      saveEnded({ model, revision: draft.revision }, model);
    } catch (thrown) {
      const error = options.errorOf(thrown);
      if (error.code !== 'conflict') {
        saveFailed(error);
        return;
      }
      const draft = await options.read();
      if (draft.document === null || draft.revision === disk.revision) {
        saveFailed(error);
        return;
      }
      const { document, canvas, revision } = draft;
      diskRead({ model: { document, positions: canvas.positions }, revision });
    }
  }

  function needsSaving(): boolean {
    const { save: state, conflict, readOnly } = store.getState();
    return !readOnly && conflict === null && (state.phase === 'unsaved' || state.phase === 'failed');
  }

  async function saveNow(): Promise<void> {
    clearTimeout(timer);
    if (running !== null) await running;
    // A change taken over from disk leaves something to save; a third round would mean the file never rests.
    for (let round = 0; round < 3 && needsSaving(); round += 1) {
      running = save().catch((thrown: unknown) => store.getState().saveFailed(options.errorOf(thrown)));
      await running;
      running = null;
      if (store.getState().save.phase === 'failed') return;
    }
  }

  const unsubscribe = store.subscribe((state, previous) => {
    if (state.model === previous.model && state.conflict === previous.conflict) return;
    clearTimeout(timer);
    if (needsSaving()) timer = setTimeout(() => void saveNow(), options.delayMs ?? defaultDelayMs);
  });

  return {
    saveNow,
    stop: () => {
      unsubscribe();
      void saveNow();
    },
  };
}
