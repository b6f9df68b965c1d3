import { createHash, type Hash } from 'node:crypto';
import { constants, mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';

/** `sha256:…` over a file's bytes; a symbolic link is refused. */
export async function fileDigest(file: string): Promise<string> {
  const source = await openPlain(file);
  try {
    const hash = createHash('sha256');
    await eachChunk(source, async (chunk) => {
      hash.update(chunk);
    });
    return named(hash);
  } finally {
    await source.close();
  }
}

export interface PrivateCopy extends AsyncDisposable {
  readonly file: string;
  readonly digest: string;
}

/**
 * Copies a plan file into a folder that only the user can enter and tells the digest of the copy. Whoever runs the
 * copy runs the bytes that were checked, whatever happens to the original meanwhile. Disposing removes it.
 */
export async function privateCopy(file: string, directory: string): Promise<PrivateCopy> {
  const source = await openPlain(file);
  const folder = await mkdtemp(path.join(directory, '.apply-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const target = path.join(folder, 'plan');
    const copy = await open(target, 'wx+', 0o600);
    try {
      await eachChunk(source, async (chunk) => {
        await copy.write(chunk);
      });
      const hash = createHash('sha256');
      await eachChunk(copy, async (chunk) => {
        hash.update(chunk);
      });
      return { file: target, digest: named(hash), [Symbol.asyncDispose]: remove };
    } finally {
      await copy.close();
    }
  } catch (thrown) {
    await remove();
    throw thrown;
  } finally {
    await source.close();
  }
}

async function openPlain(file: string): Promise<FileHandle> {
  try {
    return await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (thrown) {
    throw new AppError('digest-mismatch', `The plan file ${path.basename(file)} is gone or is not a plain file.`, {
      advice: 'Plan again and approve the new plan.',
      cause: thrown,
      details: { file },
    });
  }
}

async function eachChunk(file: FileHandle, consume: (chunk: Buffer) => Promise<void>): Promise<void> {
  const buffer = Buffer.allocUnsafe(256 * 1024);
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    await consume(buffer.subarray(0, bytesRead));
  }
}

function named(hash: Hash): string {
  return `sha256:${hash.digest('hex')}`;
}
