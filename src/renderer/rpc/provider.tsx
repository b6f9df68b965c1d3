import { consumeEventIterator } from '@orpc/client';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react';
import { AppError } from '#shared/errors/index.ts';
import type { Topic } from '#shared/model/index.ts';
import type { Engine } from './client.ts';
import type { ConnectionState } from './connection.ts';
import { isCancelled } from './errors.ts';
import { queryPathsOf } from './topics.ts';

const EngineContext = createContext<Engine | null>(null);

/** Gives the engine and the query cache to everything below, and refreshes what the engine says has changed. */
export function EngineProvider(props: { engine: Engine; queryClient: QueryClient; children: ReactNode }): ReactElement {
  const { queryClient } = props;
  const refresh = useCallback(
    (topics: readonly Topic[]) => {
      for (const path of queryPathsOf(topics)) void queryClient.invalidateQueries({ queryKey: [path] });
    },
    [queryClient],
  );
  return (
    <EngineContext.Provider value={props.engine}>
      <QueryClientProvider client={queryClient}>
        <EventSubscription refresh={refresh} queryClient={queryClient} />
        {props.children}
      </QueryClientProvider>
    </EngineContext.Provider>
  );
}

/** The engine: `client` for calls and streams, `api` for TanStack Query. */
export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (engine === null) throw new AppError('internal', 'useEngine needs an EngineProvider above it.');
  return engine;
}

/** Whether the engine can be reached now. */
export function useConnection(): ConnectionState {
  const { connection } = useEngine();
  return useSyncExternalStore(connection.subscribe, connection.state);
}

interface EventSubscriptionProps {
  readonly refresh: (topics: readonly Topic[]) => void;
  readonly queryClient: QueryClient;
}

/** The one subscription to the engine's events; begins again with every new connection. */
function EventSubscription({ refresh, queryClient }: EventSubscriptionProps): null {
  const { client } = useEngine();
  const { generation, phase } = useConnection();
  useEffect(() => {
    if (phase !== 'connected' || generation === 0) return undefined;
    const controller = new AbortController();
    // A lost connection starts this effect anew; any other end means that screens no longer refresh by themselves.
    const stop = consumeEventIterator(client.system.events(undefined, { signal: controller.signal }), {
      onEvent: (event) => refresh(event.topics),
      onError: (thrown) => {
        if (!controller.signal.aborted && !isCancelled(thrown)) console.error('Engine events ended', thrown);
      },
    });
    // What changed between two connections was told to nobody. Asked after the subscription, so that nothing is missed.
    if (generation > 1) void queryClient.invalidateQueries();
    return () => {
      controller.abort();
      void stop();
    };
  }, [client, refresh, queryClient, generation, phase]);
  return null;
}
