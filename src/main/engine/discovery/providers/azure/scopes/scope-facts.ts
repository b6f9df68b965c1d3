import type { Json, JsonObject } from '#shared/base/json.ts';
import type { ScopeFact } from '#shared/model/index.ts';
import { azureScopeId } from '../../../canonical-id.ts';
import { type ArmId, containerTypes, parseArmId, tenantScope } from '../arm-id.ts';
import { firstTextAt, textAt, textsAt, valuesAt } from '../json-path.ts';

/**
 * The scopes that a row of `resourcecontainers` tells: itself and, for a management group or subscription, everything
 * above it up to the tenant, because a group that may not be read is still named by what is below it.
 */
export function scopesOfRow(row: JsonObject, arm: ArmId, tenant: string): readonly ScopeFact[] {
  switch (arm.type) {
    case containerTypes.resourceGroup:
      return [
        {
          id: azureScopeId('resource-group', `${arm.subscription}/${arm.name}`),
          cloud: 'azure',
          kind: 'resource-group',
          name: textAt(row, 'name') ?? arm.name,
          nativeId: textAt(row, 'id') ?? arm.id,
          parentId: azureScopeId('subscription', arm.subscription ?? ''),
        },
      ];
    case containerTypes.subscription: {
      const above = chainAbove(row, 'properties.managementGroupAncestorsChain[]', tenant);
      const name = firstTextAt(row, ['properties.displayName', 'displayName', 'name']) ?? arm.name;
      return [scopeFact('subscription', { nativeId: arm.name, name }, above.parent), ...above.scopes];
    }
    case containerTypes.managementGroup: {
      const above = chainAbove(row, 'properties.details.managementGroupAncestorsChain[]', tenant);
      const name = firstTextAt(row, ['properties.displayName', 'name']) ?? arm.name;
      // Resource Manager names the parent alone; what is above that is not known from it.
      const nearest = parseArmId(textAt(row, 'properties.details.parent.id') ?? '');
      const parent = nearest === null ? above.parent : azureScopeId('management-group', nearest.name);
      return [scopeFact('management-group', { nativeId: arm.name, name }, parent), ...above.scopes];
    }
    default:
      return [];
  }
}

/** The management groups above, the nearest first, then the tenant. */
function chainAbove(
  row: JsonObject,
  path: string,
  tenant: string,
): { readonly parent: string; readonly scopes: readonly ScopeFact[] } {
  const groups = valuesAt(row, path).flatMap((group: Json) => {
    const nativeId = parseArmId(textAt(group, 'id') ?? '')?.name ?? textAt(group, 'name');
    return nativeId === undefined ? [] : [{ nativeId, name: textAt(group, 'displayName') ?? nativeId }];
  });
  const root = tenantScope(tenant);
  const ids = [...groups.map(({ nativeId }) => azureScopeId('management-group', nativeId)), root];
  return {
    parent: ids[0] ?? root,
    scopes: [
      ...groups.map((group, index) => scopeFact('management-group', group, ids[index + 1] ?? root)),
      { id: root, cloud: 'azure', kind: 'tenant', name: tenant || 'Azure', nativeId: tenant, parentId: null },
    ],
  };
}

function scopeFact(
  kind: 'management-group' | 'subscription',
  { nativeId, name }: { readonly nativeId: string; readonly name: string },
  parentId: string,
): ScopeFact {
  return { id: azureScopeId(kind, nativeId), cloud: 'azure', kind, name, nativeId, parentId };
}

/** The names of the management groups in a chain, the nearest first. */
export function groupsAbove(row: Json, path: string): readonly string[] {
  return textsAt(row, `${path}[].name`);
}
