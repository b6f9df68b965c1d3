import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What the tool notes about a backend when a folder is initialised, as far as it is needed here. */
const noteSchema = z.looseObject({
  backend: z
    .looseObject({
      type: z.string(),
      config: z.looseObject({ path: z.string().nullish(), workspace_dir: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

/**
 * The file that an initialised root keeps its state in; null when its state is not a local file.
 *
 * @param data The root's data folder (`.terraform`), absolute.
 * @param workspace Name of the tool's workspace; null for the default one.
 */
export async function localStateFile(root: string, data: string, workspace: string | null): Promise<string | null> {
  const text = await readFile(path.join(data, 'terraform.tfstate'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const { backend } = noteSchema.parse(JSON.parse(text));
  if (backend !== null && backend !== undefined && backend.type !== 'local') return null;
  const { path: file, workspace_dir: folder } = backend?.config ?? {};
  return workspace === null
    ? path.resolve(root, file ?? 'terraform.tfstate')
    : path.resolve(root, folder ?? 'terraform.tfstate.d', workspace, 'terraform.tfstate');
}
