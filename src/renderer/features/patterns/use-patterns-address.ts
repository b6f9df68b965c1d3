import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { patternsAddressOf, searchOfPatterns, type PatternsAddress } from './address.ts';

export type GoPatterns = (patch: Partial<PatternsAddress>, options?: { replace?: boolean }) => void;

/** The Patterns part of the address, and the way to change it. */
export function usePatternsAddress(): { address: PatternsAddress; go: GoPatterns } {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const address = useMemo(() => patternsAddressOf(search), [search]);
  const go = useCallback<GoPatterns>(
    (patch, options) => {
      void navigate({
        to: '/patterns',
        search: (previous: Record<string, unknown>) => searchOfPatterns({ ...patternsAddressOf(previous), ...patch }),
        replace: options?.replace ?? false,
      });
    },
    [navigate],
  );
  return { address, go };
}
