import type { AccessPolicy } from '#shared/model/index.ts';
import { azureSteps } from './steps.ts';

/** What the custom role is called, here and in advice. */
export const discoveryRole = 'Groundplan discovery';

/**
 * The least that discovery needs as a custom role: to ask Resource Graph, and to read each type of resource, because
 * Resource Graph shows only what its caller may read. Nothing in it reads data or changes anything. The built-in role
 * Reader contains it, and shows the types that no step names as well.
 */
export function azureDiscoveryPolicy(): AccessPolicy {
  const named = azureSteps.filter(({ type }) => type !== null);
  const actions = new Set(named.flatMap(({ declaration }) => declaration.permissions));
  const role = {
    Name: discoveryRole,
    IsCustom: true,
    Description: 'Reads the inventory of resources, and nothing of what is in them.',
    Actions: [...actions].sort(),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: ['/providers/Microsoft.Management/managementGroups/NAME'],
  };
  return { cloud: 'azure', title: 'Custom role for Azure', text: JSON.stringify(role, null, 2) };
}
