import { rangeId } from '../addresses.ts';
import { azureType } from '../azure-type.ts';
import { textAt } from '../json-path.ts';

/** Firewalls, their policies and address groups, and the web application firewalls of gateways and Front Door. */
export const firewallTypes = [
  azureType({
    type: 'Microsoft.Network/azureFirewalls',
    category: 'firewall',
    edges: [
      { type: 'IN_NETWORK', path: 'properties.ipConfigurations[].properties.subnet' },
      { type: 'HAS_ADDRESS', path: 'properties.ipConfigurations[].properties.publicIPAddress' },
      { type: 'IN_NETWORK', path: 'properties.managementIpConfiguration.properties.subnet' },
      { type: 'HAS_ADDRESS', path: 'properties.managementIpConfiguration.properties.publicIPAddress' },
      { type: 'PROTECTED_BY', path: 'properties.virtualHub', reversed: true },
      { type: 'REFERENCES', path: 'properties.firewallPolicy' },
    ],
    describe: (body) => ({ ip: textAt(body, 'properties.ipConfigurations[].properties.privateIPAddress') }),
  }),
  azureType({
    type: 'Microsoft.Network/firewallPolicies',
    category: 'policy',
    edges: [
      { type: 'DERIVED_FROM', path: 'properties.basePolicy' },
      { type: 'CONTAINS', path: 'properties.ruleCollectionGroups[]' },
    ],
    echoes: ['properties.firewalls[]', 'properties.childPolicies[]'],
  }),
  azureType({
    type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
    partOf: 'Microsoft.Network/firewallPolicies',
    category: 'policy',
  }),
  azureType({
    type: 'Microsoft.Network/ipGroups',
    category: 'other',
    edges: [{ type: 'HAS_ADDRESS', path: 'properties.ipAddresses[]', idOf: rangeId }],
    echoes: ['properties.firewalls[]', 'properties.firewallPolicies[]'],
  }),
  ...['applicationGatewayWebApplicationFirewallPolicies', 'frontDoorWebApplicationFirewallPolicies'].map((name) =>
    azureType({
      type: `Microsoft.Network/${name}`,
      category: 'policy',
      describe: (body) => ({ state: textAt(body, 'properties.resourceState') }),
      echoes: [
        'properties.applicationGateways[]',
        'properties.httpListeners[]',
        'properties.pathBasedRules[]',
        'properties.frontendEndpointLinks[]',
        'properties.routingRuleLinks[]',
        'properties.securityPolicyLinks[]',
      ],
    }),
  ),
];
