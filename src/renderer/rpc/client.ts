import { createORPCClient, DynamicLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Contract } from '#shared/contract/index.ts';
import { createEngineConnection, type EngineConnection, type Transport } from './connection.ts';
import { isDesktop } from './shell-paths.ts';
import { messagePortTransport } from './message-port-transport.ts';
import { webSocketTransport } from './web-socket-transport.ts';

/** Every procedure of the contract as a function. */
export type EngineClient = ContractRouterClient<Contract>;

export interface Engine {
  readonly connection: EngineConnection;
  /** For calls and streams by hand. */
  readonly client: EngineClient;
  /** For TanStack Query: `api.estate.stats.queryOptions()`, `api.catalog.publish.mutationOptions()`. */
  readonly api: ReturnType<typeof createApi>;
}

function createApi(client: EngineClient) {
  return createTanstackQueryUtils(client);
}

/** The engine as the page sees it. Calls wait for a connection; a reconnection needs nothing of the caller. */
export function createClient(transport: Transport = defaultTransport(window)): Engine {
  const connection = createEngineConnection(transport);
  const link = new DynamicLink<Record<string, unknown>>((options) => connection.link(options.signal));
  const client = createORPCClient<EngineClient>(link);
  return { connection, client, api: createApi(client) };
}

function defaultTransport(page: Window): Transport {
  const { protocol, host } = page.location;
  if (isDesktop(page)) return messagePortTransport(page);
  return webSocketTransport(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc`);
}
