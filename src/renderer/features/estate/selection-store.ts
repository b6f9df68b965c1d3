import { create } from 'zustand';
import type { ResourceRow } from '#shared/model/index.ts';
import type { Picked } from './selection.ts';

interface SelectionState {
  /** Resources ticked by hand, by id. */
  readonly picked: ReadonlyMap<string, Picked>;
  /** Ticked scope × region pairs as `scope|region`. */
  readonly pairs: ReadonlySet<string>;
  readonly pickedRows: (rows: readonly ResourceRow[]) => void;
  readonly keptOnly: (ids: ReadonlySet<string>) => void;
  readonly pairToggled: (pair: string) => void;
  readonly cleared: () => void;
}

/** What is ticked, shared by tree, table and graph. Not part of the address: it is work in hand. */
export const useSelectionStore = create<SelectionState>()((set) => ({
  picked: new Map(),
  pairs: new Set(),
  pickedRows: (rows) =>
    set((state) => {
      const picked = new Map(state.picked);
      for (const { id, scopeId, scopeName, region } of rows) picked.set(id, { id, scopeId, scopeName, region });
      return { picked };
    }),
  keptOnly: (ids) => set((state) => ({ picked: new Map([...state.picked].filter(([id]) => ids.has(id))) })),
  pairToggled: (pair) =>
    set((state) => {
      const pairs = new Set(state.pairs);
      if (!pairs.delete(pair)) pairs.add(pair);
      return { pairs };
    }),
  cleared: () => set({ picked: new Map(), pairs: new Set() }),
}));
