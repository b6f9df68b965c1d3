import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { addressOfSearch, searchOfAddress, type EstateAddress } from './address.ts';

export type GoEstate = (patch: Partial<EstateAddress>, options?: { replace?: boolean }) => void;

/** The Estate's part of the address, and the way to change it. Typing replaces, choosing adds to the history. */
export function useEstateAddress(): { address: EstateAddress; go: GoEstate } {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const address = useMemo(() => addressOfSearch(search), [search]);
  const go = useCallback<GoEstate>(
    (patch, options) => {
      void navigate({
        to: '/estate',
        search: (previous: Record<string, unknown>) => searchOfAddress({ ...addressOfSearch(previous), ...patch }),
        replace: options?.replace ?? false,
      });
    },
    [navigate],
  );
  return { address, go };
}
