import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '#shared/model/index.ts';
import { runDirectory } from '../layout.ts';

/** Files asked at once. */
const width = 32;

/** Tells how many bytes each run takes. What a run takes that has ended is asked of the disk once. */
export function createSizes(): (root: string, runs: readonly Run[]) => Promise<ReadonlyMap<number, number>> {
  const known = new Map<string, number>();
  return async (root, runs) => {
    const sizes = new Map<number, number>();
    for (const { id, finishedAt } of runs) {
      const key = `${id} ${finishedAt}`;
      const bytes = known.get(key) ?? (await bytesIn(runDirectory(root, id)));
      if (finishedAt !== null) known.set(key, bytes);
      sizes.set(id, bytes);
    }
    return sizes;
  };
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  let bytes = 0;
  for (let start = 0; start < files.length; start += width) {
    const sizes = await Promise.all(files.slice(start, start + width).map(sizeOfFile));
    bytes += sizes.reduce((sum, size) => sum + size, 0);
  }
  return bytes;
}

/** A file that is replaced or removed while it is asked takes no room. */
async function sizeOfFile(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
