import { create } from 'zustand';

/** Whether the command palette is open: the top bar and a shortcut open it, wherever one is. */
export const usePalette = create<{ opened: boolean; open: () => void; close: () => void }>((set) => ({
  opened: false,
  open: () => set({ opened: true }),
  close: () => set({ opened: false }),
}));
