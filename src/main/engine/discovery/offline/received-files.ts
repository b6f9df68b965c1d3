import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { InputFile } from './input/input-file.ts';

interface Announced {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedAt: number | null;
}

interface Upload {
  readonly folder: string;
  readonly files: readonly (Announced & { readonly path: string })[];
  /** Bytes received of each file. */
  readonly received: number[];
}

/**
 * Files that a screen sends piece by piece. They are kept on the disk and never whole in memory. They may hold secrets
 * in clear, so that what a program that was ended left behind goes at once.
 */
export interface ReceivedFiles {
  announce(files: readonly Announced[]): Promise<string>;
  /** Throws `conflict` for a piece that does not follow the last one, `bad-input` for more than was announced. */
  append(
    upload: string,
    piece: { readonly file: number; readonly offset: number; readonly data: Buffer },
  ): Promise<number>;
  /** The files once all of them are whole. Throws `conflict` naming the first that is not. */
  filesOf(upload: string): Promise<readonly InputFile[]>;
  discard(upload: string): Promise<void>;
}

export function createReceivedFiles(root: string, logger: Logger): ReceivedFiles {
  const uploads = new Map<string, Upload>();
  const swept = rm(root, { recursive: true, force: true }).catch((error: unknown) => {
    // The next upload tries again, and then it is told to whoever sends it.
    logger.warn('imports.leftovers-stay', { path: root, error: String(error) });
  });

  function find(upload: string): Upload {
    const found = uploads.get(upload);
    if (found !== undefined) return found;
    throw new AppError('not-found', 'These files are not there any more.', { advice: 'Choose them again.' });
  }

  return {
    async announce(files) {
      await swept;
      if (uploads.size === 0) await rm(root, { recursive: true, force: true });
      const upload = randomUUID();
      const folder = path.join(root, upload);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // The names come from outside: a file's place never depends on them.
      const placed = files.map((file, index) => ({ ...file, path: path.join(folder, String(index)) }));
      for (const { path: at } of placed) await (await open(at, 'w', 0o600)).close();
      uploads.set(upload, { folder, files: placed, received: placed.map(() => 0) });
      return upload;
    },

    async append(upload, { data, file: index, offset }) {
      const { files, received } = find(upload);
      const file = files[index];
      const have = received[index] ?? 0;
      if (file === undefined) throw new AppError('bad-input', `There is no file ${index} in this upload.`);
      if (offset !== have) {
        throw new AppError('conflict', `A piece of ${file.name} does not follow the last one.`, {
          advice: 'Choose the files again.',
          details: { offset, received: have },
        });
      }
      if (have + data.length > file.bytes) {
        throw new AppError('bad-input', `${file.name} grew while it was sent.`, { advice: 'Choose the files again.' });
      }
      const handle = await open(file.path, 'a');
      try {
        await handle.appendFile(data);
      } finally {
        await handle.close();
      }
      received[index] = have + data.length;
      return have + data.length;
    },

    async filesOf(upload) {
      const { files, received } = find(upload);
      for (const [index, { bytes, name }] of files.entries()) {
        if (received[index] === bytes) continue;
        throw new AppError('conflict', `${name} has not come to its end: ${received[index]} of ${bytes} bytes.`, {
          advice: 'Choose the files again.',
        });
      }
      for (const { path: at, modifiedAt } of files) {
        if (modifiedAt !== null) await utimes(at, modifiedAt / 1000, modifiedAt / 1000);
      }
      return files.map(({ bytes, modifiedAt, name, path: at }) => ({ path: at, name, bytes, modifiedAt }));
    },

    async discard(upload) {
      const found = uploads.get(upload);
      uploads.delete(upload);
      if (found !== undefined) await rm(found.folder, { recursive: true, force: true });
    },
  };
}
