import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ProviderSchemas } from '../../artifacts/index.ts';
import { configurationFiles } from '../../artifacts/terraform/module.ts';
import { isLocalSource } from '../../artifacts/terraform/requirements.ts';
import { analyseRoot, type RootAnalysis } from './analyse-root.ts';

/** Roots whose analysis is kept: one person works on few at a time, and one may be large. */
const kept = 4;

/** Analyses of roots, read again only when a configuration file, one of a local module, or the lock file changed. */
export interface AnalysisCache {
  read(folder: string, signal: AbortSignal): Promise<RootAnalysis>;
}

/** Folders of the local modules that code calls, those called by them included, and those that are not there yet. */
function moduleFolders(folder: string, modules: RootAnalysis['modules']): readonly string[] {
  return [...modules.values()].flatMap(({ source, inside }) => {
    if (!isLocalSource(source)) return [];
    const called = path.resolve(folder, source);
    return [called, ...(inside === null ? [] : moduleFolders(called, inside.modules))];
  });
}

async function namesOf(folder: string): Promise<readonly string[]> {
  return configurationFiles(folder).catch((error: NodeJS.ErrnoException) => {
    // A module that is missing, told by the analysis; it may come.
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

async function fingerprintOf(folders: readonly string[]): Promise<string> {
  const files: string[] = [];
  for (const folder of folders) {
    for (const name of [...(await namesOf(folder)), '.terraform.lock.hcl']) files.push(path.join(folder, name));
  }
  const states = await Promise.all(files.map((file) => stat(file).catch(() => null)));
  return files.map((file, at) => `${file} ${states[at]?.size ?? ''} ${states[at]?.mtimeMs ?? ''}`).join('\n');
}

interface Known {
  /** The root's, and those of its modules. */
  readonly folders: readonly string[];
  readonly fingerprint: string;
  readonly analysis: RootAnalysis;
}

export function createAnalysisCache(schemas: () => ProviderSchemas): AnalysisCache {
  const known = new Map<string, Known>();

  async function read(folder: string, signal: AbortSignal): Promise<Known> {
    const own = await fingerprintOf([folder]);
    const analysis = await analyseRoot(folder, { schemas: schemas(), signal });
    // Which modules there are is known only now; the root's files count as they were before they were read.
    const modules = [...new Set(moduleFolders(folder, analysis.modules))].filter((one) => one !== folder);
    return { folders: [folder, ...modules], fingerprint: `${own}\n${await fingerprintOf(modules)}`, analysis };
  }

  async function isFresh({ folders, fingerprint }: Known): Promise<boolean> {
    const [own = '', ...modules] = folders;
    return fingerprint === `${await fingerprintOf([own])}\n${await fingerprintOf(modules)}`;
  }

  return {
    async read(folder, signal) {
      const found = known.get(folder);
      const current = found !== undefined && (await isFresh(found)) ? found : await read(folder, signal);
      known.delete(folder);
      known.set(folder, current);
      for (const oldest of known.keys()) if (known.size > kept) known.delete(oldest);
      return current.analysis;
    },
  };
}
