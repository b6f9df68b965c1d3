import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Requirement } from '#shared/model/index.ts';
import type { Block } from '../blocks.ts';
import type { WantedProvider } from './provider-schemas.ts';

/** The versions that `.terraform.lock.hcl` decides on, by the provider's name. */
async function lockedVersions(folder: string): Promise<ReadonlyMap<string, string>> {
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

/** The providers whose resources and data sources a folder uses, with the version it is locked to or asks for. */
export async function wantedProviders(
  folder: string,
  blocks: readonly Block[],
  requires: readonly Requirement[],
): Promise<readonly WantedProvider[]> {
  const used = new Set(
    blocks
      .filter(({ type }) => type === 'resource' || type === 'data')
      .map(({ labels: [type = ''] }) => type.split('_')[0] ?? type),
  );
  if (used.size === 0) return [];
  const locked = await lockedVersions(folder);
  return [...used].map((provider) => {
    const needed = requires.find(({ kind, name }) => kind === 'provider' && name.split('/').at(-1) === provider);
    return { provider, version: locked.get(provider) ?? needed?.version ?? null };
  });
}
