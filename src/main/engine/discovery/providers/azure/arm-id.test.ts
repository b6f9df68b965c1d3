import { describe, expect, test } from 'vitest';
import { kindOfType, parseArmId, scopeOf } from './arm-id.ts';

const group = '/subscriptions/S1/resourceGroups/Shop';

describe('a Resource Manager id', () => {
  test.each([
    [
      `${group}/providers/Microsoft.Network/virtualNetworks/Main/subnets/App`,
      {
        id: '/subscriptions/s1/resourcegroups/shop/providers/microsoft.network/virtualnetworks/main/subnets/app',
        type: 'microsoft.network/virtualnetworks/subnets',
        name: 'app',
        parent: '/subscriptions/s1/resourcegroups/shop/providers/microsoft.network/virtualnetworks/main',
        owner: '/subscriptions/s1/resourcegroups/shop/providers/microsoft.network/virtualnetworks/main',
      },
    ],
    [
      `${group}/providers/Microsoft.Storage/storageAccounts/a/providers/Microsoft.Authorization/roleAssignments/R`,
      { type: 'microsoft.authorization/roleassignments', name: 'r', parent: null, resourceGroup: 'shop' },
    ],
    [group, { type: 'microsoft.resources/subscriptions/resourcegroups', name: 'shop', parent: '/subscriptions/s1' }],
    ['/subscriptions/S1/', { id: '/subscriptions/s1', type: 'microsoft.resources/subscriptions', parent: null }],
    [
      '/providers/Microsoft.Management/managementGroups/Root',
      { type: 'microsoft.management/managementgroups', name: 'root', subscription: null },
    ],
    [
      '/subscriptions/S1/providers/Microsoft.Authorization/roleDefinitions/Reader',
      { id: '/providers/microsoft.authorization/roledefinitions/reader', subscription: 's1' },
    ],
  ])('%s is taken apart', (text, parts) => {
    expect(parseArmId(text)).toMatchObject(parts);
  });

  test.each([
    '',
    'x',
    '/',
    '/subscriptions',
    '/subscriptions/s/resourceGroups',
    `${group}/providers/Microsoft.Network/virtualNetworks`,
  ])('%j is none', (text) => expect(parseArmId(text)).toBeNull());

  test('belongs to its group, its subscription, or what stands above', () => {
    const scopeOfText = (text: string): string | null => {
      const arm = parseArmId(text);
      return arm === null ? null : scopeOf(arm, 'T1');
    };
    expect(scopeOfText(`${group}/providers/Microsoft.Compute/disks/d`)).toBe('azure:resource-group:s1/shop');
    expect(scopeOfText('/subscriptions/S1/providers/Microsoft.Authorization/roleAssignments/r')).toBe(
      'azure:subscription:s1',
    );
    expect(
      scopeOfText(
        '/providers/Microsoft.Management/managementGroups/Root/providers/Microsoft.Authorization/roleAssignments/r',
      ),
    ).toBe('azure:management-group:root');
    expect(scopeOfText('/providers/Microsoft.Management/managementGroups/Root')).toBe('azure:tenant:t1');
  });
});

test('kinds are the type in lower case without its usual prefix', () => {
  expect(kindOfType('Microsoft.Network/virtualNetworks/subnets')).toBe('azure.network.virtualnetworks.subnets');
  expect(kindOfType('Oracle.Database/autonomousDatabases')).toBe('azure.oracle.database.autonomousdatabases');
});
