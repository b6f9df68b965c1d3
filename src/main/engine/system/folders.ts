import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { exists, workspacePaths } from '../workspace/index.ts';

export interface FolderListing {
  path: string;
  parent: string | null;
  folders: { name: string; path: string; isWorkspace: boolean }[];
}

/** Visible sub-folders of a folder, by name. Throws `not-found` when it cannot be read. */
export async function listFolders(folder: string): Promise<FolderListing> {
  const absolute = path.resolve(folder);
  const entries = await readdir(absolute, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('not-found', `The folder ${absolute} cannot be read.`, { details: { path: absolute }, cause });
  });
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => entry.name)
    .sort((one, other) => one.localeCompare(other));
  const parent = path.dirname(absolute);
  return {
    path: absolute,
    parent: parent === absolute ? null : parent,
    folders: await Promise.all(
      names.map(async (name) => {
        const full = path.join(absolute, name);
        return { name, path: full, isWorkspace: await exists(workspacePaths(full).document) };
      }),
    ),
  };
}
