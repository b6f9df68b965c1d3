import { addressId, hostId, rangeId, registryId, siteRegistryId } from '../addresses.ts';
import { azureType, type EdgeRule } from '../azure-type.ts';
import { firstTextAt, textAt, textsAt } from '../json-path.ts';

const cluster = 'Microsoft.ContainerService/managedClusters';
const outbound = 'properties.networkProfile.loadBalancerProfile';

const poolEdges: readonly EdgeRule[] = [
  { type: 'IN_NETWORK', path: 'properties.vnetSubnetID' },
  { type: 'IN_NETWORK', path: 'properties.podSubnetID' },
  { type: 'IN_NETWORK', path: 'vnetSubnetID' },
  { type: 'IN_NETWORK', path: 'podSubnetID' },
  { type: 'HAS_ADDRESS', path: 'properties.nodePublicIPPrefixID' },
  { type: 'HAS_ADDRESS', path: 'nodePublicIPPrefixID' },
];

/** Where programs run: clusters, container apps and groups, registries, App Service and Functions. */
export const containerTypes = [
  azureType({
    type: cluster,
    category: 'cluster',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.agentPoolProfiles[].vnetSubnetID' },
      { type: 'IN_NETWORK', path: 'properties.apiServerAccessProfile.subnetId' },
      { type: 'ALLOWS', path: 'properties.apiServerAccessProfile.authorizedIPRanges[]', reversed: true, idOf: rangeId },
      { type: 'HAS_ADDRESS', path: `${outbound}.effectiveOutboundIPs[]` },
      { type: 'HAS_ADDRESS', path: `${outbound}.outboundIPs.publicIPs[]` },
      { type: 'HAS_ADDRESS', path: 'properties.fqdn', idOf: hostId },
      { type: 'HAS_ADDRESS', path: 'properties.privateFQDN', idOf: hostId },
      { type: 'ENCRYPTED_BY', path: 'properties.diskEncryptionSetID' },
      { type: 'RUNS_AS', path: 'properties.identityProfile.kubeletidentity.resourceId' },
    ],
    parts: [{ path: 'properties.agentPoolProfiles[]', segment: 'agentPools' }],
    describe: (body) => ({
      state: firstTextAt(body, ['properties.powerState.code', 'properties.provisioningState']),
      public: textsAt(body, 'properties.privateFQDN').length === 0,
    }),
    echoes: ['properties.privateLinkResources[]'],
  }),
  azureType({
    type: `${cluster}/agentPools`,
    partOf: cluster,
    category: 'scaling-group',
    edges: poolEdges,
    describe: (body) => ({ state: firstTextAt(body, ['properties.provisioningState', 'provisioningState']) }),
  }),
  azureType({
    type: 'Microsoft.ContainerRegistry/registries',
    category: 'other',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.loginServer', idOf: hostId },
      { type: 'ENCRYPTED_BY', path: 'properties.encryption.keyVaultProperties.keyIdentifier', idOf: hostId },
    ],
    describe: (body) => ({ public: textAt(body, 'properties.publicNetworkAccess')?.toLowerCase() !== 'disabled' }),
    echoes: ['properties.privateEndpointConnections[]'],
  }),
  azureType({
    type: 'Microsoft.App/managedEnvironments',
    category: 'cluster',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.vnetConfiguration.infrastructureSubnetId' },
      { type: 'HAS_ADDRESS', path: 'properties.staticIp', idOf: addressId },
    ],
    describe: (body) => ({ ip: textAt(body, 'properties.staticIp') }),
  }),
  azureType({
    type: 'Microsoft.App/containerApps',
    category: 'function',
    edges: [
      { type: 'CONTAINS', path: 'properties.managedEnvironmentId', reversed: true },
      { type: 'CONTAINS', path: 'properties.environmentId', reversed: true },
      { type: 'HAS_ADDRESS', path: 'properties.configuration.ingress.fqdn', idOf: hostId },
      { type: 'DERIVED_FROM', path: 'properties.template.containers[].image', idOf: registryId },
      { type: 'RUNS_AS', path: 'properties.configuration.registries[].identity' },
    ],
    describe: (body) => ({ state: firstTextAt(body, ['properties.runningStatus', 'properties.provisioningState']) }),
  }),
  azureType({
    type: 'Microsoft.ContainerInstance/containerGroups',
    category: 'machine',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.subnetIds[]' },
      { type: 'HAS_ADDRESS', path: 'properties.ipAddress.fqdn', idOf: hostId },
      { type: 'DERIVED_FROM', path: 'properties.containers[].properties.image', idOf: registryId },
    ],
    describe: (body) => ({
      ip: textAt(body, 'properties.ipAddress.ip'),
      public: textAt(body, 'properties.ipAddress.type')?.toLowerCase() === 'public',
      state: firstTextAt(body, ['properties.instanceView.state', 'properties.provisioningState']),
    }),
  }),
  azureType({
    type: 'Microsoft.Web/serverfarms',
    category: 'scaling-group',
    edges: [{ type: 'CONTAINS', path: 'properties.hostingEnvironmentProfile', reversed: true }],
    describe: (body) => ({ state: textAt(body, 'properties.status') }),
  }),
  azureType({
    type: 'Microsoft.Web/sites',
    category: 'function',
    edges: [
      { type: 'CONTAINS', path: 'properties.serverFarmId', reversed: true },
      { type: 'CONTAINS', path: 'properties.managedEnvironmentId', reversed: true },
      { type: 'IN_NETWORK', path: 'properties.virtualNetworkSubnetId' },
      { type: 'HAS_ADDRESS', path: 'properties.hostNames[]', idOf: hostId },
      { type: 'HAS_ADDRESS', path: 'properties.defaultHostName', idOf: hostId },
      { type: 'DERIVED_FROM', path: 'properties.siteConfig.linuxFxVersion', idOf: siteRegistryId },
      { type: 'RUNS_AS', path: 'properties.keyVaultReferenceIdentity' },
    ],
    describe: (body) => ({
      state: textAt(body, 'properties.state'),
      public: textAt(body, 'properties.publicNetworkAccess')?.toLowerCase() !== 'disabled',
    }),
    echoes: ['properties.privateEndpointConnections[]'],
  }),
];
