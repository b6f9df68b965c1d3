import { open, type FileHandle } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { GraphShape } from '#engine/ports/index.ts';
import { createPauses } from './pauses.ts';

/**
 * A shape as a file: a row of pieces, each with its length before it. A piece is one value of the shape, or one of
 * its text blocks, so that no step of writing or reading holds up the event loop. The form is the runtime's own
 * (`v8.serialize`): the file is a cache beside the database's and both are made anew from the facts.
 */
interface Piece {
  readonly path: readonly string[];
  /** True for one of the elements of a list. */
  readonly element: boolean;
  readonly value: unknown;
}

const lengthBytes = 4;
/** Raised with every change of `GraphShape`: an older file is then none. */
const shapeFormat = 1;

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function* piecesOf(value: Record<string, unknown>, path: readonly string[]): Generator<Piece> {
  for (const [name, part] of Object.entries(value)) {
    const here = [...path, name];
    if (isPlain(part)) yield* piecesOf(part, here);
    else if (name === 'blocks' && Array.isArray(part)) {
      yield { path: here, element: false, value: [] };
      for (const block of part) yield { path: here, element: true, value: block };
    } else yield { path: here, element: false, value: part };
  }
}

/** Writes a shape to a new file, safe from a loss of power when this returns. Tells its size and CRC-32. */
export async function writeShapeFile(
  path: string,
  shape: GraphShape,
): Promise<{ readonly bytes: number; readonly checksum: number }> {
  const pause = createPauses();
  const file = await open(path, 'w');
  let bytes = 0;
  let checksum = 0;
  try {
    for (const piece of piecesOf({ format: shapeFormat, ...shape }, [])) {
      const body = serialize(piece);
      const head = Buffer.alloc(lengthBytes);
      head.writeUInt32LE(body.length);
      for (const part of [head, body]) {
        await file.writeFile(part);
        checksum = crc32(part, checksum);
        bytes += part.length;
      }
      await pause();
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  return { bytes, checksum };
}

async function readExactly(file: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled);
    if (bytesRead === 0) throw new Error(`ends ${length - filled} bytes early`);
    filled += bytesRead;
  }
  return buffer;
}

function place(root: Record<string, unknown>, { path, element, value }: Piece): void {
  let owner = root;
  for (const name of path.slice(0, -1)) {
    const next = (owner[name] ??= {});
    if (!isPlain(next)) throw new Error(`has ${path.join('.')} in the wrong place`);
    owner = next;
  }
  const name = path.at(-1) ?? '';
  const list = owner[name];
  if (!element) owner[name] = value;
  else if (Array.isArray(list)) list.push(value);
  else throw new Error(`has a part of ${path.join('.')} too early`);
}

/**
 * Reads a shape file. Throws when it ends early or is of another format, or when size or checksum are not those it
 * was written with.
 */
export async function readShapeFile(
  path: string,
  written: { readonly bytes: number; readonly checksum: number },
): Promise<GraphShape> {
  const pause = createPauses();
  const root: Record<string, unknown> = {};
  const file = await open(path, 'r');
  try {
    let checksum = 0;
    for (let at = 0; at < written.bytes;) {
      const head = await readExactly(file, lengthBytes);
      const length = head.readUInt32LE();
      if (at + lengthBytes + length > written.bytes) throw new Error('has a piece that is too long');
      const body = await readExactly(file, length);
      checksum = crc32(body, crc32(head, checksum));
      place(root, deserialize(body) as Piece);
      at += lengthBytes + length;
      await pause();
    }
    if (checksum !== written.checksum) throw new Error('has other bytes than were written');
  } finally {
    await file.close();
  }
  if (root['format'] !== shapeFormat) throw new Error(`is of format ${String(root['format'])}, not ${shapeFormat}`);
  // Written by the function above from a shape, and the checksum says that nothing has changed since.
  return root as unknown as GraphShape;
}
