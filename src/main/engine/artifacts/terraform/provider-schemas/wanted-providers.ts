import type { Requirement } from '#shared/model/index.ts';
import type { Block } from '../blocks.ts';
import { lockedVersions } from './locked-versions.ts';
import type { WantedProvider } from './provider-schemas.ts';

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
