import { addressId, hostId, rangeId } from '../addresses.ts';
import { type AzureContext, azureType, namedResource } from '../azure-type.ts';
import { textAt, valueAt } from '../json-path.ts';

const circuit = 'Microsoft.Network/expressRouteCircuits';
const hub = 'Microsoft.Network/virtualHubs';
/** What a connection may lead to. */
const farEnds = ['virtualNetworkGateway2', 'localNetworkGateway2', 'peer'];

/** What joins networks with each other and with the world outside: gateways, connections, circuits, virtual WANs. */
export const gatewayTypes = [
  azureType({
    type: 'Microsoft.Network/virtualNetworkGateways',
    category: 'gateway',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.ipConfigurations[].properties.subnet' },
      { type: 'ATTACHED_TO', path: 'properties.ipConfigurations[].properties.subnet', end: 'parent' },
      { type: 'HAS_ADDRESS', path: 'properties.ipConfigurations[].properties.publicIPAddress' },
      { type: 'ROUTES_TO', path: 'properties.gatewayDefaultSite' },
    ],
  }),
  azureType({
    type: 'Microsoft.Network/localNetworkGateways',
    category: 'gateway',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.gatewayIpAddress', idOf: addressId },
      { type: 'HAS_ADDRESS', path: 'properties.fqdn', idOf: hostId },
      { type: 'HAS_ADDRESS', path: 'properties.localNetworkAddressSpace.addressPrefixes[]', idOf: rangeId },
    ],
    describe: (body) => ({
      ip: textAt(body, 'properties.gatewayIpAddress'),
      cidr: textAt(body, 'properties.localNetworkAddressSpace.addressPrefixes[]'),
    }),
  }),
  azureType({
    type: 'Microsoft.Network/connections',
    category: 'other',
    edges: [{ type: 'ATTACHED_TO', path: 'properties.virtualNetworkGateway1' }],
    describe: (body) => ({ state: textAt(body, 'properties.connectionStatus') }),
    more: { types: ['PEERED_WITH'], add: addConnection },
    reads: farEnds.map((end) => `properties.${end}`),
  }),
  azureType({
    type: circuit,
    category: 'gateway',
    edges: [{ type: 'ATTACHED_TO', path: 'properties.expressRoutePort' }],
    parts: [{ path: 'properties.peerings[]', segment: 'peerings' }],
    describe: (body) => ({ state: textAt(body, 'properties.serviceProviderProvisioningState') }),
  }),
  azureType({
    type: `${circuit}/peerings`,
    partOf: circuit,
    category: 'other',
    edges: [{ type: 'PROTECTED_BY', path: 'properties.routeFilter' }],
    describe: (body) => ({ state: textAt(body, 'properties.state') }),
  }),
  azureType({
    type: 'Microsoft.Network/virtualWans',
    category: 'network',
    edges: [
      { type: 'CONTAINS', path: 'properties.virtualHubs[]' },
      { type: 'CONTAINS', path: 'properties.vpnSites[]' },
    ],
  }),
  azureType({
    type: hub,
    category: 'network',
    edges: [
      { type: 'CONTAINS', path: 'properties.virtualWan', reversed: true },
      { type: 'PROTECTED_BY', path: 'properties.azureFirewall' },
      { type: 'ATTACHED_TO', path: 'properties.vpnGateway', reversed: true },
      { type: 'ATTACHED_TO', path: 'properties.expressRouteGateway', reversed: true },
      { type: 'ATTACHED_TO', path: 'properties.p2SVpnGateway', reversed: true },
      { type: 'HAS_ADDRESS', path: 'properties.addressPrefix', idOf: rangeId },
    ],
    parts: [{ path: 'properties.virtualNetworkConnections[]', segment: 'hubVirtualNetworkConnections' }],
    describe: (body) => ({ cidr: textAt(body, 'properties.addressPrefix') }),
  }),
  azureType({
    type: `${hub}/hubVirtualNetworkConnections`,
    partOf: hub,
    category: 'other',
    more: { types: ['PEERED_WITH'], add: addHubConnection },
    reads: ['properties.remoteVirtualNetwork'],
  }),
  ...['vpnGateways', 'expressRouteGateways'].map((name) =>
    azureType({
      type: `Microsoft.Network/${name}`,
      category: 'gateway',
      edges: [
        { type: 'ATTACHED_TO', path: 'properties.virtualHub' },
        { type: 'PEERED_WITH', path: 'properties.connections[].properties.remoteVpnSite' },
        {
          type: 'PEERED_WITH',
          path: 'properties.expressRouteConnections[].properties.expressRouteCircuitPeering',
          end: 'owner',
        },
      ],
    }),
  ),
  azureType({
    type: 'Microsoft.Network/vpnSites',
    category: 'gateway',
    edges: [
      { type: 'CONTAINS', path: 'properties.virtualWan', reversed: true },
      { type: 'HAS_ADDRESS', path: 'properties.ipAddress', idOf: addressId },
      { type: 'HAS_ADDRESS', path: 'properties.vpnSiteLinks[].properties.ipAddress', idOf: addressId },
      { type: 'HAS_ADDRESS', path: 'properties.addressSpace.addressPrefixes[]', idOf: rangeId },
    ],
    describe: (body) => ({
      ip: textAt(body, 'properties.ipAddress'),
      cidr: textAt(body, 'properties.addressSpace.addressPrefixes[]'),
    }),
  }),
];

/** A hub of a virtual WAN is joined with a network. */
function addHubConnection({ arm, body, edges }: AzureContext): void {
  edges.between('PEERED_WITH', {
    from: arm.parent ?? undefined,
    to: namedResource(valueAt(body, 'properties.remoteVirtualNetwork')),
    field: 'properties.remoteVirtualNetwork',
    properties: { id: arm.id },
  });
}

/** A connection joins its gateway with another one, a site outside or a circuit. */
function addConnection({ arm, body, edges }: AzureContext): void {
  const own = namedResource(valueAt(body, 'properties.virtualNetworkGateway1'));
  for (const path of farEnds) {
    edges.between('PEERED_WITH', {
      from: own,
      to: namedResource(valueAt(body, `properties.${path}`)),
      field: `properties.${path}`,
      properties: {
        id: arm.id,
        type: textAt(body, 'properties.connectionType') ?? null,
        state: textAt(body, 'properties.connectionStatus') ?? null,
      },
    });
  }
}
