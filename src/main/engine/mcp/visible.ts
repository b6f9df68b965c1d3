import { compare } from 'semver';
import { AppError } from '#shared/errors/index.ts';
import type { CatalogEntry } from '#shared/model/index.ts';
import type { ToolCall } from './tool.ts';

/** The newest version of each blueprint that agents may propose: active, intact and published to them. */
export async function proposableEntries(call: ToolCall): Promise<CatalogEntry[]> {
  const { entries } = await call.services.catalog.list(undefined, call);
  const newest = new Map<string, CatalogEntry>();
  for (const entry of entries) {
    if (!isProposable(entry)) continue;
    const known = newest.get(entry.release.name);
    if (known === undefined || compare(entry.release.version, known.release.version) > 0) {
      newest.set(entry.release.name, entry);
    }
  }
  return [...newest.values()];
}

/** One version by name. What agents may not propose does not exist for them: `not-found`, whatever the reason. */
export async function proposableEntry(call: ToolCall, name: string, version: string | null): Promise<CatalogEntry> {
  const { entries } = await call.services.catalog.list(undefined, call);
  const matching = entries
    .filter((entry) => isProposable(entry) && entry.release.name === name)
    .filter((entry) => version === null || entry.release.version === version)
    .sort((one, other) => compare(other.release.version, one.release.version));
  const [entry] = matching;
  if (entry === undefined) {
    throw new AppError(
      'not-found',
      `There is no blueprint ${name}${version === null ? '' : `@${version}`} for agents.`,
      {
        advice: 'Call search_catalog to see what can be proposed.',
      },
    );
  }
  return entry;
}

function isProposable(entry: CatalogEntry): boolean {
  const { release } = entry;
  return (
    release.type === 'blueprint' && release.status === 'active' && release.audience.agents === 'propose' && entry.intact
  );
}
