import { readFile as readFileThen, readFileSync, statSync } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { unpackMember } from './members.ts';

const compress = promisify(gzip);
// The callback form: a FileHandle per file costs three times as much.
const readWhole = promisify(readFileThen);

/** One gzip member of a facts file: bytes `offset … offset + length`, holding `lines` lines from line `line` on. */
const partSchema = z.object({
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

const pageKinds: ReadonlySet<string> = new Set(Object.keys(pagePartsSchema.shape));
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;

function isPart(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== partFields) return false;
  const { offset, length, line, lines } = value as Partial<Record<keyof Part, unknown>>;
  return (offset === 0 || isCount(offset)) && isCount(length) && isCount(line) && isCount(lines);
}
const partFields = Object.keys(partSchema.shape).length;

/** What the schema says, at a tenth of its time; false as well for what has more in it than the schema tells. */
export function isPageParts(value: unknown): value is PageParts {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(([kind, part]) => pageKinds.has(kind) && isPart(part));
}

/** Level 1 because discovery waits for it and ids repeat anyway. */
const packing = { level: 1 };
/** For texts that fit into its window: as small a result, for a quarter of the room to be made ready each time. */
const smallPacking = { level: 1, windowBits: 13, memLevel: 6 };
const smallText = 2 ** smallPacking.windowBits;

/** Compresses lines to one gzip member. Most cells are so small that handing them to another thread costs more. */
async function packLines(lines: readonly string[]): Promise<Buffer> {
  const text = `${lines.join('\n')}\n`;
  return text.length < smallText ? gzipSync(text, smallPacking) : compress(text, packing);
}

const filesKept = 48;
/** Larger files are not kept: of theirs each part is read by itself, as most of their bytes are bodies. */
const wholeBytes = 4 * 2 ** 20;

/** Reads parts, several of one file without opening it again. */
export interface PartReader {
  /** One part's text. Throws when bytes are missing or the checksum of the member does not match. */
  read(path: string, part: Part): Promise<string>;
}

async function readRange(path: string, { offset, length }: Part): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Reads a whole file; null for one that is too large to be kept. */
export type ReadFile = (path: string) => Promise<Buffer | null>;

async function readInTurn(path: string): Promise<Buffer | null> {
  const { size } = await stat(path);
  return size > wholeBytes ? null : readWhole(path);
}

/**
 * For a process that has nothing else to do meanwhile: half the time of asking another thread for each step of it, as
 * the files are small and many.
 */
export function readAtOnce(path: string): Promise<Buffer | null> {
  return new Promise((resolve) => {
    resolve(statSync(path).size > wholeBytes ? null : readFileSync(path));
  });
}

/**
 * A reader that keeps the last few files in memory, compressed as they are. Thousands of small cells share some
 * hundred files, and opening a file costs more than reading it: this halves the reading of a large estate.
 */
export function createPartReader(readFile: ReadFile = readInTurn): PartReader {
  const files = new Map<string, Promise<Buffer | null>>();

  function fileOf(path: string): Promise<Buffer | null> {
    const known = files.get(path);
    if (known !== undefined) return known;
    const [oldest] = files.keys();
    if (files.size >= filesKept && oldest !== undefined) files.delete(oldest);
    const reading = readFile(path);
    files.set(path, reading);
    return reading;
  }

  async function packedPart(path: string, part: Part): Promise<Buffer> {
    const file = await fileOf(path);
    const packed = file?.subarray(part.offset, part.offset + part.length) ?? (await readRange(path, part));
    if (packed.length < part.length) throw new Error(`ends ${part.length - packed.length} bytes early`);
    return packed;
  }

  return {
    read: async (path, part) => unpackMember(await packedPart(path, part)),
  };
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
  /** Writes each group of lines as one member, together, and says where they are. */
  append(path: string, groups: readonly (readonly string[])[]): Promise<readonly Part[]>;
  /** Makes everything written so far survive a loss of power. */
  flush(): Promise<void>;
}

export function createPartWriter(): PartWriter {
  const queues = new Map<string, Promise<unknown>>();
  const lineCounts = new Map<string, number>();
  const folders = new Set<string>();

  async function write(path: string, groups: readonly (readonly string[])[]): Promise<readonly Part[]> {
    const packed = await Promise.all(groups.map(packLines));
    const folder = dirname(path);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true });
    folders.add(folder);
    const file = await open(path, 'a');
    try {
      // Asked each time: an earlier append may have failed half-way, and the next part begins where the file ends.
      let { size: offset } = await file.stat();
      await file.appendFile(Buffer.concat(packed));
      let line = (lineCounts.get(path) ?? 0) + 1;
      const parts = packed.map(({ length }, index) => {
        const lines = groups[index]?.length ?? 0;
        const part = { offset, length, line, lines };
        offset += length;
        line += lines;
        return part;
      });
      lineCounts.set(path, line - 1);
      return parts;
    } finally {
      await file.close();
    }
  }

  return {
    append(path, groups) {
      const before = queues.get(path) ?? Promise.resolve();
      const mine = before.then(() => write(path, groups));
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
