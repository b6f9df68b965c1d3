import { describe, expect, test } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { convertAzureRow } from './index.ts';

const group = '/subscriptions/S1/resourceGroups/Shop';
const shop = group.toLowerCase();
const networkProvider = `${group}/providers/Microsoft.Network`;
const network = `${shop}/providers/microsoft.network`;

function row(type: string, name: string, properties: Json, more: { [column: string]: Json } = {}): Json {
  return {
    id: `${group}/providers/${type}/${name}`,
    name,
    type: type.toLowerCase(),
    location: 'westeurope',
    subscriptionId: 'S1',
    resourceGroup: 'shop',
    tenantId: 'T1',
    properties,
    ...more,
  };
}

/** `TYPE from → to`, with the common beginning of ids left out. */
function edgesOf(body: Json): readonly string[] {
  const short = (id: string): string => id.replace(`${shop}/providers/`, '');
  return convertAzureRow(body).relationships.map(({ type, from, to }) => `${type} ${short(from)} → ${short(to)}`);
}

describe('a virtual network', () => {
  const converted = convertAzureRow(
    row('Microsoft.Network/virtualNetworks', 'Main', {
      provisioningState: 'Succeeded',
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [
        {
          id: `${networkProvider}/virtualNetworks/Main/subnets/App`,
          name: 'App',
          properties: {
            addressPrefix: '10.0.1.0/24',
            networkSecurityGroup: { id: `${networkProvider}/networkSecurityGroups/web` },
            routeTable: { id: `${networkProvider}/routeTables/out` },
            ipConfigurations: [{ id: `${networkProvider}/networkInterfaces/n1/ipConfigurations/c` }],
          },
        },
      ],
      virtualNetworkPeerings: [
        {
          name: 'hub',
          properties: {
            peeringState: 'Connected',
            remoteVirtualNetwork: {
              id: '/subscriptions/S2/resourceGroups/Hub/providers/Microsoft.Network/virtualNetworks/Hub',
            },
          },
        },
      ],
    }),
  );

  test('comes with its subnets and peerings, all in its own cell', () => {
    expect(converted.cell).toEqual({ scope: 'azure:subscription:s1', kind: 'azure.network.virtualnetworks' });
    expect(converted.resources.map(({ kind, name, cidr, region }) => [kind, name, cidr, region])).toEqual([
      ['azure.network.virtualnetworks', 'Main', '10.0.0.0/16', 'westeurope'],
      ['azure.network.virtualnetworks.subnets', 'App', '10.0.1.0/24', 'westeurope'],
      ['azure.network.virtualnetworks.virtualnetworkpeerings', 'hub', null, 'westeurope'],
    ]);
    expect(converted.resources.map(({ scopeId }) => scopeId)).toEqual(Array(3).fill('azure:resource-group:s1/shop'));
  });

  test('keeps the id as it is shown, and goes by the one in lower case', () => {
    expect(converted.resources[0]).toMatchObject({
      id: `${network}/virtualnetworks/main`,
      nativeId: `${networkProvider}/virtualNetworks/Main`,
    });
  });

  test('is joined with what its parts name, and not with what they echo', () => {
    const short = (id: string): string => id.replace(`${network}/`, '');
    expect(converted.relationships.map(({ type, from, to }) => `${type} ${short(from)} → ${short(to)}`)).toEqual([
      'HAS_ADDRESS virtualnetworks/main → cidr:10.0.0.0/16',
      'CONTAINS virtualnetworks/main → virtualnetworks/main/subnets/app',
      'PROTECTED_BY virtualnetworks/main/subnets/app → networksecuritygroups/web',
      'ATTACHED_TO routetables/out → virtualnetworks/main/subnets/app',
      'IN_NETWORK virtualnetworks/main/subnets/app → virtualnetworks/main',
      'CONTAINS virtualnetworks/main → virtualnetworks/main/virtualnetworkpeerings/hub',
      'PEERED_WITH virtualnetworks/main → /subscriptions/s2/resourcegroups/hub/providers/microsoft.network/virtualnetworks/hub',
    ]);
  });
});

describe('a security group', () => {
  const rule = (name: string, properties: { [field: string]: Json }): Json => ({
    name,
    id: `${networkProvider}/networkSecurityGroups/web/securityRules/${name}`,
    properties: {
      protocol: 'Tcp',
      destinationPortRange: '443',
      sourceAddressPrefix: '*',
      destinationAddressPrefix: '*',
      access: 'Allow',
      priority: 100,
      direction: 'Inbound',
      ...properties,
    },
  });
  const groupOf = (...rules: Json[]): Json =>
    row('Microsoft.Network/networkSecurityGroups', 'web', { securityRules: rules });
  const web = 'microsoft.network/networksecuritygroups/web';
  const allows = (...rules: Json[]): readonly string[] =>
    edgesOf(groupOf(...rules)).filter((edge) => edge.startsWith('ALLOWS'));

  test('has an edge for each that a rule lets through, in the direction of the traffic', () => {
    expect(
      allows(
        rule('in', {
          sourceAddressPrefix: null,
          sourceAddressPrefixes: ['10.0.0.0/8', '192.0.2.7', 'AzureLoadBalancer'],
        }),
        rule('out', { direction: 'Outbound', destinationAddressPrefix: 'Internet' }),
      ),
    ).toEqual([
      `ALLOWS cidr:10.0.0.0/8 → ${web}`,
      `ALLOWS cidr:192.0.2.7/32 → ${web}`,
      `ALLOWS azure:service-tag:azureloadbalancer → ${web}`,
      `ALLOWS ${web} → internet`,
    ]);
  });

  test('speaks of the members that a rule names', () => {
    const asg = (name: string): Json => ({ id: `${networkProvider}/applicationSecurityGroups/${name}` });
    expect(
      allows(
        rule('in', {
          sourceAddressPrefix: null,
          sourceApplicationSecurityGroups: [asg('front')],
          destinationAddressPrefix: null,
          destinationApplicationSecurityGroups: [asg('back')],
        }),
      ),
    ).toEqual([
      'ALLOWS microsoft.network/applicationsecuritygroups/front → microsoft.network/applicationsecuritygroups/back',
    ]);
  });

  test('is open to the internet only where no stronger rule shuts it', () => {
    const open = rule('open', { priority: 200 });
    const shut = rule('shut', { priority: 100, access: 'Deny', protocol: '*', destinationPortRange: '*' });
    const narrow = rule('narrow', { priority: 100, access: 'Deny', destinationPortRange: '22' });
    expect(convertAzureRow(groupOf(open)).resources[0]?.public).toBe(true);
    expect(convertAzureRow(groupOf(open, narrow)).resources[0]?.public).toBe(true);
    expect(convertAzureRow(groupOf(open, shut)).resources[0]?.public).toBe(false);
    expect(allows(open, shut)).toEqual([]);
  });
});

describe('a route table', () => {
  test('leads to appliances and to the internet, with the destination', () => {
    const table = row('Microsoft.Network/routeTables', 'out', {
      routes: [
        {
          name: 'all',
          properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.0.4' },
        },
        { name: 'web', properties: { addressPrefix: '192.0.2.0/24', nextHopType: 'Internet' } },
        { name: 'local', properties: { addressPrefix: '10.0.0.0/16', nextHopType: 'VnetLocal' } },
      ],
    });
    const routes = convertAzureRow(table).relationships.filter(({ type }) => type === 'ROUTES_TO');
    expect(routes.map(({ from, to, properties }) => [from, to, properties['destination']])).toEqual([
      [`${network}/routetables/out`, 'ip:10.0.0.4', '0.0.0.0/0'],
      [`${network}/routetables/out`, 'internet', '192.0.2.0/24'],
    ]);
  });
});

describe('a grant', () => {
  test('joins whoever it is for with the scope, and whoever runs as that with the principal', () => {
    const assignment: Json = {
      id: `${group}/providers/Microsoft.Authorization/roleAssignments/A1`,
      tenantId: 'T1',
      properties: {
        principalId: 'P1',
        principalType: 'ServicePrincipal',
        roleDefinitionId: '/subscriptions/S1/providers/Microsoft.Authorization/RoleDefinitions/Reader',
        scope: group,
      },
    };
    expect(convertAzureRow(assignment).relationships).toMatchObject([
      { type: 'REFERENCES', to: '/providers/microsoft.authorization/roledefinitions/reader' },
      {
        type: 'CAN_ACCESS',
        from: 'azure:principal:p1',
        to: shop,
        properties: {
          role: '/providers/microsoft.authorization/roledefinitions/reader',
          principal: 'ServicePrincipal',
        },
      },
    ]);
    const site = row('Microsoft.Web/sites', 'web', {}, { identity: { type: 'SystemAssigned', principalId: 'P1' } });
    expect(edgesOf(site)).toEqual(['RUNS_AS microsoft.web/sites/web → azure:principal:p1']);
  });
});

describe('containers', () => {
  test('tell the tree up to the tenant, also through groups that may not be read', () => {
    const subscription: Json = {
      id: '/subscriptions/S1',
      type: 'microsoft.resources/subscriptions',
      name: 'Shop production',
      tenantId: 'T1',
      properties: {
        state: 'Enabled',
        managementGroupAncestorsChain: [
          { name: 'landing', displayName: 'Landing zones' },
          { name: 'T1', displayName: 'Tenant root' },
        ],
      },
    };
    const converted = convertAzureRow(subscription);
    expect(converted.scopes.map(({ id, name, parentId }) => [id, name, parentId])).toEqual([
      ['azure:subscription:s1', 'Shop production', 'azure:management-group:landing'],
      ['azure:management-group:landing', 'Landing zones', 'azure:management-group:t1'],
      ['azure:management-group:t1', 'Tenant root', 'azure:tenant:t1'],
      ['azure:tenant:t1', 'T1', null],
    ]);
    expect(edgesOf(subscription)).toEqual([
      'CONTAINS /providers/microsoft.management/managementgroups/landing → /subscriptions/s1',
    ]);
    const rowOfGroup: Json = { id: group, name: 'Shop', location: 'West Europe', tags: '', tenantId: 'T1' };
    expect(convertAzureRow(rowOfGroup)).toMatchObject({
      cell: { scope: 'azure:subscription:s1', kind: 'azure.resources.subscriptions.resourcegroups' },
      scopes: [{ id: 'azure:resource-group:s1/shop', name: 'Shop', parentId: 'azure:subscription:s1' }],
      resources: [{ region: 'westeurope', tags: {} }],
    });
  });
});

describe('a type that nobody declared', () => {
  test('becomes a resource with its body, and what it names stays reachable', () => {
    const workbook = row('Contoso.Analytics/reports', 'r', {
      source: { resourceId: `${group}/providers/Microsoft.Storage/storageAccounts/logs` },
      image: '/subscriptions/S1/providers/Microsoft.Compute/locations/westeurope/publishers/x/artifactTypes/VMImage',
      group,
    });
    const converted = convertAzureRow(workbook);
    expect(converted.cell).toEqual({ scope: 'azure:subscription:s1', kind: 'azure.other' });
    expect(converted.resources).toMatchObject([
      { kind: 'azure.contoso.analytics.reports', category: 'other', raw: { properties: { group } } },
    ]);
    expect(edgesOf(workbook)).toEqual([
      'REFERENCES contoso.analytics/reports/r → microsoft.storage/storageaccounts/logs',
    ]);
  });
});

test.each<Json>([null, 'x', [], {}, { id: 7 }, { id: '/not/an/id' }])('%j is told as a problem', (body) => {
  expect(convertAzureRow(body)).toMatchObject({
    cell: null,
    resources: [],
    problem: expect.stringMatching(/^A row /u),
  });
});

test('a rule of an application gateway that goes by paths leads to the pools of its paths', () => {
  const gateway = `${networkProvider}/applicationGateways/edge`;
  const at = (part: string, name: string) => ({ id: `${gateway}/${part}/${name}` });
  const edges = edgesOf(
    row('Microsoft.Network/applicationGateways', 'edge', {
      requestRoutingRules: [
        { ...at('requestRoutingRules', 'r'), name: 'r', properties: { urlPathMap: at('urlPathMaps', 'm') } },
      ],
      urlPathMaps: [
        {
          ...at('urlPathMaps', 'm'),
          name: 'm',
          properties: {
            defaultBackendAddressPool: at('backendAddressPools', 'web'),
            pathRules: [
              {
                id: `${gateway}/urlPathMaps/m/pathRules/p`,
                properties: {
                  paths: ['/api/*'],
                  backendAddressPool: at('backendAddressPools', 'api'),
                  backendHttpSettings: at('backendHttpSettingsCollection', 's'),
                },
              },
            ],
          },
        },
      ],
    }),
  );
  const part = 'microsoft.network/applicationgateways/edge';
  expect(edges.filter((edge) => !edge.startsWith('CONTAINS')).toSorted()).toEqual([
    `TARGETS ${part}/requestroutingrules/r → ${part}/urlpathmaps/m`,
    `TARGETS ${part}/urlpathmaps/m → ${part}/backendaddresspools/api`,
    `TARGETS ${part}/urlpathmaps/m → ${part}/backendaddresspools/web`,
  ]);
});

test.each([
  ['DOCKER|shop.azurecr.io/web:1', ['DERIVED_FROM microsoft.web/sites/web → dns:shop.azurecr.io']],
  ['NODE|22-lts', []],
])('a site that runs %s comes from the registry of the image, if any', (linuxFxVersion, expected) => {
  const edges = edgesOf(row('Microsoft.Web/sites', 'web', { siteConfig: { linuxFxVersion } }));
  expect(edges.filter((edge) => edge.startsWith('DERIVED_FROM'))).toEqual(expected);
});

test('a cluster lets in the ranges that its interface is open for', () => {
  const body = row('Microsoft.ContainerService/managedClusters', 'k8s', {
    apiServerAccessProfile: {
      authorizedIPRanges: ['198.51.100.0/24', '203.0.113.7'],
      subnetId: `${networkProvider}/virtualNetworks/main/subnets/api`,
    },
  });
  expect(edgesOf(body)).toEqual([
    'IN_NETWORK microsoft.containerservice/managedclusters/k8s → microsoft.network/virtualnetworks/main/subnets/api',
    'ALLOWS cidr:198.51.100.0/24 → microsoft.containerservice/managedclusters/k8s',
    'ALLOWS cidr:203.0.113.7/32 → microsoft.containerservice/managedclusters/k8s',
  ]);
});

test('a scale set is encrypted by the keys of all its disks', () => {
  const key = (name: string) => ({ managedDisk: { diskEncryptionSet: { id: keyId(name) } } });
  const keyId = (name: string): string => `${group}/providers/Microsoft.Compute/diskEncryptionSets/${name}`;
  const body = row('Microsoft.Compute/virtualMachineScaleSets', 'web', {
    virtualMachineProfile: { storageProfile: { osDisk: key('os'), dataDisks: [key('data')] } },
  });
  expect(edgesOf(body).filter((edge) => edge.startsWith('ENCRYPTED_BY'))).toEqual([
    'ENCRYPTED_BY microsoft.compute/virtualmachinescalesets/web → microsoft.compute/diskencryptionsets/os',
    'ENCRYPTED_BY microsoft.compute/virtualmachinescalesets/web → microsoft.compute/diskencryptionsets/data',
  ]);
});

test('a hub of a virtual WAN is joined with the networks that are connected to it', () => {
  const body = row('Microsoft.Network/virtualHubs', 'west', {
    virtualNetworkConnections: [
      { name: 'shop', properties: { remoteVirtualNetwork: { id: `${networkProvider}/virtualNetworks/main` } } },
    ],
  });
  expect(edgesOf(body)).toContain(
    'PEERED_WITH microsoft.network/virtualhubs/west → microsoft.network/virtualnetworks/main',
  );
});

test('a vault lets in those on its own list, unless roles decide', () => {
  const vault = (enableRbacAuthorization: boolean) =>
    row('Microsoft.KeyVault/vaults', 'kv', {
      enableRbacAuthorization,
      accessPolicies: [{ tenantId: 'T1', objectId: 'P1', permissions: { secrets: ['Get', 'List'], keys: [] } }],
    });
  expect(edgesOf(vault(false))).toEqual(['CAN_ACCESS azure:principal:p1 → microsoft.keyvault/vaults/kv']);
  expect(convertAzureRow(vault(false)).relationships[0]?.properties).toEqual({
    keys: [],
    secrets: ['Get', 'List'],
    certificates: [],
  });
  expect(edgesOf(vault(true))).toEqual([]);
});
