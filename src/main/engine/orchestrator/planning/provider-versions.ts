import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The provider versions that `init` chose, as one text such as `hashicorp/aws 1.60.0`; null without providers.
 * How long a change takes is compared within one of these only.
 */
export async function providerVersions(directory: string): Promise<string | null> {
  const lock = await readFile(path.join(directory, '.terraform.lock.hcl'), 'utf8').catch(() => '');
  const found = [...lock.matchAll(/provider "[^"/]*\/([^"]+)" \{\s+version\s*=\s*"([^"]+)"/g)];
  if (found.length === 0) return null;
  return found
    .map(([, name, version]) => `${name ?? ''} ${version ?? ''}`)
    .sort()
    .join(', ');
}
