export { createClient } from './client.ts';
export type { Engine, EngineClient } from './client.ts';
export type { ConnectionState, EngineConnection, Transport } from './connection.ts';
export { errorOf } from './errors.ts';
export { EngineProvider, useConnection, useEngine } from './provider.tsx';
export { createQueryClient } from './query-client.ts';
export { QueryView } from './query-view.tsx';
export { useStream } from './use-stream.ts';
export type { StreamState } from './use-stream.ts';
