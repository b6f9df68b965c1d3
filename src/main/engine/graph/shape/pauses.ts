import { setImmediate } from 'node:timers/promises';

/** How long computing may go on before others get their turn. */
const sliceMilliseconds = 8;

/** When others last had their turn, over all loops: those that follow each other in one turn share its slice. */
let since = Number.NEGATIVE_INFINITY;

/**
 * For long loops: called now and then it lets the event loop breathe when enough time has gone by, and throws the
 * reason when the signal was aborted meanwhile.
 */
export function createPauses(signal?: AbortSignal): () => Promise<void> | undefined {
  return () => {
    if (performance.now() - since < sliceMilliseconds) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
      signal?.throwIfAborted();
    });
  };
}

/** Positions looked at between two looks at the clock. */
const sliceLength = 2 ** 15;

/** The positions 0 to `count - 1` in slices, for loops that pause between them. */
export function* slicesOf(count: number): Generator<{ readonly begin: number; readonly end: number }> {
  for (let begin = 0; begin < count; begin += sliceLength) yield { begin, end: Math.min(begin + sliceLength, count) };
}
