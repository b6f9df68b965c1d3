import { setImmediate } from 'node:timers/promises';

/** How long computing may go on before others get their turn. */
const sliceMilliseconds = 8;

/**
 * For long loops: called now and then it lets the event loop breathe when enough time has gone by, and throws the
 * reason when the signal was aborted meanwhile.
 */
export function createPauses(signal?: AbortSignal): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < sliceMilliseconds) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
      signal?.throwIfAborted();
    });
  };
}
