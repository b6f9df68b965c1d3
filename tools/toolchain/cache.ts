import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { findOnPath } from './find-on-path.ts';
import { recipeDigest, type Recipe } from './recipes.ts';

/** A tool as it is (or would be) on this machine. */
export interface ToolPlace {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** The tool's own folder; null for one that the system provides. */
  readonly directory: string | null;
  /** The file to run, or for a provider the command-line configuration to point at; null when it is missing. */
  readonly executable: string | null;
  readonly present: boolean;
}

/**
 * The folder with all built tools: `$GROUNDPLAN_TOOLCHAIN`, else `groundplan/toolchain` under
 * `$XDG_CACHE_HOME` or `~/.cache`. It is outside every checkout, so that only a new machine pays.
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env['GROUNDPLAN_TOOLCHAIN'];
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  const cache = env['XDG_CACHE_HOME'];
  const base = cache !== undefined && path.isAbsolute(cache) ? cache : path.join(homedir(), '.cache');
  return path.join(base, 'groundplan', 'toolchain');
}

/** The name of a tool's folder in the cache: tool, version and the digest of its recipe. */
export function toolFolderName(recipe: Recipe): string {
  return `${recipe.name}-${recipe.version}-${recipeDigest(recipe)}`;
}

/** Where a tool is. A folder counts only when its main file is there: builds are moved in whole. */
export function locateTool(recipe: Recipe, env: NodeJS.ProcessEnv = process.env): ToolPlace {
  const { name, title, version } = recipe;
  if (recipe.build.kind === 'system') {
    const executable = findOnPath(recipe.build.commands, env);
    return { name, title, version, directory: null, executable, present: executable !== null };
  }
  const directory = path.join(cacheDirectory(env), toolFolderName(recipe));
  const executable = path.join(directory, recipe.executable);
  const present = existsSync(executable) && existsSync(path.join(directory, buildNoteName));
  return { name, title, version, directory, executable: present ? executable : null, present };
}

/** The file in a tool's folder that says how it came to be. */
export const buildNoteName = 'built.json';

/** What is known about a build that was made here, for listings; null where there is none. */
export function readBuildNote(directory: string): { seconds: number; builtAt: string; bytes: number } | null {
  const file = path.join(directory, buildNoteName);
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { seconds: number; builtAt: string; bytes: number })
    : null;
}
