import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { resolveInside } from './list-folder.ts';

function besides(target: string, what: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.${what}`);
}

/** True for names this module uses while it works; readers of a folder pass over them. */
export function isTemporary(name: string): boolean {
  return /^\..+\.[0-9a-f]{12}\.(tmp|old)$/.test(name);
}

/**
 * Writes a file so that a reader or a crash sees the old text or the new one, never a part. `mode` is for files that
 * only the user may read.
 */
export async function writeFileAtomically(
  file: string,
  text: string | Uint8Array,
  { mode = 0o666 }: { readonly mode?: number } = {},
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = besides(file, 'tmp');
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What a new folder holds: texts, or files copied from elsewhere; paths are relative with forward slashes. */
export type FolderContent = readonly (
  { readonly path: string; readonly text: string } | { readonly path: string; readonly copyOf: string }
)[];

/**
 * Writes into a new or empty folder, file by file: for one that nobody else sees yet. Throws `bad-input` for paths that
 * lead out of it.
 */
export async function fillFolder(folder: string, content: FolderContent): Promise<void> {
  const made = new Set<string>();
  for (const entry of content) {
    const file = resolveInside(folder, entry.path);
    const parent = path.dirname(file);
    if (!made.has(parent)) await mkdir(parent, { recursive: true });
    made.add(parent);
    if ('copyOf' in entry) {
      await copyFile(entry.copyOf, file);
      continue;
    }
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(entry.text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/**
 * Makes a folder whole or not at all: filled beside its place, then renamed. With `replace` an existing folder gives
 * way to it; without, an existing one makes the rename fail with `EEXIST` or `ENOTEMPTY`. `check` sees the filled
 * folder before it counts.
 */
export async function writeFolderAtomically(
  target: string,
  content: FolderContent,
  options: { readonly replace: boolean; readonly check?: (folder: string) => Promise<void> },
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const temporary = besides(target, 'tmp');
  const previous = besides(target, 'old');
  let moved = false;
  try {
    await mkdir(temporary);
    await fillFolder(temporary, content);
    await options.check?.(temporary);
    if (options.replace) {
      moved = await rename(target, previous).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return false;
          throw error;
        },
      );
    }
    await rename(temporary, target);
    moved = false;
  } finally {
    await rm(temporary, { recursive: true, force: true });
    if (moved) await rename(previous, target);
    else await rm(previous, { recursive: true, force: true });
  }
}
