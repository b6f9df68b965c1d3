import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { InputFile, InputText } from './input-file.ts';
import { isGzip, isZip } from './magic.ts';
import { asUtf8 } from './text-encoding.ts';
import { limited } from './unpack-limit.ts';
import { zipTexts } from './zip.ts';

const pieceBytes = 2 ** 20;

/**
 * The texts of a file, unpacked where it is packed: of a zip one for each member, else one. What kind of file it is,
 * its first bytes tell. Throws `bad-input` for an archive that cannot be trusted or read.
 */
export async function* textsOf(file: InputFile): AsyncGenerator<InputText> {
  const head = await firstBytes(file.path);
  if (isZip(head)) {
    yield* zipTexts(file);
    return;
  }
  const packed = isGzip(head);
  yield {
    name: packed ? file.name.replace(/\.gz$/i, '') : file.name,
    path: file.path,
    modifiedAt: file.modifiedAt,
    bytes: file.bytes,
    read: ({ signal, onBytes }) => asUtf8(readPlain(file, { packed, signal, onBytes })),
  };
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function* readPlain(
  { path, name }: InputFile,
  { packed, signal, onBytes }: { packed: boolean; signal: AbortSignal; onBytes: (bytes: number) => void },
): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { highWaterMark: pieceBytes });
  const counter = { packed: 0 };
  source.on('data', (piece) => {
    counter.packed += piece.length;
    onBytes(piece.length);
  });
  const stream = packed ? source.pipe(createGunzip({ chunkSize: pieceBytes })) : source;
  if (packed) source.on('error', (error) => stream.destroy(error));
  try {
    for await (const piece of packed ? limited(stream, { name, packedBytes: () => counter.packed }) : stream) {
      signal.throwIfAborted();
      yield piece as Buffer;
    }
  } finally {
    source.destroy();
    stream.destroy();
  }
}
