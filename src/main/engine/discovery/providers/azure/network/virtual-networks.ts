import { addressId, prefixId, rangeId } from '../addresses.ts';
import { type AzureContext, azureType, namedResource } from '../azure-type.ts';
import { textAt, textsAt, valueAt } from '../json-path.ts';

const network = 'Microsoft.Network/virtualNetworks';
const table = 'Microsoft.Network/routeTables';

/** Networks with their subnets and peerings; route tables with their routes. */
export const virtualNetworkTypes = [
  azureType({
    type: network,
    category: 'network',
    edges: [{ type: 'HAS_ADDRESS', path: 'properties.addressSpace.addressPrefixes[]', idOf: rangeId }],
    parts: [
      { path: 'properties.subnets[]', segment: 'subnets' },
      { path: 'properties.virtualNetworkPeerings[]', segment: 'virtualNetworkPeerings' },
    ],
    describe: (body) => ({ cidr: textAt(body, 'properties.addressSpace.addressPrefixes[]') }),
  }),
  azureType({
    type: `${network}/subnets`,
    partOf: network,
    category: 'subnetwork',
    edges: [
      { type: 'PROTECTED_BY', path: 'properties.networkSecurityGroup' },
      { type: 'ATTACHED_TO', path: 'properties.routeTable', reversed: true },
      { type: 'ATTACHED_TO', path: 'properties.natGateway', reversed: true },
    ],
    describe: (body) => ({
      cidr: textAt(body, 'properties.addressPrefix') ?? textAt(body, 'properties.addressPrefixes[]'),
    }),
    more: { types: ['IN_NETWORK'], add: inItsNetwork },
    echoes: [
      'properties.ipConfigurations[]',
      'properties.ipConfigurationProfiles[]',
      'properties.privateEndpoints[]',
      'properties.applicationGatewayIPConfigurations[]',
      'properties.serviceAssociationLinks[]',
      'properties.resourceNavigationLinks[]',
    ],
  }),
  azureType({
    type: `${network}/virtualNetworkPeerings`,
    partOf: network,
    category: 'other',
    describe: (body) => ({ state: textAt(body, 'properties.peeringState') }),
    more: { types: ['PEERED_WITH'], add: addPeering },
    reads: ['properties.remoteVirtualNetwork'],
  }),
  azureType({
    type: table,
    category: 'route-table',
    edges: [{ type: 'ATTACHED_TO', path: 'properties.subnets[]' }],
    parts: [{ path: 'properties.routes[]', segment: 'routes' }],
  }),
  azureType({
    type: `${table}/routes`,
    partOf: table,
    category: 'other',
    describe: (body) => ({ cidr: textAt(body, 'properties.addressPrefix') }),
    more: { types: ['ROUTES_TO'], add: addRoute },
    reads: ['properties.nextHopType', 'properties.nextHopIpAddress', 'properties.addressPrefix'],
  }),
];

function inItsNetwork({ arm, edges }: AzureContext): void {
  edges.to('IN_NETWORK', { to: arm.parent ?? undefined, field: 'id' });
}

/** A peering joins its network with another, perhaps of another subscription or tenant. */
function addPeering({ arm, body, edges }: AzureContext): void {
  const flag = (name: string): boolean | null => {
    const value = valueAt(body, `properties.${name}`);
    return typeof value === 'boolean' ? value : null;
  };
  edges.between('PEERED_WITH', {
    from: arm.parent ?? undefined,
    to: namedResource(valueAt(body, 'properties.remoteVirtualNetwork')),
    field: 'properties.remoteVirtualNetwork',
    properties: {
      id: arm.id,
      state: textAt(body, 'properties.peeringState') ?? null,
      forwardedTraffic: flag('allowForwardedTraffic'),
      gatewayTransit: flag('allowGatewayTransit'),
      remoteGateways: flag('useRemoteGateways'),
    },
  });
}

/** A route leads its table's traffic to an appliance, by its address, or to the internet. */
function addRoute({ arm, body, edges }: AzureContext): void {
  const hop = textAt(body, 'properties.nextHopType') ?? '';
  const destination = textAt(body, 'properties.addressPrefix') ?? null;
  const targets =
    hop.toLowerCase() === 'internet'
      ? [prefixId('Internet')]
      : textsAt(body, 'properties.nextHopIpAddress').map((address) => addressId(address));
  for (const target of targets) {
    edges.between('ROUTES_TO', {
      from: arm.parent ?? undefined,
      to: target,
      field: 'properties.nextHopType',
      properties: { id: arm.id, destination, hop },
    });
  }
}
