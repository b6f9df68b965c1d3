import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { z } from 'zod';
import {
  splitDecisionsSchema,
  splitOptionsSchema,
  type SplitDecisions,
  type SplitOptions,
} from '#shared/model/index.ts';
import { decided, redone, startOfHistory, undone, type DecisionHistory } from './decision-history.ts';
import { picked, type Pick } from './selection.ts';

/** Roots whose decisions are kept over a reload, the last ones. */
const keptRoots = 20;
const keptSchema = z.object({ kept: z.record(z.string(), splitDecisionsSchema) });

interface SplitState {
  /** The root that all of this is about. */
  readonly root: string | null;
  readonly history: DecisionHistory;
  /** What was decided last, by root: it survives a reload of the page. */
  readonly kept: Readonly<Record<string, SplitDecisions>>;
  readonly options: SplitOptions;
  /** Addresses of the resources that are looked at. */
  readonly chosen: readonly string[];
  readonly opened: (root: string) => void;
  readonly decide: (change: (decisions: SplitDecisions) => SplitDecisions) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly choose: (options: Partial<SplitOptions>) => void;
  /** Picks a resource of a list, alone, besides others, or with everything up to it. */
  readonly pick: (one: { readonly address: string; readonly how: Pick; readonly list: readonly string[] }) => void;
  readonly select: (addresses: readonly string[]) => void;
}

function stepped(state: SplitState, history: DecisionHistory): Partial<SplitState> {
  if (state.root === null) return { history };
  const { [state.root]: _old, ...others } = state.kept;
  const kept = [...Object.entries(others), [state.root, history.present] as const].slice(-keptRoots);
  return { history, kept: Object.fromEntries(kept) };
}

/** What a person is doing with one root: what was decided, how it is to be written. Another root begins anew. */
export const useSplitStore = create<SplitState>()(
  persist(
    (set) => ({
      root: null,
      history: startOfHistory,
      kept: {},
      options: splitOptionsSchema.parse({}),
      chosen: [],
      opened: (root) =>
        set((state) =>
          state.root === root
            ? state
            : {
                root,
                history: { ...startOfHistory, present: state.kept[root] ?? startOfHistory.present },
                options: splitOptionsSchema.parse({}),
                chosen: [],
              },
        ),
      decide: (change) => set((state) => stepped(state, decided(state.history, change(state.history.present)))),
      undo: () => set((state) => stepped(state, undone(state.history))),
      redo: () => set((state) => stepped(state, redone(state.history))),
      choose: (options) => set((state) => ({ options: { ...state.options, ...options } })),
      pick: (one) => set(({ chosen }) => ({ chosen: picked(chosen, one) })),
      select: (chosen) => set({ chosen }),
    }),
    {
      name: 'groundplan.split',
      version: 1,
      partialize: ({ kept }) => ({ kept }),
      // What another version wrote and this one does not understand counts as nothing decided.
      merge: (stored, state) => ({ ...state, ...keptSchema.safeParse(stored).data }),
    },
  ),
);
