import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import semver from 'semver';
import type { Processes } from '../../ports/index.ts';

type Environment = Readonly<Record<string, string>>;

/** A tool in a per-user toolchain, which keeps each in a folder `NAME-VERSION-DIGEST` of its own. */
export interface ToolchainFolder {
  readonly path: string;
  readonly version: string;
}

/** Where a program may be: its name in the toolchain, its file there, and its names on the search path. */
export interface ProgramPlaces {
  readonly tool: string;
  readonly file: string;
  readonly names: readonly string[];
}

/**
 * Finds every file that a program may be, best first: `$GROUNDPLAN_TOOLCHAIN`, the search path, the per-user
 * toolchain. Nothing is run.
 */
export async function* findPrograms(
  places: ProgramPlaces,
  host: { readonly processes: Pick<Processes, 'find'>; readonly environment: Environment },
): AsyncGenerator<string> {
  const { processes, environment } = host;
  const inside = async function* (folders: readonly ToolchainFolder[]): AsyncGenerator<string> {
    for (const folder of folders) {
      const file = await processes.find(path.join(folder.path, places.file));
      if (file !== null) yield file;
    }
  };
  const chosen = environment['GROUNDPLAN_TOOLCHAIN'] ?? '';
  if (chosen !== '') yield* inside(await foldersIn(path.resolve(chosen), places.tool));
  for (const name of places.names) {
    const file = await processes.find(name);
    if (file !== null) yield file;
  }
  yield* inside(await foldersIn(defaultToolchain(environment), places.tool));
}

/** The folders of a tool in `$GROUNDPLAN_TOOLCHAIN` and in the per-user toolchain, best first. */
export async function toolchainFolders(tool: string, environment: Environment): Promise<readonly ToolchainFolder[]> {
  const chosen = environment['GROUNDPLAN_TOOLCHAIN'] ?? '';
  return [
    ...(chosen === '' ? [] : await foldersIn(path.resolve(chosen), tool)),
    ...(await foldersIn(defaultToolchain(environment), tool)),
  ];
}

/** The folder for what can be made again: `$XDG_CACHE_HOME` or `~/.cache`. */
export function userCacheDirectory(environment: Environment): string {
  const cache = environment['XDG_CACHE_HOME'];
  if (cache !== undefined && path.isAbsolute(cache)) return cache;
  return path.join(environment['HOME'] ?? environment['USERPROFILE'] ?? '.', '.cache');
}

function defaultToolchain(environment: Environment): string {
  return path.join(userCacheDirectory(environment), 'groundplan', 'toolchain');
}

/** The newest version first; of one version the newest build. A folder being built has another name. */
async function foldersIn(toolchain: string, tool: string): Promise<readonly ToolchainFolder[]> {
  const found = (await namesIn(toolchain)).flatMap((name) => {
    const version = name.startsWith(`${tool}-`) ? /^\d+\.\d+\.\d+/.exec(name.slice(tool.length + 1))?.[0] : undefined;
    return version === undefined ? [] : [{ path: path.join(toolchain, name), version }];
  });
  const dated = await Promise.all(found.map(async (folder) => ({ folder, at: await changedAt(folder.path) })));
  return dated
    .sort((one, other) => semver.compare(other.folder.version, one.folder.version) || other.at - one.at)
    .map(({ folder }) => folder);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw thrown;
  }
}

async function changedAt(folder: string): Promise<number> {
  // One that vanishes meanwhile comes last; using it fails by its name.
  return stat(folder).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
