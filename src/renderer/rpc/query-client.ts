import { QueryClient } from '@tanstack/react-query';
import { errorOf } from './errors.ts';

const mostRetries = 2;

/** What the engine says is kept until an event says that it changed, so nothing is asked again by the clock. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (failures, thrown) => {
          const error = errorOf(thrown);
          return failures < mostRetries && error.retryable && error.code !== 'cancelled';
        },
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
