/** A queue between something that happens and somebody who reads at his own pace. */
export interface Feed<Item> extends AsyncIterable<Item> {
  push(item: Item): void;
  end(): void;
}

/** Makes a feed that also ends when the signal fires. Items wait in order; nothing is dropped. */
export function createFeed<Item>(signal: AbortSignal): Feed<Item> {
  const waiting: Item[] = [];
  let ended = signal.aborted;
  let wake: (() => void) | null = null;
  const rouse = (): void => {
    wake?.();
    wake = null;
  };
  const end = (): void => {
    ended = true;
    rouse();
  };
  signal.addEventListener('abort', end, { once: true });
  return {
    push(item) {
      waiting.push(item);
      rouse();
    },
    end,
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) {
          const next = waiting.shift();
          if (next !== undefined) yield next;
          else if (ended) return;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        signal.removeEventListener('abort', end);
      }
    },
  };
}
