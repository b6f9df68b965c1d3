import { azureScopeId, canonicalId } from '../../canonical-id.ts';

/** A Resource Manager id taken apart. All of it is lower-case: APIs differ in the case of the same id. */
export interface ArmId {
  /** The canonical id. */
  readonly id: string;
  readonly subscription: string | null;
  readonly resourceGroup: string | null;
  /** For example `microsoft.network/virtualnetworks/subnets`. */
  readonly type: string;
  /** The last name in the id. */
  readonly name: string;
  /** The id of what this is a part of: a subnet's network; null for what stands alone. */
  readonly parent: string | null;
  /** The resource that all its parts belong to: a network for its subnets; the id itself for what stands alone. */
  readonly owner: string;
}

const slash = '/'.charCodeAt(0);
const providerMark = '/providers/';
const roleDefinitionType = 'microsoft.authorization/roledefinitions';

/** Types of the containers, as Resource Graph's table `resourcecontainers` names them. */
export const containerTypes = {
  managementGroup: 'microsoft.management/managementgroups',
  subscription: 'microsoft.resources/subscriptions',
  resourceGroup: 'microsoft.resources/subscriptions/resourcegroups',
} as const;

/**
 * Takes an id apart: of a resource, a part of one, something that extends one (a role assignment), a resource group,
 * a subscription or a management group. Null when the text is none of them.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
export function parseArmId(text: string): ArmId | null {
  if (!text.startsWith('/')) return null;
  const id = canonicalId({ cloud: 'azure', id: withoutEnd(text) });
  const mark = id.lastIndexOf(providerMark);
  const scope = mark < 0 ? id : id.slice(0, mark);
  const [, root, subscription, groups, group] = (mark === 0 ? '' : id).split('/');
  const inSubscription = root === 'subscriptions' && subscription !== undefined && subscription !== '';
  const inGroup = inSubscription && groups === 'resourcegroups' && group !== undefined && group !== '';
  const place = { subscription: inSubscription ? subscription : null, resourceGroup: inGroup ? group : null };
  if (mark < 0) return containerId(id, place);
  const [namespace = '', ...path] = id.slice(mark + providerMark.length).split('/');
  // Types and names alternate; a name is missing where a list is meant, which is no resource.
  if (namespace === '' || path.length < 2 || path.length % 2 === 1 || path.includes('')) return null;
  let type = namespace;
  for (let index = 0; index < path.length; index += 2) type += `/${path[index]}`;
  const isPart = path.length > 2;
  const base = `${scope}${providerMark}${namespace}`;
  // A role is the same one in every scope it may be given in, and is named with and without the scope.
  const own = type === roleDefinitionType ? `${providerMark}${namespace}/${path.join('/')}` : id;
  return {
    id: own,
    ...place,
    type,
    name: path.at(-1) ?? '',
    parent: isPart ? `${base}/${path.slice(0, -2).join('/')}` : null,
    owner: isPart ? `${base}/${path.slice(0, 2).join('/')}` : own,
  };
}

/** Without blanks around it and slashes at its end. */
function withoutEnd(text: string): string {
  const trimmed = text.trim();
  let end = trimmed.length;
  while (trimmed.charCodeAt(end - 1) === slash) end -= 1;
  return end === trimmed.length ? trimmed : trimmed.slice(0, end);
}

function containerId(id: string, place: Pick<ArmId, 'subscription' | 'resourceGroup'>): ArmId | null {
  const { subscription, resourceGroup } = place;
  const depth = id.split('/').length;
  if (resourceGroup !== null && depth === 5) {
    const parent = `/subscriptions/${subscription}`;
    return { id, ...place, type: containerTypes.resourceGroup, name: resourceGroup, parent, owner: id };
  }
  if (subscription === null || depth !== 3) return null;
  return { id, ...place, type: containerTypes.subscription, name: subscription, parent: null, owner: id };
}

/** True for an id that says nothing but a kind of thing in a place: a marketplace image, a quota, a zone. */
export function isLocationPath({ type }: ArmId): boolean {
  return type.split('/')[1] === 'locations';
}

/** The scope a resource belongs to: its resource group, else its subscription, else the tenant or group above. */
export function scopeOf(arm: ArmId, tenant: string): string {
  const { subscription, resourceGroup } = arm;
  if (subscription !== null && resourceGroup !== null) {
    return azureScopeId('resource-group', `${subscription}/${resourceGroup}`);
  }
  if (subscription !== null) return azureScopeId('subscription', subscription);
  const group = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)\//u.exec(arm.id)?.[1];
  return group === undefined ? tenantScope(tenant) : azureScopeId('management-group', group);
}

/** The scope whose listing answers for a resource: its subscription, or what it is of above subscriptions. */
export function listingScopeOf(arm: ArmId, tenant: string): string {
  return arm.subscription === null ? scopeOf(arm, tenant) : azureScopeId('subscription', arm.subscription);
}

/** Resource Graph names the tenant in every row; bodies from elsewhere may not. */
export function tenantScope(tenant: string): string {
  return azureScopeId('tenant', tenant === '' ? 'unknown' : tenant);
}

/** `microsoft.network/virtualnetworks` → `azure.network.virtualnetworks`. */
export function kindOfType(type: string): string {
  return `azure.${type
    .toLowerCase()
    .replace(/^microsoft\./u, '')
    .replaceAll('/', '.')}`;
}
