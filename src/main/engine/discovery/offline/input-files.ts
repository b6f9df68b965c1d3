import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { InputFile } from './input/input-file.ts';

/** The files at these paths. Throws `not-found` naming the first that is not there, `bad-input` for what is no file. */
export async function filesAt(paths: readonly string[]): Promise<readonly InputFile[]> {
  return Promise.all([...new Set(paths.map((one) => path.resolve(one)))].map(fileAt));
}

async function fileAt(at: string): Promise<InputFile> {
  const found = await stat(at).catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'ENOENT' ? 'There is no such file' : `It cannot be read (${error.code ?? error.message})`;
    throw new AppError('not-found', `${why}: ${at}.`, {
      advice: 'Check the path, and that you may read it.',
      details: { path: at },
      cause: error,
    });
  });
  if (!found.isFile()) {
    throw new AppError('bad-input', `${at} is not a file.`, {
      advice: 'Name the files in it, or pack them into a zip archive.',
      details: { path: at },
    });
  }
  return { path: at, name: path.basename(at), bytes: found.size, modifiedAt: Math.round(found.mtimeMs) };
}
