import { digestFiles, isTemporary, listFolder, type FolderFile } from '#engine/files/index.ts';

/** Our own file beside the tool's: corrections by hand, no part of the code. */
export const correctionsFile = 'groundplan.yaml';
/** What the file was called first; it is read where there is no other. */
const olderCorrectionsFile = 'artifact.yaml';
export const correctionsFiles: readonly string[] = [correctionsFile, olderCorrectionsFile];

const ignoredFolders = new Set([
  '.git',
  '.terraform',
  '.terragrunt-cache',
  'node_modules',
  '.groundplan',
  '.idea',
  '.vscode',
]);
const ignoredFiles = [
  /\.tfstate(\..*)?$/,
  /\.tfplan$/,
  /^\.terraform\.tfstate\.lock\.info$/,
  /^crash(\..*)?\.log$/,
  /^\.DS_Store$/,
  /~$/,
];

/**
 * What is no part of an artifact: what tools download, state and plans (which may hold secrets), editors' leavings.
 * `.terraform.lock.hcl` is a part: it decides which provider runs.
 */
export function isIgnoredSource(relative: string): boolean {
  const parts = relative.split('/');
  if (relative.endsWith('/')) {
    const folder = parts.at(-2) ?? '';
    return ignoredFolders.has(folder) || isTemporary(folder);
  }
  const name = parts.at(-1) ?? '';
  return ignoredFiles.some((pattern) => pattern.test(name)) || isTemporary(name);
}

/** The files an artifact consists of, sorted by path; links and paths that lead out are refused (`bad-input`). */
export async function listSources(folder: string, signal?: AbortSignal): Promise<readonly FolderFile[]> {
  return listFolder(folder, {
    ignore: (relative) => correctionsFiles.includes(relative) || isIgnoredSource(relative),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** `sha256:…` over the sorted relative paths and bytes of an artifact's files. */
export async function digestSources(files: readonly FolderFile[]): Promise<string> {
  return digestFiles(files);
}
