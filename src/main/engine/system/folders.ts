import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { exists, workspacePaths } from '../workspace/index.ts';

export interface FolderListing {
  path: string;
  parent: string | null;
  folders: { name: string; path: string; isWorkspace: boolean }[];
  /** Empty unless they were asked for. */
  files: { name: string; path: string }[];
}

/** Visible sub-folders of a folder and, where they are wanted, its files, by name. Throws `not-found` when it cannot be read. */
export async function listFolders(
  folder: string,
  { files = false }: { readonly files?: boolean | undefined } = {},
): Promise<FolderListing> {
  const absolute = path.resolve(folder);
  const entries = await readdir(absolute, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('not-found', `The folder ${absolute} cannot be read.`, { details: { path: absolute }, cause });
  });
  const visible = entries.filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules');
  const sorted = (of: typeof entries): string[] =>
    of.map((entry) => entry.name).sort((one, other) => one.localeCompare(other));
  const names = sorted(visible.filter((entry) => entry.isDirectory()));
  const fileNames = files ? sorted(visible.filter((entry) => entry.isFile())) : [];
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
    files: fileNames.map((name) => ({ name, path: path.join(absolute, name) })),
  };
}
