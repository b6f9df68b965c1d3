import { createContext, useContext, type ReactElement, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { AppError } from '#shared/errors/index.ts';
import type { CanvasEvents, CanvasState } from './canvas-state.ts';
import type { CanvasStore } from './canvas-store.ts';

const CanvasContext = createContext<CanvasStore | null>(null);

/** Gives one open blueprint to the canvas, its palette and its inspector. */
export function CanvasProvider({ store, children }: { store: CanvasStore; children: ReactNode }): ReactElement {
  return <CanvasContext value={store}>{children}</CanvasContext>;
}

/** The store itself, for handlers that read the state when they run. */
export function useCanvasStore(): CanvasStore {
  const store = useContext(CanvasContext);
  if (store === null) throw new AppError('internal', 'useCanvasStore needs a CanvasProvider above it.');
  return store;
}

/** One value of the open blueprint; the component is drawn again only when that value is another. */
export function useCanvas<Value>(selector: (state: CanvasState & CanvasEvents) => Value): Value {
  return useStore(useCanvasStore(), selector);
}
