import { readdir, readFile } from 'node:fs/promises';

/** The text of a file, or null when there is none. */
export async function readTextIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The names in a folder, sorted, without hidden ones; none when there is no folder. */
export async function namesIn(folder: string, kind: 'file' | 'folder'): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const right = entries.filter((entry) => (kind === 'file' ? entry.isFile() : entry.isDirectory()));
    return right
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
