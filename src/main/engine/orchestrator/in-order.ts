import { AppError } from '#shared/errors/index.ts';

interface Ordered {
  readonly id: string;
  readonly after: readonly string[];
}

interface InOrderOptions<Item> {
  readonly limit: number;
  readonly signal: AbortSignal;
  readonly work: (item: Item) => Promise<void>;
}

/**
 * Works on items as soon as those before them are over, some at a time. The first failure (or an abort) starts
 * nothing more; what runs is waited for, then the failure is thrown.
 */
export async function inOrder<Item extends Ordered>(
  items: readonly Item[],
  options: InOrderOptions<Item>,
): Promise<void> {
  const waiting = [...items];
  const over = new Set<string>();
  const known = new Set(items.map((item) => item.id));
  const active = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  for (;;) {
    while (failures.length === 0 && !options.signal.aborted && active.size < options.limit) {
      const next = waiting.findIndex((item) => item.after.every((id) => over.has(id) || !known.has(id)));
      const [item] = next === -1 ? [] : waiting.splice(next, 1);
      if (item === undefined) break;
      const running = options
        .work(item)
        .then(() => over.add(item.id))
        .catch((thrown: unknown) => failures.push(thrown))
        .then(() => {
          active.delete(item.id);
        });
      active.set(item.id, running);
    }
    if (active.size === 0) break;
    await Promise.race(active.values());
  }
  if (failures.length > 0) throw failures[0];
  if (options.signal.aborted) throw new AppError('cancelled', 'Cancelled.');
}
