import { hostId } from '../addresses.ts';
import { type AzureContext, azureType, namedResource } from '../azure-type.ts';
import { textAt, valueAt } from '../json-path.ts';

const zone = 'Microsoft.Network/privateDnsZones';
const target = 'properties.privateLinkServiceConnections[].properties';

/** Private endpoints, what they lead to, and the zones of names that networks see. */
export const privateAccessTypes = [
  azureType({
    type: 'Microsoft.Network/privateEndpoints',
    category: 'interface',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.subnet' },
      { type: 'TARGETS', path: `${target}.privateLinkServiceId` },
      { type: 'TARGETS', path: 'properties.manualPrivateLinkServiceConnections[].properties.privateLinkServiceId' },
      { type: 'PROTECTED_BY', path: 'properties.applicationSecurityGroups[]' },
      { type: 'ATTACHED_TO', path: 'properties.networkInterfaces[]', reversed: true },
    ],
    describe: (body) => ({
      state: textAt(body, `${target}.privateLinkServiceConnectionState.status`),
      ip: textAt(body, 'properties.customDnsConfigs[].ipAddresses[]'),
    }),
  }),
  azureType({
    type: 'Microsoft.Network/privateLinkServices',
    category: 'other',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.ipConfigurations[].properties.subnet' },
      { type: 'TARGETS', path: 'properties.loadBalancerFrontendIpConfigurations[]' },
      { type: 'HAS_ADDRESS', path: 'properties.alias', idOf: hostId },
    ],
    echoes: ['properties.privateEndpointConnections[]', 'properties.networkInterfaces[]'],
  }),
  azureType({
    // Its name is no node: zones of one name in several networks would touch in it.
    type: zone,
    category: 'dns',
    describe: () => ({ public: false }),
  }),
  azureType({
    type: `${zone}/virtualNetworkLinks`,
    category: 'dns',
    edges: [{ type: 'ATTACHED_TO', path: 'properties.virtualNetwork' }],
    describe: (body) => ({ state: textAt(body, 'properties.virtualNetworkLinkState') }),
    more: { types: ['ATTACHED_TO'], add: attachZone },
  }),
  azureType({
    type: 'Microsoft.Network/dnsZones',
    category: 'dns',
    edges: [{ type: 'HAS_ADDRESS', path: 'name', idOf: hostId }],
    describe: (body) => ({ public: textAt(body, 'properties.zoneType')?.toLowerCase() !== 'private' }),
  }),
];

/** The zone of a link is seen by the link's network. */
function attachZone({ arm, body, edges }: AzureContext): void {
  edges.between('ATTACHED_TO', {
    from: arm.parent ?? undefined,
    to: namedResource(valueAt(body, 'properties.virtualNetwork')),
    field: 'properties.virtualNetwork',
    properties: { link: arm.id },
  });
}
