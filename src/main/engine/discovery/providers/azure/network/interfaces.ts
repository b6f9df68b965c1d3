import { addressId, hostId, rangeId } from '../addresses.ts';
import { azureType } from '../azure-type.ts';
import { firstTextAt, textAt, valuesAt } from '../json-path.ts';

const card = 'Microsoft.Network/networkInterfaces';

/** Interfaces with their ip configurations, public addresses and NAT. */
export const interfaceTypes = [
  azureType({
    type: card,
    category: 'interface',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.ipConfigurations[].properties.subnet' },
      { type: 'HAS_ADDRESS', path: 'properties.ipConfigurations[].properties.publicIPAddress' },
      { type: 'PROTECTED_BY', path: 'properties.networkSecurityGroup' },
      { type: 'PROTECTED_BY', path: 'properties.ipConfigurations[].properties.applicationSecurityGroups[]' },
      { type: 'ATTACHED_TO', path: 'properties.virtualMachine' },
      { type: 'ATTACHED_TO', path: 'properties.privateEndpoint' },
      { type: 'ATTACHED_TO', path: 'properties.privateLinkService' },
    ],
    parts: [{ path: 'properties.ipConfigurations[]', segment: 'ipConfigurations' }],
    describe: (body) => ({
      ip: textAt(body, 'properties.ipConfigurations[].properties.privateIPAddress'),
      public: valuesAt(body, 'properties.ipConfigurations[].properties.publicIPAddress').length > 0,
    }),
  }),
  azureType({
    type: `${card}/ipConfigurations`,
    partOf: card,
    category: 'other',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.subnet' },
      { type: 'HAS_ADDRESS', path: 'properties.publicIPAddress' },
      { type: 'TARGETS', path: 'properties.loadBalancerBackendAddressPools[]', reversed: true },
      { type: 'TARGETS', path: 'properties.applicationGatewayBackendAddressPools[]', reversed: true },
      { type: 'TARGETS', path: 'properties.loadBalancerInboundNatRules[]', reversed: true },
    ],
    // Private addresses repeat from network to network, so they are no nodes: two networks would touch in them.
    describe: (body) => ({ ip: textAt(body, 'properties.privateIPAddress') }),
    echoes: ['properties.applicationSecurityGroups[]'],
  }),
  azureType({
    type: 'Microsoft.Network/publicIPAddresses',
    category: 'address',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.ipAddress', idOf: addressId },
      { type: 'HAS_ADDRESS', path: 'properties.dnsSettings.fqdn', idOf: hostId },
      { type: 'ATTACHED_TO', path: 'properties.ipConfiguration', end: 'owner' },
      { type: 'ATTACHED_TO', path: 'properties.natGateway' },
      { type: 'DERIVED_FROM', path: 'properties.publicIPPrefix' },
    ],
    describe: (body) => ({ ip: textAt(body, 'properties.ipAddress'), public: true }),
    echoes: ['properties.ipConfiguration', 'properties.ipConfiguration.id'],
  }),
  azureType({
    type: 'Microsoft.Network/publicIPPrefixes',
    category: 'address',
    edges: [{ type: 'HAS_ADDRESS', path: 'properties.ipPrefix', idOf: rangeId }],
    describe: (body) => ({ cidr: textAt(body, 'properties.ipPrefix'), public: true }),
    echoes: ['properties.publicIPAddresses[]'],
  }),
  azureType({
    type: 'Microsoft.Network/natGateways',
    category: 'gateway',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.publicIpAddresses[]' },
      { type: 'HAS_ADDRESS', path: 'properties.publicIpPrefixes[]' },
      { type: 'ATTACHED_TO', path: 'properties.subnets[]' },
    ],
  }),
  azureType({
    type: 'Microsoft.Network/bastionHosts',
    category: 'gateway',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.ipConfigurations[].properties.subnet' },
      { type: 'HAS_ADDRESS', path: 'properties.ipConfigurations[].properties.publicIPAddress' },
      { type: 'IN_NETWORK', path: 'properties.virtualNetwork' },
      { type: 'HAS_ADDRESS', path: 'properties.dnsName', idOf: hostId },
    ],
    describe: (body) => ({ ip: firstTextAt(body, ['properties.ipConfigurations[].properties.privateIPAddress']) }),
  }),
];
