import { hostId, rangeId } from '../addresses.ts';
import { type AzureContext, azureType, type EdgeRule } from '../azure-type.ts';
import { firstTextAt, textAt, textsAt, valueAt, valuesAt } from '../json-path.ts';
import { principalId } from '../principal.ts';
import type { Json } from '#shared/base/json.ts';

/** Who a service's own firewall lets in: subnets and ranges. */
function networkRules(subnets: string, ranges: string): readonly EdgeRule[] {
  return [
    { type: 'ALLOWS', path: subnets, reversed: true },
    { type: 'ALLOWS', path: ranges, reversed: true, idOf: rangeId },
  ];
}

/** Reachable from the internet by its own settings: not switched off, and no default that denies. */
function isPublic(body: Json): boolean {
  if (textAt(body, 'properties.publicNetworkAccess')?.toLowerCase() === 'disabled') return false;
  const usual = firstTextAt(body, ['properties.networkAcls.defaultAction', 'properties.networkRuleSet.defaultAction']);
  return usual?.toLowerCase() !== 'deny';
}

const accountAcls = networkRules(
  'properties.networkAcls.virtualNetworkRules[]',
  'properties.networkAcls.ipRules[].value',
);
const namespaceEdges: readonly EdgeRule[] = [
  { type: 'HAS_ADDRESS', path: 'properties.serviceBusEndpoint', idOf: hostId },
  { type: 'ENCRYPTED_BY', path: 'properties.encryption.keyVaultProperties[].keyVaultUri', idOf: hostId },
  { type: 'RUNS_AS', path: 'properties.encryption.keyVaultProperties[].identity.userAssignedIdentity' },
];

/** Where data lies: storage, vaults, databases, caches, queues, logs. */
export const dataTypes = [
  azureType({
    type: 'Microsoft.Storage/storageAccounts',
    category: 'bucket',
    edges: [
      ...['blob', 'file', 'queue', 'table', 'web', 'dfs'].map((service): EdgeRule => ({
        type: 'HAS_ADDRESS',
        path: `properties.primaryEndpoints.${service}`,
        idOf: hostId,
      })),
      { type: 'ENCRYPTED_BY', path: 'properties.encryption.keyvaultproperties.keyvaulturi', idOf: hostId },
      { type: 'RUNS_AS', path: 'properties.encryption.identity.userAssignedIdentity' },
      ...accountAcls,
      { type: 'CAN_ACCESS', path: 'properties.networkAcls.resourceAccessRules[].resourceId', reversed: true },
    ],
    describe: (body) => ({ public: isPublic(body) }),
    echoes: ['properties.privateEndpointConnections[]'],
  }),
  azureType({
    type: 'Microsoft.KeyVault/vaults',
    category: 'secret',
    edges: [{ type: 'HAS_ADDRESS', path: 'properties.vaultUri', idOf: hostId }, ...accountAcls],
    describe: (body) => ({ public: isPublic(body) }),
    more: { types: ['CAN_ACCESS'], add: addVaultPolicies },
    reads: ['properties.accessPolicies[].objectId'],
    echoes: ['properties.privateEndpointConnections[]'],
  }),
  azureType({
    type: 'Microsoft.Sql/servers',
    category: 'database-group',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.fullyQualifiedDomainName', idOf: hostId },
      { type: 'ENCRYPTED_BY', path: 'properties.keyId', idOf: hostId },
      { type: 'RUNS_AS', path: 'properties.primaryUserAssignedIdentityId' },
    ],
    describe: (body) => ({ state: textAt(body, 'properties.state'), public: isPublic(body) }),
    echoes: ['properties.privateEndpointConnections[]'],
  }),
  azureType({
    type: 'Microsoft.Sql/servers/databases',
    category: 'database',
    edges: [
      { type: 'CONTAINS', path: 'properties.elasticPoolId', reversed: true },
      { type: 'DERIVED_FROM', path: 'properties.sourceDatabaseId' },
    ],
    describe: (body) => ({ state: textAt(body, 'properties.status') }),
  }),
  azureType({
    type: 'Microsoft.Sql/servers/elasticPools',
    category: 'database-group',
    describe: (body) => ({ state: textAt(body, 'properties.state') }),
  }),
  azureType({
    type: 'Microsoft.Sql/managedInstances',
    category: 'database',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.subnetId' },
      { type: 'HAS_ADDRESS', path: 'properties.fullyQualifiedDomainName', idOf: hostId },
      { type: 'ENCRYPTED_BY', path: 'properties.keyId', idOf: hostId },
    ],
    describe: (body) => ({ state: textAt(body, 'properties.state') }),
  }),
  azureType({
    type: 'Microsoft.DocumentDB/databaseAccounts',
    category: 'database',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.documentEndpoint', idOf: hostId },
      ...networkRules('properties.virtualNetworkRules[]', 'properties.ipRules[].ipAddressOrRange'),
      { type: 'CAN_ACCESS', path: 'properties.networkAclBypassResourceIds[]', reversed: true },
      { type: 'ENCRYPTED_BY', path: 'properties.keyVaultKeyUri', idOf: hostId },
    ],
    describe: (body) => ({ public: isPublic(body) }),
    echoes: ['properties.privateEndpointConnections[]'],
  }),
  ...[
    'Microsoft.DBforPostgreSQL/flexibleServers',
    'Microsoft.DBforPostgreSQL/servers',
    'Microsoft.DBforMySQL/flexibleServers',
    'Microsoft.DBforMySQL/servers',
  ].map((type) =>
    azureType({
      type,
      category: 'database',
      edges: [
        { type: 'IN_NETWORK', path: 'properties.network.delegatedSubnetResourceId' },
        { type: 'HAS_ADDRESS', path: 'properties.fullyQualifiedDomainName', idOf: hostId },
        { type: 'DERIVED_FROM', path: 'properties.sourceServerResourceId' },
        { type: 'ENCRYPTED_BY', path: 'properties.dataEncryption.primaryKeyURI', idOf: hostId },
        { type: 'RUNS_AS', path: 'properties.dataEncryption.primaryUserAssignedIdentityId' },
      ],
      describe: (body) => ({
        state: firstTextAt(body, ['properties.state', 'properties.userVisibleState']),
        public:
          firstTextAt(body, [
            'properties.network.publicNetworkAccess',
            'properties.publicNetworkAccess',
          ])?.toLowerCase() !== 'disabled',
      }),
      echoes: ['properties.privateEndpointConnections[]'],
    }),
  ),
  azureType({
    type: 'Microsoft.Cache/Redis',
    category: 'database',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.subnetId' },
      { type: 'HAS_ADDRESS', path: 'properties.hostName', idOf: hostId },
    ],
    describe: (body) => ({ ip: textAt(body, 'properties.staticIP'), public: isPublic(body) }),
    echoes: ['properties.privateEndpointConnections[]'],
  }),
  azureType({
    type: 'Microsoft.EventHub/namespaces',
    category: 'queue',
    edges: [...namespaceEdges, { type: 'MANAGED_BY', path: 'properties.clusterArmId' }],
    echoes: ['properties.privateEndpointConnections[]'],
  }),
  azureType({
    type: 'Microsoft.ServiceBus/namespaces',
    category: 'queue',
    edges: namespaceEdges,
    echoes: ['properties.privateEndpointConnections[]'],
  }),
  azureType({ type: 'Microsoft.OperationalInsights/workspaces', category: 'other' }),
];

/** A vault's own list of who may use its keys, secrets and certificates; it counts unless roles decide in its place. */
function addVaultPolicies({ body, edges }: AzureContext): void {
  if (valueAt(body, 'properties.enableRbacAuthorization') === true) return;
  for (const policy of valuesAt(body, 'properties.accessPolicies[]')) {
    edges.from('CAN_ACCESS', {
      from: principalId(valueAt(policy, 'objectId')),
      field: 'properties.accessPolicies',
      properties: {
        keys: [...textsAt(policy, 'permissions.keys[]')],
        secrets: [...textsAt(policy, 'permissions.secrets[]')],
        certificates: [...textsAt(policy, 'permissions.certificates[]')],
      },
    });
  }
}
