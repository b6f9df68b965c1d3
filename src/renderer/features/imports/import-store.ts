import { create } from 'zustand';
import type { WireError } from '#shared/errors/index.ts';
import type { SendProgress } from './send-files.ts';

/** How far the import on this screen has come. */
export type ImportStage =
  | { readonly stage: 'closed' }
  /** Nothing is chosen yet. */
  | { readonly stage: 'choosing' }
  | { readonly stage: 'sending'; readonly progress: SendProgress; readonly cancel: () => void }
  /** The engine reads what it was sent; the rest is the run's to tell. */
  | { readonly stage: 'reading'; readonly run: number }
  | { readonly stage: 'failed'; readonly error: WireError };

interface ImportState {
  readonly import: ImportStage;
  /** What is about to be saved: the estate after a run, or now; null while nothing is. */
  readonly exporting: { readonly asOf: number | null } | null;
  readonly moved: (to: ImportStage) => void;
  readonly exportOpened: (asOf: number | null) => void;
  readonly exportClosed: () => void;
}

/** The import and export dialogs, which any screen may open. Not part of the address: files cannot be in one. */
export const useImportStore = create<ImportState>()((set) => ({
  import: { stage: 'closed' },
  exporting: null,
  moved: (to) => set({ import: to }),
  exportOpened: (asOf) => set({ exporting: { asOf } }),
  exportClosed: () => set({ exporting: null }),
}));
