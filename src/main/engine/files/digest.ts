import { createHash, type Hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FolderFile } from './list-folder.ts';

function addFile(hash: Hash, path: string, bytes: Uint8Array): void {
  // Lengths stand before what they measure, so that no two folders give the same stream.
  hash.update(`${Buffer.byteLength(path)}:${path}:${bytes.byteLength}:`);
  hash.update(bytes);
}

/** `sha256:…` over the sorted relative paths and bytes of some files. */
export async function digestFiles(files: readonly Pick<FolderFile, 'path' | 'absolute'>[]): Promise<string> {
  const hash = createHash('sha256');
  const sorted = files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
  for (const file of sorted) addFile(hash, file.path, await readFile(file.absolute));
  return `sha256:${hash.digest('hex')}`;
}

/** `sha256:…` over a text. */
export function digestText(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
