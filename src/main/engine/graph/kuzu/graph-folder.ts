import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';

/**
 * The folder of the graph:
 *   current.json         which files are the graph, with their checksums; replaced in one step
 *   graph-<n>.kuzu       the graph itself; never written to once it is named by `current.json`
 *   graph-<n>.shape      the same resources and relationships as columns, for questions answered from memory
 *   build-<n>/           rows on their way into the next one
 *   apart-<x>/           what a process that builds apart is asked, and what it answers
 */
const sizeSchema = { bytes: z.number().int(), checksum: z.number().int() };
export const graphPointerSchema = z.strictObject({
  format: z.number().int(),
  generation: z.number().int().positive(),
  ...sizeSchema,
  shape: z.strictObject(sizeSchema),
});
export type GraphPointer = z.infer<typeof graphPointerSchema>;

/** Raised when tables, columns or the shape change: a graph of another format is not opened but built anew. */
export const graphFormat = 3;

const pointerName = 'current.json';

export function graphFileName(generation: number): string {
  return `graph-${generation}.kuzu`;
}

export function shapeFileName(generation: number): string {
  return `graph-${generation}.shape`;
}

/** Number of a graph file or build folder; null for anything else. */
function generationOf(name: string): number | null {
  const found = /^(?:graph|build)-(\d+)(?:\.(?:kuzu|shape).*)?$/.exec(name);
  return found === null ? null : Number(found[1]);
}

/** The number of the next graph: above everything that lies in the folder. */
export async function nextGeneration(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const numbers = (await readdir(folder)).map(generationOf).filter((number) => number !== null);
  return Math.max(0, ...numbers) + 1;
}

/** Size and CRC-32 of a file, read in pieces. Finds rotten bytes before the database stumbles over them. */
export async function checksumFile(path: string): Promise<{ readonly bytes: number; readonly checksum: number }> {
  let bytes = 0;
  let checksum = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    checksum = crc32(piece, checksum);
    bytes += piece.length;
  }
  return { bytes, checksum };
}

/** Reads the pointer; null when there never was a graph of this format. Throws when it is there and unreadable. */
export async function readPointer(folder: string): Promise<GraphPointer | null> {
  let text: string;
  try {
    text = await readFile(join(folder, pointerName), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const read: unknown = JSON.parse(text);
  const format = z.object({ format: z.number().default(1) }).parse(read);
  return format.format === graphFormat ? graphPointerSchema.parse(read) : null;
}

/** Makes a graph file the current one: whole or not at all, also when the power goes. */
export async function writePointer(folder: string, pointer: GraphPointer): Promise<void> {
  const path = join(folder, pointerName);
  const file = await open(`${path}.new`, 'w');
  try {
    await file.writeFile(`${JSON.stringify(pointer)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/** Why a graph file cannot be the one that was built, or null when it is. */
export async function findDamage(folder: string, pointer: GraphPointer): Promise<string | null> {
  const path = join(folder, graphFileName(pointer.generation));
  try {
    const found = await checksumFile(path);
    if (found.bytes !== pointer.bytes) return `${path} has ${found.bytes} bytes where ${pointer.bytes} were written`;
    return found.checksum === pointer.checksum ? null : `the bytes of ${path} are not those that were written`;
  } catch (error) {
    return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What the folders of builds in a process of their own begin with. */
export const apartPrefix = 'apart-';

/** Removes what earlier builds left behind, except the generations in use. */
export async function removeLeftovers(folder: string, kept: ReadonlySet<number>): Promise<void> {
  for (const name of await readdir(folder)) {
    const generation = generationOf(name);
    const isLeft = generation === null ? name.startsWith(apartPrefix) : !kept.has(generation);
    if (!isLeft) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
