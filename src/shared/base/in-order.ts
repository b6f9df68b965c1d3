/**
 * Runs `work` over the items with at most `width` in flight and hands the results on in the items' order: reading the
 * next files, and unpacking them, goes on in other threads while this one is parsed.
 */
export async function* inOrder<Item, Output>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Output>,
): AsyncGenerator<Output> {
  const running: Promise<Output>[] = [];
  try {
    for (const item of items) {
      running.push(work(item));
      if (running.length < width) continue;
      const next = running.shift();
      if (next !== undefined) yield await next;
    }
    while (running.length > 0) {
      const next = running.shift();
      if (next !== undefined) yield await next;
    }
  } finally {
    // The reader stopped early: what is still running must not become an unhandled rejection.
    await Promise.allSettled(running);
  }
}
