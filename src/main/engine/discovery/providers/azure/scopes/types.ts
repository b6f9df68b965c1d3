import { type AzureContext, azureType } from '../azure-type.ts';
import { firstTextAt, textAt } from '../json-path.ts';
import { groupsAbove } from './scope-facts.ts';

const groupPrefix = '/providers/microsoft.management/managementgroups/';

/** The containers that the estate hangs on; they are resources too, because they have tags and grants of their own. */
export const scopeTypes = [
  azureType({
    type: 'Microsoft.Management/managementGroups',
    table: 'resourcecontainers',
    category: 'other',
    edges: [{ type: 'CONTAINS', path: 'properties.details.parent', reversed: true }],
    describe: (body) => ({ name: textAt(body, 'properties.displayName') }),
    more: {
      types: ['CONTAINS'],
      add: (context) => inGroup(context, 'properties.details.managementGroupAncestorsChain'),
    },
    reads: ['properties.details.managementGroupAncestorsChain[].name'],
    echoes: ['properties.children[]'],
  }),
  azureType({
    type: 'Microsoft.Resources/subscriptions',
    table: 'resourcecontainers',
    category: 'other',
    describe: (body) => ({
      name: firstTextAt(body, ['properties.displayName', 'displayName', 'name']),
      state: firstTextAt(body, ['properties.state', 'state']),
    }),
    more: { types: ['CONTAINS'], add: (context) => inGroup(context, 'properties.managementGroupAncestorsChain') },
    reads: ['properties.managementGroupAncestorsChain[].name'],
  }),
  azureType({
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    table: 'resourcecontainers',
    category: 'other',
  }),
];

/** The nearest of the management groups above contains what the body is of. */
function inGroup({ body, edges }: AzureContext, path: string): void {
  const [nearest] = groupsAbove(body, path);
  if (nearest !== undefined) edges.from('CONTAINS', { from: `${groupPrefix}${nearest.toLowerCase()}`, field: path });
}
