import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useEngine, type Engine } from '../rpc/index.ts';

export type EngineInfo = Awaited<ReturnType<Engine['client']['system']['info']>>;

/** Version and open workspace. When another workspace is opened, all that was read of the old one is forgotten. */
export function useEngineInfo(): UseQueryResult<EngineInfo> {
  const { api } = useEngine();
  const queryClient = useQueryClient();
  const info = useQuery(api.system.info.queryOptions());
  const path = info.data === undefined ? undefined : (info.data.workspace?.path ?? null);
  const previous = useRef(path);
  useEffect(() => {
    if (path !== undefined && previous.current !== undefined && previous.current !== path) {
      void queryClient.resetQueries({ predicate: (query) => !isSystem(query.queryKey) });
    }
    previous.current = path;
  }, [path, queryClient]);
  return info;
}

function isSystem(key: readonly unknown[]): boolean {
  const path = key[0];
  return Array.isArray(path) && path[0] === 'system';
}
