import { listFolder, type FolderFile, type ListOptions } from '#engine/files/index.ts';
import { isIgnoredSource } from '../../artifacts/source-files.ts';
import { isConfigurationFile } from '../../artifacts/terraform/module.ts';

/**
 * The files beside a root's own configuration, in any depth: what it reads, and its modules. Links that lead elsewhere
 * are left out; `leaveOut` hears of them.
 */
export function rootAssets(
  folder: string,
  { leaveOut = () => undefined, ...limits }: Omit<ListOptions, 'ignore'>,
): Promise<readonly FolderFile[]> {
  return listFolder(folder, {
    ...limits,
    leaveOut,
    ignore: (relative) => isIgnoredSource(relative) || (!relative.includes('/') && isConfigurationFile(relative)),
  });
}
