import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '#shared/errors/index.ts';
import type { InputFile, InputText } from './input-file.ts';
import { isGzip } from './magic.ts';
import { asUtf8 } from './text-encoding.ts';
import { limited } from './unpack-limit.ts';

const maximumMembers = 100_000;

/** What a Mac adds to every archive. */
const ornaments = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._)/;

/**
 * The members of a zip archive. Throws `bad-input` when it is damaged, encrypted, or built to do harm: a member whose
 * path leads out of the archive, members that share their bytes, far too many of them.
 */
export async function* zipTexts(file: InputFile): AsyncGenerator<InputText> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(file.path, { autoClose: false, strictFileNames: false });
    if (zip.entryCount > maximumMembers) throw new Error(`it has ${zip.entryCount} members`);
    let packed = 0;
    for await (const entry of zip.eachEntry()) {
      packed += entry.compressedSize;
      // Each byte of an archive belongs to one member.
      if (packed > file.bytes) throw new Error('its members share their bytes');
      if (entry.fileName.endsWith('/') || ornaments.test(entry.fileName)) continue;
      yield memberText(file, zip, entry);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const why = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    throw new AppError('bad-input', `The archive ${file.name} is not read: ${why}.`, {
      advice: 'Unpack it yourself and import the files that you trust.',
      details: { file: file.name },
      cause: error,
    });
  } finally {
    zip?.close();
  }
}

function memberText(file: InputFile, zip: ZipFile, entry: Entry): InputText {
  const name = `${file.name} › ${entry.fileName}`;
  const time = entry.getLastModDate().getTime();
  return {
    name: name.replace(/\.gz$/i, ''),
    path: entry.fileName,
    modifiedAt: Number.isNaN(time) ? file.modifiedAt : time,
    bytes: entry.compressedSize,
    async *read({ signal, onBytes }) {
      if (isLink(entry)) {
        throw new AppError('bad-input', `${name} is a link to another file, which is not followed.`, {
          advice: 'Pack the file itself.',
          details: { file: name },
        });
      }
      if (!entry.canDecodeFileData()) {
        const how = entry.isEncrypted() ? 'encrypted' : 'packed in a way that is not known here';
        throw new AppError('bad-input', `${name} is ${how}.`, {
          advice: 'Unpack it yourself and import what comes out.',
          details: { file: name },
        });
      }
      const source = await zip.openReadStreamPromise(entry);
      try {
        yield* asUtf8(pieces(source, { name, entry, signal }));
      } finally {
        source.destroy();
      }
      onBytes(entry.compressedSize);
    },
  };
}

/** A symbolic link, as archives made on Unix keep it: the mode stands in the upper half of the attributes. */
function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

async function beginsAsGzip(source: Readable): Promise<boolean> {
  await once(source, 'readable');
  const head = source.read() as Buffer | null;
  if (head === null) return false;
  source.unshift(head);
  return isGzip(head);
}

async function* pieces(
  source: Readable,
  { name, entry, signal }: { readonly name: string; readonly entry: Entry; readonly signal: AbortSignal },
): AsyncGenerator<Buffer> {
  // AWS Config delivers its files gzipped, and people zip them.
  const stream = (await beginsAsGzip(source)) ? source.pipe(createGunzip()) : source;
  if (stream !== source) source.on('error', (error) => stream.destroy(error));
  try {
    for await (const piece of limited(stream, { name, packedBytes: () => entry.compressedSize })) {
      signal.throwIfAborted();
      yield piece;
    }
  } finally {
    stream.destroy();
  }
}
