import { createContext, useContext } from 'react';

/** The run after whose end the Estate is shown; null for now. */
export const AsOf = createContext<number | null>(null);

/** For every question of this screen: the run after whose end to ask, null for now. */
export function useAsOf(): number | null {
  return useContext(AsOf);
}
