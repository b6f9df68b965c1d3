import type { ScopeFact } from '#shared/model/index.ts';
import { gcpScopeId } from '../../../canonical-id.ts';
import type { GcpAsset } from './asset.ts';
import { commonDetails } from './common-details.ts';
import type { GcpDirectory } from './directory.ts';
import { projectIn } from './names.ts';

type Level = 'organization' | 'folder' | 'project';
type Scope = Pick<ScopeFact, 'id' | 'nativeId' | 'number'> & { readonly kind: Level };

const levels: Readonly<Record<string, Level>> = {
  organizations: 'organization',
  folders: 'folder',
  projects: 'project',
};

/** The scope with this relative name: `projects/123`, `folders/45`, `organizations/6`; null for anything else. */
export function scopeNamed(name: string, directory: GcpDirectory): Scope | null {
  const [, plural = '', written = ''] = /^(organizations|folders|projects)\/([^/]+)$/.exec(name) ?? [];
  const kind = levels[plural];
  if (kind === undefined) return null;
  if (kind !== 'project') return { id: gcpScopeId(kind, written), kind, nativeId: written };
  const nativeId = directory.projectId(written);
  const number = directory.projectNumber(nativeId);
  return { id: gcpScopeId(kind, nativeId), kind, nativeId, ...(number === undefined ? {} : { number }) };
}

const unplaced: Scope = { id: gcpScopeId('project', 'unknown'), kind: 'project', nativeId: 'unknown' };

/**
 * The scopes above an asset, the nearest first. Files made from plans leave out the project of a resource, which its
 * name tells.
 */
function scopesAbove(asset: GcpAsset, directory: GcpDirectory): readonly Scope[] {
  const chain = asset.ancestors.flatMap((name) => scopeNamed(name, directory) ?? []);
  const project = projectIn(asset.name);
  if (project === null || chain[0]?.kind === 'project') return chain;
  return [scopeNamed(`projects/${project}`, directory) ?? unplaced, ...chain];
}

/** Where an asset hangs. */
export function scopeOf(asset: GcpAsset, directory: GcpDirectory): Scope {
  return scopesAbove(asset, directory)[0] ?? unplaced;
}

const scopeHost = '//cloudresourcemanager.googleapis.com/';

/** The scope that the asset of a project, folder or organisation is; null for every other asset. */
export function scopeFactOf(asset: GcpAsset, directory: GcpDirectory): ScopeFact | null {
  if (asset.data === null || !asset.name.startsWith(scopeHost)) return null;
  const scope = scopeNamed(asset.name.slice(scopeHost.length), directory);
  if (scope === null) return null;
  const above = scopesAbove(asset, directory).filter(({ id }) => id !== scope.id);
  return {
    ...scope,
    cloud: 'gcp',
    name: shownName(asset.data) ?? scope.nativeId,
    parentId: above[0]?.id ?? null,
  };
}

/** The older API writes a project's display name into `name`, where the newer one has `projects/123`. */
function shownName(data: NonNullable<GcpAsset['data']>): string | undefined {
  const { displayName, name } = data;
  if (typeof displayName === 'string' && displayName !== '') return displayName;
  return typeof name === 'string' && !name.includes('/') ? commonDetails(data).name : undefined;
}

/** The scopes above an asset, each with the next as its parent. Only their numbers and ids are known here. */
export function chainOf(asset: GcpAsset, directory: GcpDirectory): readonly ScopeFact[] {
  const chain = scopesAbove(asset, directory);
  return chain.map((scope, index) => ({
    ...scope,
    cloud: 'gcp',
    name: scope.nativeId,
    parentId: chain[index + 1]?.id ?? null,
  }));
}
