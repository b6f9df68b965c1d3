import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extract, list } from 'tar';
import { AppError } from '#shared/errors/index.ts';

// A packed chart is some hundred kilobytes; more than this unpacked is no code.
const maximumBytes = 64 * 1024 * 1024;
const maximumEntries = 20_000;

/** A packed chart or module, unpacked into a folder that goes with it. */
export interface UnpackedArchive extends AsyncDisposable {
  readonly folder: string;
}

/** True for the names of archives that are taken. */
export function isArchive(file: string): boolean {
  return /\.(tgz|tar\.gz)$/i.test(file);
}

function refuse(file: string, message: string, cause?: unknown): AppError {
  return new AppError('bad-input', `${file} ${message}`, {
    advice: 'Use an archive as helm package makes it, or unpack it yourself and import the folder.',
    details: { path: file },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Looks at every entry before anything is written: paths that climb out, links and floods are refused. */
async function check(file: string): Promise<void> {
  let entries = 0;
  let bytes = 0;
  let wrong: string | null = null;
  await list({
    file,
    strict: true,
    onReadEntry(entry) {
      entries += 1;
      bytes += entry.size;
      const parts = entry.path.split(/[/\\]/);
      if (path.posix.isAbsolute(entry.path) || /^[A-Za-z]:/.test(entry.path) || parts.includes('..')) {
        wrong ??= `holds ${entry.path}, which leads out of it.`;
      } else if (entry.type !== 'File' && entry.type !== 'Directory' && entry.type !== 'OldFile') {
        wrong ??= `holds ${entry.path}, which is neither a file nor a folder.`;
      } else if (entries > maximumEntries || bytes > maximumBytes) {
        wrong ??= `is too large: ${maximumEntries} files and ${maximumBytes / 1024 / 1024} MB at most.`;
      }
    },
  }).catch((error: unknown) => {
    throw refuse(file, `cannot be unpacked: ${error instanceof Error ? error.message : String(error)}.`, error);
  });
  if (wrong !== null) throw refuse(file, wrong);
  if (entries === 0) throw refuse(file, 'is empty.');
}

/** Unpacks an archive into a folder of its own, or throws `bad-input` with nothing written. */
export async function unpackArchive(file: string): Promise<UnpackedArchive> {
  await check(file);
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-archive-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await extract({ file, cwd: folder, strict: true });
  } catch (error) {
    await remove();
    throw refuse(file, `cannot be unpacked: ${error instanceof Error ? error.message : String(error)}.`, error);
  }
  return { folder, [Symbol.asyncDispose]: remove };
}
