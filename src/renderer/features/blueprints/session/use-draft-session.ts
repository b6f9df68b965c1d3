import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Draft, PaletteItem } from '#shared/model/index.ts';
import { createCanvasStore, type CanvasStore } from '../../../canvas/index.ts';
import { errorOf, useEngine, type Engine } from '../../../rpc/index.ts';
import { startAutosave, type Autosave } from './autosave.ts';

// An open blueprint outlives its screen, so that undo reaches back to the beginning after a look elsewhere.
const openDrafts = new WeakMap<Engine, Map<string, CanvasStore>>();

function storeOf(engine: Engine, key: string, make: () => CanvasStore): CanvasStore {
  const stores = openDrafts.get(engine) ?? new Map<string, CanvasStore>();
  openDrafts.set(engine, stores);
  const store = stores.get(key) ?? make();
  stores.set(key, store);
  return store;
}

export interface DraftSession {
  readonly store: CanvasStore;
  readonly saveNow: () => Promise<void>;
}

/** A draft whose file can be read as a blueprint. */
export type ReadableDraft = Draft & { readonly document: NonNullable<Draft['document']> };

/** The open blueprint of a draft: made from the file once, then kept together with it in both directions. */
export function useDraftSession(
  workspace: string,
  draft: ReadableDraft,
  palette: readonly PaletteItem[],
): DraftSession {
  const engine = useEngine();
  const queryClient = useQueryClient();
  const { name, document, canvas, revision } = draft;
  const store = storeOf(engine, `${workspace}\n${name}`, () =>
    createCanvasStore({ name, readOnly: false, document, positions: canvas.positions, revision, palette }),
  );

  const autosave = useRef<Autosave>(null);
  useEffect(() => {
    const { api, client } = engine;
    const key = api.blueprints.get.queryKey({ input: { name } });
    const running = startAutosave(store, {
      save: (request) => client.blueprints.save(request),
      read: () => client.blueprints.get({ name }),
      errorOf,
      onSaved: (saved) => {
        // An answer still on its way may be older than what was just written.
        void queryClient.cancelQueries({ queryKey: key });
        queryClient.setQueryData(key, saved);
      },
    });
    autosave.current = running;
    return () => running.stop();
  }, [engine, store, name, queryClient]);

  useEffect(() => store.getState().paletteRead(palette), [store, palette]);

  const saving = useStore(store, (state) => state.save.phase === 'saving');
  useEffect(() => {
    // While a save runs the file may already be our own; its answer settles that.
    if (saving) return;
    // The end of a save is told here before the cache tells its readers, so the property may still be the older file.
    const latest = queryClient.getQueryData<Draft>(engine.api.blueprints.get.queryKey({ input: { name } })) ?? draft;
    if (latest.document === null) return;
    store.getState().diskRead({
      model: { document: latest.document, positions: latest.canvas.positions },
      revision: latest.revision,
    });
  }, [store, saving, draft, engine, name, queryClient]);

  const saveNow = useCallback(async () => autosave.current?.saveNow(), []);
  return { store, saveNow };
}
