import { type AzureContext, azureType, namedResource } from '../azure-type.ts';
import { textAt, textsAt, valueAt } from '../json-path.ts';
import { principalId } from '../principal.ts';
import { parseArmId } from '../arm-id.ts';

/** Who may do what: identities, roles, and their assignments to someone at a scope. */
export const identityTypes = [
  azureType({
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    category: 'role',
    edges: [{ type: 'RUNS_AS', path: 'properties.principalId', idOf: (value) => principalId(value) }],
  }),
  azureType({
    type: 'Microsoft.Authorization/roleDefinitions',
    table: 'authorizationresources',
    category: 'role',
    describe: (body) => ({ name: textAt(body, 'properties.roleName'), state: textAt(body, 'properties.type') }),
    echoes: ['properties.assignableScopes[]'],
  }),
  azureType({
    type: 'Microsoft.Authorization/roleAssignments',
    table: 'authorizationresources',
    category: 'policy',
    edges: [{ type: 'REFERENCES', path: 'properties.roleDefinitionId' }],
    describe: (body) => ({ state: textAt(body, 'properties.principalType') }),
    more: { types: ['CAN_ACCESS'], add: addGrant },
    reads: ['properties.principalId', 'properties.scope'],
    echoes: ['properties.scope'],
  }),
];

/** An assignment lets its principal use the scope and everything below it, in the way the role says. */
function addGrant({ arm, body, edges }: AzureContext): void {
  const role = parseArmId(textAt(body, 'properties.roleDefinitionId') ?? '');
  const [condition] = textsAt(body, 'properties.condition');
  edges.between('CAN_ACCESS', {
    from: principalId(valueAt(body, 'properties.principalId')),
    to: namedResource(valueAt(body, 'properties.scope')),
    field: 'properties.scope',
    properties: {
      id: arm.id,
      role: role?.id ?? null,
      principal: textAt(body, 'properties.principalType') ?? null,
      ...(condition === undefined ? {} : { condition }),
    },
  });
}
