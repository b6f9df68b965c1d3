import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readTextIfThere, writeFileAtomically } from '#engine/files/index.ts';
import type { Workspace } from '../ports/index.ts';

/**
 * Keeps the JSON Schemas of our files in `.groundplan/schemas`, where the first line of each file points to, so that
 * editors complete and check them without a network. Does nothing in a read-only workspace.
 */
export async function installSchemas(workspace: Workspace, resourcesFolder: string): Promise<void> {
  if (workspace.readOnly !== null) return;
  const folder = path.join(resourcesFolder, 'schemas');
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.schema.json')) continue;
    const text = await readFile(path.join(folder, name), 'utf8');
    const target = path.join(workspace.paths.data, 'schemas', name);
    if ((await readTextIfThere(target)) !== text) await writeFileAtomically(target, text);
  }
}
