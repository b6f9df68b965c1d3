import type { DetailReader } from './detail-reader.ts';

/**
 * Reads details that are asked for many items at once. A batch with an item that was deleted meanwhile fails as a whole:
 * its members are then asked alone. `read` says false where something that was asked for is absent. Answers with the
 * items that are gone.
 */
export async function readInBatches<Item>(
  details: DetailReader,
  items: readonly Item[],
  { size, read }: { readonly size: number; readonly read: (batch: readonly Item[]) => Promise<boolean> },
): Promise<ReadonlySet<Item>> {
  const gone = new Set<Item>();
  for (let start = 0; start < items.length; start += size) {
    const batch = items.slice(start, start + size);
    // What is denied for a batch is denied for its members.
    if ((await read(batch)) || details.hasGap) continue;
    for (const item of batch) if (!(await read([item])) && !details.hasGap) gone.add(item);
  }
  return gone;
}
