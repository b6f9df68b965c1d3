import { basename } from 'node:path';

/** Which state a file is of. */
export interface StateIdentity {
  /** Canonical id, the same for every file of one state. */
  readonly id: string;
  /** What people call it: the file, with its folder where the file's name is what they are all called. */
  readonly name: string;
  /** As the tools lay out their folders; null where the place does not tell. */
  readonly workspace: string | null;
}

/** Names that say nothing: tools give them to every state. */
const commonNames =
  /^(?:(?:terraform|default|errored|tofu)?\.?tfstate|tfstate|state\.json|show\.json|plan\.json|tfplan\.json)$/i;

// https://developer.hashicorp.com/terraform/language/settings/backends/local and …/s3: `env:/<workspace>/<key>`
const workspaceFolder = /(?:^|[/\\])(?:terraform\.tfstate\.d|env:|env%3A)[/\\]([^/\\]+)[/\\]/i;

/**
 * A state's lineage is given once, when it is made, and stays; a copy for another workspace keeps it, so the workspace
 * belongs to the id. What `show -json` prints has no lineage and goes by its file's name.
 */
export function identityOf(
  { name, path }: { readonly name: string; readonly path: string },
  lineage: string | null,
): StateIdentity {
  const workspace = workspaceFolder.exec(path)?.[1] ?? null;
  const file = basename(name.split(' › ').at(-1) ?? name);
  const folders = path.split(/[/\\]/).slice(0, -1);
  const above = folderOf(folders, workspace);
  const shown = commonNames.test(file) && above !== undefined ? `${above}/${file}` : file;
  const parts = [lineage ?? `file/${encodeURIComponent(shown)}`, ...(workspace === null ? [] : [workspace])];
  return { id: `tf://${parts.join('/')}`, name: shown, workspace };
}

/** The nearest folder that is one of the user's, not one that the tool made. */
function folderOf(folders: readonly string[], workspace: string | null): string | undefined {
  return folders.findLast(
    (folder) =>
      folder !== '' && folder !== workspace && !/^(?:terraform\.tfstate\.d|env:|env%3A|\.terraform)$/i.test(folder),
  );
}
