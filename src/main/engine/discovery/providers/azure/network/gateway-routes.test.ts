import { expect, test } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { convertAzureRow } from '../convert-row.ts';
import { GatewayRoutes } from './gateway-routes.ts';

const provider = '/subscriptions/S1/resourceGroups/Shop/providers/Microsoft.Network';
const shop = provider.toLowerCase();
const hub = '/subscriptions/s2/resourcegroups/hub/providers/microsoft.network/virtualnetworks/hub';

function row(type: string, name: string, properties: Json): Json {
  return { id: `${provider}/${type}/${name}`, name, location: 'westeurope', tenantId: 'T1', properties };
}

// As Resource Manager's own examples write a table, with the subnets that use it.
const table = (name: string, subnets: readonly string[] = []): Json =>
  row('routeTables', name, {
    disableBgpRoutePropagation: false,
    routes: [
      { name: 'office', properties: { addressPrefix: '10.0.3.0/24', nextHopType: 'VirtualNetworkGateway' } },
      { name: 'out', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' } },
    ],
    subnets: subnets.map((id) => ({ id })),
  });
const network = (name: string, lender?: string): Json =>
  row('virtualNetworks', name, {
    subnets: [{ name: 'App', properties: { routeTable: { id: `${provider}/routeTables/To-Office` } } }],
    virtualNetworkPeerings:
      lender === undefined
        ? []
        : [{ name: 'up', properties: { useRemoteGateways: true, remoteVirtualNetwork: { id: lender } } }],
  });
const gateway = (name: string, of: string): Json =>
  row('virtualNetworkGateways', name, {
    ipConfigurations: [
      { name: 'a', properties: { subnet: { id: `${provider}/virtualNetworks/${of}/subnets/GatewaySubnet` } } },
    ],
  });

function joined(...rows: readonly Json[]): string[] {
  const routes = new GatewayRoutes();
  for (const one of rows) routes.take(convertAzureRow(one));
  return routes.join().flatMap(({ cell, region, relationships }) =>
    relationships.map(({ type, from, to, properties }) => {
      expect({ cell, region }).toEqual({
        cell: { scope: 'azure:subscription:s1', kind: 'azure.network.routetables' },
        region: 'westeurope',
      });
      const ends = `${from} ${type} ${to}`.replaceAll(`${shop}/`, '');
      return `${ends} ${JSON.stringify([properties['destination'], properties['hop']])}`;
    }),
  );
}

test('a route to the gateway leads to each gateway of the network that the table serves', () => {
  const rows = [network('main'), table('To-Office'), gateway('vpn', 'Main'), gateway('express', 'MAIN')];
  const wanted = [
    'routetables/to-office ROUTES_TO virtualnetworkgateways/vpn ["10.0.3.0/24","VirtualNetworkGateway"]',
    'routetables/to-office ROUTES_TO virtualnetworkgateways/express ["10.0.3.0/24","VirtualNetworkGateway"]',
  ];
  expect(joined(...rows)).toEqual(wanted);
  expect(joined(...rows.toReversed()).sort()).toEqual(wanted.toSorted());
});

test('a network that borrows gateways leads to those of its lender, by their subnet where they lie elsewhere', () => {
  const borrowed = '["10.0.3.0/24","VirtualNetworkGateway"]';
  expect(joined(network('spoke', hub), table('To-Office'))).toEqual([
    `routetables/to-office ROUTES_TO ${hub}/subnets/gatewaysubnet ${borrowed}`,
  ]);
  const near = `${provider}/virtualNetworks/Hub`;
  expect(joined(network('spoke', near), table('To-Office'), gateway('vpn', 'hub'))).toEqual([
    `routetables/to-office ROUTES_TO virtualnetworkgateways/vpn ${borrowed}`,
  ]);
});

test('a table that serves no network, or one without a gateway, leads nowhere', () => {
  expect(joined(table('To-Office'), gateway('vpn', 'main'))).toEqual([]);
  expect(joined(network('main'), table('To-Office'))).toEqual([]);
  expect(joined(network('main'), gateway('vpn', 'main'))).toEqual([]);
});

test('the subnets that a table names itself count too', () => {
  const rows = [table('alone', [`${provider}/virtualNetworks/Main/subnets/Db`]), gateway('vpn', 'main')];
  expect(joined(...rows)).toEqual([
    'routetables/alone ROUTES_TO virtualnetworkgateways/vpn ["10.0.3.0/24","VirtualNetworkGateway"]',
  ]);
});
