import { readManaged } from './managed.ts';
import type { GraphAccess } from './graph-access.ts';
import { readOrder } from './orders.ts';
import { readNativeIndex } from './resolve.ts';
import { readScopes } from './scopes.ts';
import { readStats } from './stats.ts';
import { textMatches } from './text-matches.ts';
import { readTopology } from './topology.ts';

/** One of each sort of search, so that everything a search reads was read before. None of them needs to match. */
const searches = ['groundplan-warms-up', 'groundplan=warms-up', '192.0.2.1'];

/**
 * Computes what the first answers after a build would have to wait for: scopes, ways, indexes, the usual order and
 * what searches go through. It lets others have their turn, and stops when the signal says so.
 */
export async function warmUp(graph: GraphAccess, signal: AbortSignal): Promise<void> {
  const steps: readonly (() => Promise<unknown>)[] = [
    () => readTopology(graph),
    () => readScopes(graph),
    () => readManaged(graph),
    () => readOrder(graph, { by: 'kind', descending: false }),
    () => readStats(graph),
    () => readNativeIndex(graph),
    ...searches.map((text) => () => textMatches(graph, text)),
  ];
  for (const step of steps) {
    signal.throwIfAborted();
    await step();
  }
}
