import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { isInside } from '#engine/files/index.ts';
import type { WritableWorkspace } from '../../ports/index.ts';
import { createWorkspaceFolder, exists, makeDataFolder, workspacePaths } from '../../workspace/index.ts';

/** A workspace that was not opened: nobody holds its lock, and files are all that is written. */
export function unopened(root: string): WritableWorkspace {
  return { paths: workspacePaths(root), assertWritable: () => undefined };
}

/** Where a path leads once the links in it are followed; what is not there yet lies in the nearest folder that is. */
async function realPlace(place: string): Promise<string> {
  try {
    return await realpath(place);
  } catch (error) {
    const parent = path.dirname(place);
    if (parent === place) throw error;
    return path.join(await realPlace(parent), path.basename(place));
  }
}

/**
 * The folder that takes the parts, as a workspace: a new or empty folder becomes one, an existing workspace is taken as
 * it is. `root` is free of links. Throws `bad-input` for a folder that holds other things, or that lies in the root,
 * over links as well.
 */
export async function outputFolder(out: string, root: string): Promise<WritableWorkspace> {
  const folder = path.resolve(out);
  const details = { path: folder };
  if (isInside(root, await realPlace(folder))) {
    throw new AppError('bad-input', `${folder} lies in the root that is taken apart.`, {
      advice: 'Choose a folder beside it, so that nothing of the root can be touched.',
      details,
    });
  }
  const workspace = unopened(folder);
  if (!(await exists(workspace.paths.document))) {
    const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw new AppError('bad-input', `${folder} cannot be a folder of its own: ${error.message}.`, {
        advice: 'Choose another folder.',
        details,
        cause: error,
      });
    });
    if (entries.length > 0) {
      throw new AppError('bad-input', `${folder} holds other things and is no workspace.`, {
        advice: 'Choose a new or empty folder, or a workspace.',
        details,
      });
    }
    await createWorkspaceFolder(folder, path.basename(folder));
  }
  await makeDataFolder(workspace.paths);
  return workspace;
}
