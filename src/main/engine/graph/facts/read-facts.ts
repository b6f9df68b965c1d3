import type { FactReader, FactSource } from '#engine/ports/index.ts';
import { readFactIndex, type FactIndex } from './fact-index.ts';
import { createFactReader } from './fact-reader.ts';
import { readAtOnce } from './parts.ts';
import { upTo } from './up-to.ts';

/**
 * Reads facts that another process writes, as they stand when they are first asked for: for a process that has nothing
 * else to do.
 */
export function readFacts({ root, asOf, active }: FactSource): FactReader {
  let known: Promise<FactIndex> | null = null;

  async function read(): Promise<FactIndex> {
    const index = await readFactIndex(root, new Set(active));
    return asOf === null ? index : upTo(index, asOf);
  }

  return createFactReader(() => (known ??= read()), { root, asOf, readFile: readAtOnce });
}
