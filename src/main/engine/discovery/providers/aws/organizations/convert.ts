import type { ScopeFact } from '#shared/model/index.ts';
import { awsScopeId } from '../../../canonical-id.ts';
import type { OrganizationTree } from './client.ts';

/** The organisation and its units as scopes; accounts become scopes where they are opened. */
export function organizationScopes({ organization, units }: OrganizationTree): ScopeFact[] {
  const organizationId = awsScopeId('organization', organization.Id ?? '');
  const top: ScopeFact = {
    id: organizationId,
    cloud: 'aws',
    kind: 'organization',
    name: organization.Id ?? '',
    nativeId: organization.Id ?? '',
    parentId: null,
  };
  const below = units.map(({ unit, parentId }): ScopeFact => ({
    id: awsScopeId('ou', unit.Id ?? ''),
    cloud: 'aws',
    kind: 'ou',
    name: unit.Name ?? unit.Id ?? '',
    nativeId: unit.Id ?? '',
    parentId: parentId === null ? organizationId : awsScopeId('ou', parentId),
  }));
  return [top, ...below];
}

/** Where an account hangs in the organisation, and what it is called there; null when it is not a member. */
export function accountInOrganization(
  tree: OrganizationTree,
  accountId: string,
): { readonly name: string; readonly parentId: string; readonly active: boolean } | null {
  const found = tree.accounts.find(({ account }) => account.Id === accountId);
  if (found === undefined) return null;
  const { account, parentId } = found;
  return {
    name: account.Name ?? accountId,
    parentId: parentId === null ? awsScopeId('organization', tree.organization.Id ?? '') : awsScopeId('ou', parentId),
    // `Status` gives way to `State`; both say ACTIVE.
    active: (account.State ?? account.Status ?? 'ACTIVE') === 'ACTIVE',
  };
}

/**
 * The units and roots of `scopes` that an account lies under, at any depth, and the account itself when it is named.
 * Empty when the account is outside of all of them.
 */
export function scopesAround(tree: OrganizationTree, accountId: string, scopes: readonly string[]): readonly string[] {
  const found = tree.accounts.find(({ account }) => account.Id === accountId);
  const above = [accountId];
  if (found !== undefined) {
    above.push(...tree.rootIds);
    const parents = new Map(tree.units.map(({ unit, parentId }) => [unit.Id, parentId]));
    for (let unit = found.parentId; unit !== null; unit = parents.get(unit) ?? null) above.push(unit);
  }
  return scopes.filter((scope) => above.includes(scope));
}

/** Units and roots among `scopes` that the organisation does not have. */
export function unknownUnits(tree: OrganizationTree, scopes: readonly string[]): readonly string[] {
  const known = new Set([...tree.rootIds, ...tree.units.map(({ unit }) => unit.Id)]);
  return scopes.filter((scope) => !/^\d/u.test(scope) && !known.has(scope));
}
