import { useCallback } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface RememberedState {
  readonly values: Readonly<Record<string, unknown>>;
  readonly remember: (key: string, value: unknown) => void;
}

const useRememberedStore = create<RememberedState>()(
  persist(
    (set) => ({
      values: {},
      remember: (key, value) => set((state) => ({ values: { ...state.values, [key]: value } })),
    }),
    { name: 'groundplan.panels', version: 1, partialize: ({ values }) => ({ values }) },
  ),
);

/** Like `useState`, for sizes and choices of the interface that survive a reload. Not for data. */
export function useRemembered<Value>(key: string, initial: Value): [Value, (value: Value) => void] {
  const value = useRememberedStore((state) => state.values[key]);
  const remember = useRememberedStore((state) => state.remember);
  const set = useCallback((next: Value) => remember(key, next), [key, remember]);
  return [value === undefined ? initial : (value as Value), set];
}
