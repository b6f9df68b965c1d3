import { addressId, hostId } from '../addresses.ts';
import { azureType } from '../azure-type.ts';
import { textAt, valuesAt } from '../json-path.ts';

const balancer = 'Microsoft.Network/loadBalancers';
const gateway = 'Microsoft.Network/applicationGateways';
const door = 'Microsoft.Network/frontDoors';
const profile = 'Microsoft.Cdn/profiles';

/** Whatever hands requests on: balancers, application gateways, Front Door in both generations, Traffic Manager. */
export const balancerTypes = [
  azureType({
    type: balancer,
    category: 'balancer',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.frontendIPConfigurations[].properties.subnet' },
      { type: 'HAS_ADDRESS', path: 'properties.frontendIPConfigurations[].properties.publicIPAddress' },
    ],
    parts: [
      { path: 'properties.frontendIPConfigurations[]', segment: 'frontendIPConfigurations' },
      { path: 'properties.backendAddressPools[]', segment: 'backendAddressPools' },
      { path: 'properties.loadBalancingRules[]', segment: 'loadBalancingRules' },
      { path: 'properties.inboundNatRules[]', segment: 'inboundNatRules' },
    ],
    describe: (body) => ({
      ip: textAt(body, 'properties.frontendIPConfigurations[].properties.privateIPAddress'),
      public: valuesAt(body, 'properties.frontendIPConfigurations[].properties.publicIPAddress').length > 0,
    }),
    echoes: ['properties.probes[]', 'properties.outboundRules[]'],
  }),
  azureType({
    type: `${balancer}/frontendIPConfigurations`,
    partOf: balancer,
    category: 'listener',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.subnet' },
      { type: 'HAS_ADDRESS', path: 'properties.publicIPAddress' },
    ],
    describe: (body) => ({ ip: textAt(body, 'properties.privateIPAddress') }),
    echoes: [
      'properties.loadBalancingRules[]',
      'properties.inboundNatRules[]',
      'properties.inboundNatPools[]',
      'properties.outboundRules[]',
    ],
  }),
  azureType({
    type: `${balancer}/backendAddressPools`,
    partOf: balancer,
    category: 'target-group',
    edges: [
      { type: 'TARGETS', path: 'properties.backendIPConfigurations[]', end: 'owner' },
      { type: 'TARGETS', path: 'properties.loadBalancerBackendAddresses[].properties.ipAddress', idOf: addressId },
      { type: 'IN_NETWORK', path: 'properties.loadBalancerBackendAddresses[].properties.virtualNetwork' },
    ],
    echoes: [
      'properties.backendIPConfigurations[]',
      'properties.loadBalancingRules[]',
      'properties.outboundRules[]',
      'properties.inboundNatRules[]',
      'properties.loadBalancerBackendAddresses[]',
    ],
  }),
  ...['loadBalancingRules', 'inboundNatRules'].map((rules) =>
    azureType({
      type: `${balancer}/${rules}`,
      partOf: balancer,
      category: 'other',
      edges: [
        { type: 'TARGETS', path: 'properties.frontendIPConfiguration', reversed: true },
        { type: 'TARGETS', path: 'properties.backendAddressPool' },
        { type: 'TARGETS', path: 'properties.backendAddressPools[]' },
        { type: 'TARGETS', path: 'properties.backendIPConfiguration', end: 'owner' },
      ],
      echoes: ['properties.probe', 'properties.backendIPConfiguration'],
    }),
  ),
  azureType({
    type: gateway,
    category: 'balancer',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.gatewayIPConfigurations[].properties.subnet' },
      { type: 'HAS_ADDRESS', path: 'properties.frontendIPConfigurations[].properties.publicIPAddress' },
      { type: 'PROTECTED_BY', path: 'properties.firewallPolicy' },
      { type: 'REFERENCES', path: 'properties.sslCertificates[].properties.keyVaultSecretId', idOf: hostId },
    ],
    parts: [
      { path: 'properties.backendAddressPools[]', segment: 'backendAddressPools' },
      { path: 'properties.httpListeners[]', segment: 'httpListeners' },
      { path: 'properties.requestRoutingRules[]', segment: 'requestRoutingRules' },
      { path: 'properties.urlPathMaps[]', segment: 'urlPathMaps' },
    ],
    describe: (body) => ({
      state: textAt(body, 'properties.operationalState'),
      public: valuesAt(body, 'properties.frontendIPConfigurations[].properties.publicIPAddress').length > 0,
    }),
  }),
  azureType({
    type: `${gateway}/backendAddressPools`,
    partOf: gateway,
    category: 'target-group',
    edges: [
      { type: 'TARGETS', path: 'properties.backendIPConfigurations[]', end: 'owner' },
      { type: 'TARGETS', path: 'properties.backendAddresses[].fqdn', orText: true, idOf: hostId },
      { type: 'TARGETS', path: 'properties.backendAddresses[].ipAddress', orText: true, idOf: addressId },
      { type: 'TARGETS', path: 'properties.backendAddresses[]', idOf: hostId },
    ],
    echoes: ['properties.backendIPConfigurations[]'],
  }),
  azureType({
    type: `${gateway}/httpListeners`,
    partOf: gateway,
    category: 'listener',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.hostName', idOf: hostId },
      { type: 'HAS_ADDRESS', path: 'properties.hostNames[]', idOf: hostId },
      { type: 'PROTECTED_BY', path: 'properties.firewallPolicy' },
    ],
    echoes: [
      'properties.frontendIPConfiguration',
      'properties.frontendPort',
      'properties.sslCertificate',
      'properties.sslProfile',
    ],
  }),
  azureType({
    type: `${gateway}/requestRoutingRules`,
    partOf: gateway,
    category: 'other',
    edges: [
      { type: 'TARGETS', path: 'properties.httpListener', reversed: true },
      { type: 'TARGETS', path: 'properties.backendAddressPool' },
      { type: 'TARGETS', path: 'properties.urlPathMap' },
    ],
    echoes: [
      'properties.backendHttpSettings',
      'properties.rewriteRuleSet',
      'properties.redirectConfiguration',
      'properties.loadDistributionPolicy',
    ],
  }),
  azureType({
    type: `${gateway}/urlPathMaps`,
    partOf: gateway,
    category: 'other',
    edges: [
      { type: 'TARGETS', path: 'properties.defaultBackendAddressPool' },
      { type: 'TARGETS', path: 'properties.pathRules[].properties.backendAddressPool' },
      { type: 'PROTECTED_BY', path: 'properties.pathRules[].properties.firewallPolicy' },
    ],
    echoes: [
      'properties.defaultBackendHttpSettings',
      'properties.defaultRewriteRuleSet',
      'properties.defaultRedirectConfiguration',
      'properties.defaultLoadDistributionPolicy',
      'properties.pathRules[]',
      'properties.requestRoutingRules[]',
    ],
  }),
  azureType({
    type: door,
    category: 'balancer',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.frontendEndpoints[].properties.hostName', idOf: hostId },
      { type: 'TARGETS', path: 'properties.backendPools[].properties.backends[].address', idOf: hostId },
      { type: 'TARGETS', path: 'properties.backendPools[].properties.backends[].privateLinkResourceId' },
      { type: 'PROTECTED_BY', path: 'properties.frontendEndpoints[].properties.webApplicationFirewallPolicyLink' },
      { type: 'PROTECTED_BY', path: 'properties.routingRules[].properties.webApplicationFirewallPolicyLink' },
    ],
    describe: (body) => ({ state: textAt(body, 'properties.resourceState'), public: true }),
  }),
  azureType({
    type: profile,
    category: 'balancer',
    describe: (body) => ({ state: textAt(body, 'properties.resourceState'), public: true }),
  }),
  ...['endpoints', 'afdEndpoints'].map((name) =>
    azureType({
      type: `${profile}/${name}`,
      category: 'listener',
      edges: [
        { type: 'HAS_ADDRESS', path: 'properties.hostName', idOf: hostId },
        { type: 'TARGETS', path: 'properties.origins[].properties.hostName', idOf: hostId },
        { type: 'PROTECTED_BY', path: 'properties.webApplicationFirewallPolicyLink' },
      ],
      describe: () => ({ public: true }),
    }),
  ),
  azureType({
    type: 'Microsoft.Network/trafficManagerProfiles',
    category: 'dns',
    edges: [
      { type: 'HAS_ADDRESS', path: 'properties.dnsConfig.fqdn', idOf: hostId },
      { type: 'TARGETS', path: 'properties.endpoints[].properties.targetResourceId' },
      { type: 'TARGETS', path: 'properties.endpoints[].properties.target', idOf: hostId },
    ],
    describe: (body) => ({ state: textAt(body, 'properties.profileStatus'), public: true }),
  }),
];
