import type { Json, JsonObject } from '#shared/base/json.ts';
import { type Row, textOf } from './kusto.ts';

/** Everything a tenant holds, as Resource Graph's tables; tests change it while the fake is asked. */
export interface AzureEstate {
  readonly tenant: string;
  /** By table. */
  readonly tables: { readonly [Table in 'resources' | 'resourcecontainers' | 'authorizationresources']: Row[] };
}

export interface EstateShape {
  readonly subscriptions: number;
  /** Resource groups in each. */
  readonly groups: number;
  /** Applications in each group: a network, a machine with its disk and interface, a vault and an account. */
  readonly applications: number;
}

export const tenantId = '99999999-0000-4000-8000-000000000000';

/** Subscriptions in one management group. */
const groupSize = 6000;

/** The id of a subscription by its number. */
export function subscriptionId(number: number): string {
  return `${String(number).padStart(8, '0')}-aaaa-4bbb-8ccc-000000000000`;
}

/** A tenant of the given size; the same size is always the same tenant. Half of the groups are in another region. */
export function makeEstate({ subscriptions, groups, applications }: EstateShape): AzureEstate {
  const estate: AzureEstate = {
    tenant: tenantId,
    tables: { resources: [], resourcecontainers: [], authorizationresources: [] },
  };
  const root = { name: tenantId, displayName: 'Tenant root' };
  estate.tables.resourcecontainers.push(managementGroup(tenantId, root.displayName, []));
  for (let group = 0; group * groupSize < subscriptions; group += 1) {
    estate.tables.resourcecontainers.push(managementGroup(`landing-${group}`, `Landing zone ${group}`, [root]));
  }
  estate.tables.authorizationresources.push(readerRole(), rootGrant());
  for (let number = 0; number < subscriptions; number += 1) {
    const group = Math.floor(number / groupSize);
    const chain = [{ name: `landing-${group}`, displayName: `Landing zone ${group}` }, root];
    addSubscription(estate, { number, groups, applications, chain });
  }
  return sortEstate(estate);
}

/** Puts the rows of every table in the order of their ids, as the service hands them out. */
function sortEstate(estate: AzureEstate): AzureEstate {
  for (const table of Object.values(estate.tables)) table.sort((a, b) => (textOf(a, 'id') < textOf(b, 'id') ? -1 : 1));
  return estate;
}

interface SubscriptionShape {
  readonly number: number;
  readonly groups: number;
  readonly applications: number;
  readonly chain: Json[];
}

function addSubscription(estate: AzureEstate, { number, groups, applications, chain }: SubscriptionShape): void {
  const subscription = subscriptionId(number);
  const { resources, resourcecontainers, authorizationresources } = estate.tables;
  resourcecontainers.push({
    ...columns({ id: `/subscriptions/${subscription}`, type: 'microsoft.resources/subscriptions', location: '' }),
    name: `Subscription ${number}`,
    subscriptionId: subscription,
    properties: { state: 'Enabled', managementGroupAncestorsChain: chain },
  });
  for (let group = 0; group < groups; group += 1) {
    const place: Place = {
      subscription,
      group: `rg-${group}`,
      location: group % 2 === 0 ? 'westeurope' : 'eastus',
      prefix: `/subscriptions/${subscription}/resourceGroups/rg-${group}`,
    };
    resourcecontainers.push({
      ...columns({
        id: place.prefix,
        type: 'microsoft.resources/subscriptions/resourcegroups',
        location: place.location,
      }),
      subscriptionId: subscription,
      properties: { provisioningState: 'Succeeded' },
    });
    for (let one = 0; one < applications; one += 1) resources.push(...application(place, one));
    authorizationresources.push(grant(place));
  }
}

interface Place {
  readonly subscription: string;
  readonly group: string;
  readonly location: string;
  readonly prefix: string;
}

/** Six resources that name each other. */
function application(place: Place, number: number): Row[] {
  const { prefix, location } = place;
  const id = (type: string, name: string): string => `${prefix}/providers/${type}/${name}`;
  const network = id('Microsoft.Network/virtualNetworks', `vnet-${number}`);
  const card = id('Microsoft.Network/networkInterfaces', `nic-${number}`);
  const machine = id('Microsoft.Compute/virtualMachines', `vm-${number}`);
  const disk = id('Microsoft.Compute/disks', `disk-${number}`);
  const of = (path: string, properties: JsonObject, more: JsonObject = {}): Row => ({
    ...columns({ id: path, type: typeOf(path), location }),
    subscriptionId: place.subscription,
    resourceGroup: place.group,
    properties,
    ...more,
  });
  return [
    of(network, {
      provisioningState: 'Succeeded',
      addressSpace: { addressPrefixes: [`10.${number % 200}.0.0/16`] },
      subnets: [
        {
          id: `${network}/subnets/app`,
          name: 'app',
          properties: { addressPrefix: `10.${number % 200}.1.0/24`, provisioningState: 'Succeeded' },
        },
      ],
      virtualNetworkPeerings: [],
    }),
    of(card, {
      provisioningState: 'Succeeded',
      virtualMachine: { id: machine },
      ipConfigurations: [
        {
          id: `${card}/ipConfigurations/main`,
          name: 'main',
          properties: { privateIPAddress: `10.${number % 200}.1.4`, subnet: { id: `${network}/subnets/app` } },
        },
      ],
    }),
    of(
      machine,
      {
        provisioningState: 'Succeeded',
        hardwareProfile: { vmSize: 'Standard_D2s_v5' },
        networkProfile: { networkInterfaces: [{ id: card }] },
        storageProfile: { osDisk: { osType: 'Linux', managedDisk: { id: disk } } },
        osProfile: { adminUsername: 'ada', adminPassword: 'never-kept' },
      },
      { identity: { type: 'SystemAssigned', principalId: principalOf(place) }, tags: { env: 'prod' } },
    ),
    of(disk, { diskState: 'Attached', diskSizeGB: 64 }, { managedBy: machine }),
    of(id('Microsoft.KeyVault/vaults', `kv-${number}`), { vaultUri: `https://kv-${number}.vault.azure.net/` }),
    of(id('Microsoft.Insights/components', `logs-${number}`), { source: { resourceId: machine } }),
  ];
}

/** `Microsoft.Network/virtualNetworks` in an id, as the column `type` shows it. */
function typeOf(id: string): string {
  return (id.split('/providers/').at(-1) ?? '').split('/').slice(0, 2).join('/').toLowerCase();
}

/** Columns that every row has, whatever its type. */
function columns({ id, type, location }: { id: string; type: string; location: string }): Row {
  return {
    id,
    name: id.split('/').at(-1) ?? '',
    type,
    tenantId,
    kind: '',
    location,
    resourceGroup: '',
    subscriptionId: '',
    managedBy: '',
    sku: null,
    plan: null,
    properties: {},
    tags: null,
    identity: null,
    zones: null,
    extendedLocation: null,
  };
}

function managementGroup(name: string, displayName: string, chain: JsonObject[]): Row {
  const id = `/providers/Microsoft.Management/managementGroups/${name}`;
  return {
    ...columns({ id, type: 'microsoft.management/managementgroups', location: '' }),
    name,
    properties: { displayName, details: { managementGroupAncestorsChain: chain } },
  };
}

function readerRole(): Row {
  const id = '/providers/Microsoft.Authorization/RoleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7';
  return {
    ...columns({ id, type: 'microsoft.authorization/roledefinitions', location: '' }),
    properties: { roleName: 'Reader', type: 'BuiltInRole', permissions: [{ actions: ['*/read'] }] },
  };
}

function rootGrant(): Row {
  const scope = `/providers/Microsoft.Management/managementGroups/${tenantId}`;
  return grantAt(scope, 'user-1', 'User');
}

function grant(place: Place): Row {
  return { ...grantAt(place.prefix, principalOf(place), 'ServicePrincipal'), subscriptionId: place.subscription };
}

/** Somebody is Reader at a scope: a management group, a subscription, a resource group. */
export function grantAt(scope: string, principal: string, principalType: string): Row {
  const id = `${scope}/providers/Microsoft.Authorization/RoleAssignments/reader-${principal}`;
  return {
    ...columns({ id, type: 'microsoft.authorization/roleassignments', location: 'global' }),
    properties: {
      principalId: principal,
      principalType,
      scope,
      roleDefinitionId: '/providers/Microsoft.Authorization/RoleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7',
    },
  };
}

function principalOf({ subscription, group }: Place): string {
  return `${subscription}-${group}`;
}
