import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ProviderSchemas } from '../../artifacts/index.ts';
import { configurationFiles } from '../../artifacts/terraform/module.ts';
import { analyseRoot, type RootAnalysis } from './analyse-root.ts';

/** Roots whose analysis is kept: one person works on few at a time, and one may be large. */
const kept = 4;

/** Analyses of roots, read again only when a configuration file or the lock file changed. */
export interface AnalysisCache {
  read(folder: string, signal: AbortSignal): Promise<RootAnalysis>;
}

async function fingerprintOf(folder: string): Promise<string> {
  const names = [...(await configurationFiles(folder)), '.terraform.lock.hcl'];
  const states = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => null)));
  return names.map((name, at) => `${name} ${states[at]?.size ?? ''} ${states[at]?.mtimeMs ?? ''}`).join('\n');
}

export function createAnalysisCache(schemas: () => ProviderSchemas): AnalysisCache {
  const known = new Map<string, { readonly fingerprint: string; readonly analysis: RootAnalysis }>();
  return {
    async read(folder, signal) {
      const fingerprint = await fingerprintOf(folder);
      const found = known.get(folder);
      const analysis =
        found?.fingerprint === fingerprint ? found.analysis : await analyseRoot(folder, { schemas: schemas(), signal });
      known.delete(folder);
      known.set(folder, { fingerprint, analysis });
      for (const oldest of known.keys()) if (known.size > kept) known.delete(oldest);
      return analysis;
    },
  };
}
