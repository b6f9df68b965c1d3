import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The versions that `.terraform.lock.hcl` decides on, by the provider's name. */
export async function lockedVersions(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path.join(folder, '.terraform.lock.hcl'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      // Written by the first `init`; many modules have none.
      if (error.code === 'ENOENT') return '';
      throw error;
    },
  );
  const locked = text.matchAll(/^provider "(?:[^"/]+\/)*([^"/]+)" \{\s*version\s*=\s*"([^"]+)"/gm);
  return new Map([...locked].map(([, provider = '', version = '']) => [provider, version]));
}
