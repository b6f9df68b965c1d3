import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';

/** A regular file inside a folder. */
export interface FolderFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly absolute: string;
  readonly size: number;
  readonly modifiedMs: number;
}

export interface ListOptions {
  /** Says of a relative path (folders end in `/`) that it is left out. */
  readonly ignore?: (relative: string) => boolean;
  readonly maximumFiles?: number;
  readonly maximumBytes?: number;
  /** Hears of what is no regular file of the folder, which is left out then; without, it is refused. */
  readonly leaveOut?: (relative: string, why: string) => void;
  readonly signal?: AbortSignal;
}

function refuse(message: string, file: string, advice: string): AppError {
  return new AppError('bad-input', message, { advice, details: { file } });
}

/** Whether a path lies inside a folder (or is the folder), by its text alone. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}

/**
 * Joins a relative path to a folder. Throws `bad-input` when it is absolute, climbs out, or holds a NUL.
 */
export function resolveInside(folder: string, relative: string): string {
  const absolute = path.resolve(folder, relative);
  if (path.isAbsolute(relative) || relative.includes('\0') || !isInside(folder, absolute)) {
    throw refuse(`The path ${JSON.stringify(relative)} leads out of its folder.`, relative, 'Use a path inside it.');
  }
  return absolute;
}

/**
 * Lists every regular file under a folder, sorted by path. A link to a file inside the folder counts as that file;
 * links that lead out, links to folders, devices and pipes are refused (`bad-input`) unless they are to be left out, as
 * are folders past the limits.
 */
export async function listFolder(folder: string, options: ListOptions = {}): Promise<readonly FolderFile[]> {
  const { ignore = () => false, maximumFiles = 20_000, maximumBytes = 256 * 1024 * 1024, leaveOut, signal } = options;
  const root = await realpath(folder);
  const files: FolderFile[] = [];
  let bytes = 0;

  const add = async (relative: string, absolute: string): Promise<void> => {
    const status = await lstat(absolute);
    if (!status.isFile()) throw refuse(`${relative} is not a regular file.`, relative, 'Remove it from the folder.');
    bytes += status.size;
    files.push({ path: relative, absolute, size: status.size, modifiedMs: status.mtimeMs });
    if (files.length > maximumFiles || bytes > maximumBytes) {
      const limit = `${maximumFiles} files or ${Math.round(maximumBytes / 1024 / 1024)} MB`;
      throw refuse(`${folder} holds more than ${limit}.`, folder, 'Point at a folder that holds only the code.');
    }
  };

  const follow = async (relative: string, link: string): Promise<void> => {
    const target = await realpath(link).catch(() => null);
    const leadsOut = target === null || !isInside(root, target);
    if (!leadsOut && !(await lstat(target)).isDirectory()) return add(relative, target);
    const message = leadsOut
      ? `${relative} is a link that leads out of the folder.`
      : `${relative} is a link to a folder.`;
    if (leaveOut === undefined) throw refuse(message, relative, 'Replace it by a copy.');
    leaveOut(relative, message);
  };

  const walk = async (relative: string): Promise<void> => {
    signal?.throwIfAborted();
    const entries = await readdir(path.join(root, relative), { withFileTypes: true });
    for (const entry of entries) {
      const inside = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (ignore(entry.isDirectory() ? `${inside}/` : inside)) continue;
      const absolute = path.join(root, inside);
      if (entry.isDirectory()) await walk(inside);
      else if (entry.isSymbolicLink()) await follow(inside, absolute);
      else if (leaveOut !== undefined && !entry.isFile()) leaveOut(inside, `${inside} is not a regular file.`);
      else await add(inside, absolute);
    }
  };

  await walk('');
  // By code unit, not by locale: the order decides the digest.
  return files.sort((left, right) => (left.path < right.path ? -1 : 1));
}
