import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** One gzip member of a facts file: bytes `offset … offset + length`, holding `lines` lines from line `line` on. */
export const partSchema = z.object({
  offset: z.number().int().nonnegative(),
  length: z.number().int().positive(),
  line: z.number().int().positive(),
  lines: z.number().int().positive(),
});
export type Part = z.infer<typeof partSchema>;

/** What one page of a cell left behind. */
export const pagePartsSchema = z.object({
  heads: partSchema.optional(),
  relationships: partSchema.optional(),
  bodies: partSchema.optional(),
});
export type PageParts = z.infer<typeof pagePartsSchema>;

/** Compresses lines to one gzip member; level 1 because discovery waits for it and ids repeat anyway. */
export async function packLines(lines: readonly string[]): Promise<Buffer> {
  return compress(`${lines.join('\n')}\n`, { level: 1 });
}

/** Reads one part's text. Throws when bytes are missing or the checksum of the member does not match. */
export async function readPart(path: string, part: Part): Promise<string> {
  const file = await open(path, 'r');
  try {
    const packed = Buffer.allocUnsafe(part.length);
    const { bytesRead } = await file.read(packed, 0, part.length, part.offset);
    if (bytesRead < part.length) throw new Error(`ends ${part.length - bytesRead} bytes early`);
    const text = await decompress(packed);
    return text.toString('utf8');
  } finally {
    await file.close();
  }
}

/** Makes what was written to a file survive a loss of power; a file that was never made needs nothing. */
export async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return;
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Appends members to the files of one run; appends to one file wait for each other. */
export interface PartWriter {
  /** Writes the given lines as one member and says where they are. */
  append(path: string, lines: readonly string[]): Promise<Part>;
  /** Makes everything written so far survive a loss of power. */
  flush(): Promise<void>;
}

export function createPartWriter(): PartWriter {
  const queues = new Map<string, Promise<unknown>>();
  const lineCounts = new Map<string, number>();

  async function write(path: string, lines: readonly string[], packed: Buffer): Promise<Part> {
    const file = await open(path, 'a');
    try {
      // Asked each time: an earlier append may have failed half-way, and the next part begins where the file ends.
      const { size } = await file.stat();
      await file.appendFile(packed);
      const before = lineCounts.get(path) ?? 0;
      lineCounts.set(path, before + lines.length);
      return { offset: size, length: packed.length, line: before + 1, lines: lines.length };
    } finally {
      await file.close();
    }
  }

  return {
    async append(path, lines) {
      const packed = await packLines(lines);
      const before = queues.get(path) ?? Promise.resolve();
      const mine = before.then(() => write(path, lines, packed));
      // The queue goes on after a failed append; the caller of that append is told by `mine`.
      queues.set(
        path,
        mine.catch(() => undefined),
      );
      return mine;
    },
    async flush() {
      for (const path of lineCounts.keys()) await flushFile(path);
    },
  };
}
