import { create } from 'zustand';
import { splitOptionsSchema, type SplitDecisions, type SplitOptions } from '#shared/model/index.ts';
import { decided, redone, startOfHistory, undone, type DecisionHistory } from './decision-history.ts';

interface SplitState {
  /** The root that all of this is about. */
  readonly root: string | null;
  readonly history: DecisionHistory;
  readonly options: SplitOptions;
  /** Address of the resource that is looked at. */
  readonly selected: string | null;
  readonly opened: (root: string) => void;
  readonly decide: (change: (decisions: SplitDecisions) => SplitDecisions) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly choose: (options: Partial<SplitOptions>) => void;
  readonly select: (address: string | null) => void;
}

/** What a person is doing with one root: what was decided, how it is to be written. Another root begins anew. */
export const useSplitStore = create<SplitState>()((set) => ({
  root: null,
  history: startOfHistory,
  options: splitOptionsSchema.parse({}),
  selected: null,
  opened: (root) =>
    set((state) =>
      state.root === root
        ? state
        : { root, history: startOfHistory, options: splitOptionsSchema.parse({}), selected: null },
    ),
  decide: (change) => set(({ history }) => ({ history: decided(history, change(history.present)) })),
  undo: () => set(({ history }) => ({ history: undone(history) })),
  redo: () => set(({ history }) => ({ history: redone(history) })),
  choose: (options) => set((state) => ({ options: { ...state.options, ...options } })),
  select: (selected) => set({ selected }),
}));
