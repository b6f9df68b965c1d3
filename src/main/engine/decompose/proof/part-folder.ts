import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { writeFolderAtomically, type FolderContent } from '#engine/files/index.ts';

/** A part as it is tried out: its code in a folder of its own with a state beside it that nobody else has. */
export interface PartFolder {
  readonly folder: string;
  readonly stateFile: string;
}

export interface PartFolderOptions {
  readonly folder: string;
  readonly content: FolderContent;
  /** Workspace of the tool; null for the default one. */
  readonly workspace: string | null;
}

async function writePrivately(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, text, { mode: 0o600 });
}

/**
 * Lays a part out to be tried: its code, and beside it an override file that puts the state into a local file, so that
 * no backend of the user's is reached.
 */
export async function layOut({ folder, content, workspace }: PartFolderOptions): Promise<PartFolder> {
  const code = path.join(folder, 'code');
  const states = path.join(folder, 'states');
  const file = path.join(states, 'default.tfstate');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFolderAtomically(code, content, { replace: false });
  const backend: JsonObject = { terraform: { backend: { local: { path: file, workspace_dir: states } } } };
  await writePrivately(path.join(code, 'groundplan_backend_override.tf.json'), JSON.stringify(backend));
  return {
    folder: code,
    stateFile: workspace === null ? file : path.join(states, workspace, 'terraform.tfstate'),
  };
}

/** Gives a laid out part its state; readable by the user alone. */
export async function placeState(part: PartFolder, text: string): Promise<void> {
  await writePrivately(part.stateFile, text);
}

/** Gives a laid out part the values of its variables. */
export async function placeValues(part: PartFolder, values: JsonObject): Promise<void> {
  await writePrivately(path.join(part.folder, 'groundplan.auto.tfvars.json'), JSON.stringify(values));
}

/** Lets a laid out part read other parts' states from files instead of from their backends. */
export async function placeRemoteStates(part: PartFolder, states: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(states).length === 0) return;
  const sources = Object.fromEntries(
    Object.entries(states).map(([name, file]): [string, Json] => [
      name,
      // The file is that of the workspace already.
      { backend: 'local', workspace: 'default', config: { path: file } },
    ]),
  );
  const text = JSON.stringify({ data: { terraform_remote_state: sources } });
  await writePrivately(path.join(part.folder, 'groundplan_states_override.tf.json'), text);
}
