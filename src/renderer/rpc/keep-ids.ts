import { mostIdsByName } from '#shared/model/index.ts';
import type { EngineClient } from './client.ts';

/** The ids as they stand in an address or a request: many are kept by the engine, and one stands for them. */
export async function keepIds(client: EngineClient, ids: readonly string[]): Promise<string[]> {
  if (ids.length <= mostIdsByName) return [...ids];
  return [(await client.selections.keep({ ids: [...ids] })).id];
}
