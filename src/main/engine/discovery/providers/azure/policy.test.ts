import { describe, expect, test } from 'vitest';
import { azureDiscoveryPolicy } from './policy.ts';
import { azureSteps, queryOf, stepsFor } from './steps.ts';
import { azureTypes } from './types.ts';

test('every type is declared once, and is either a step or a part of one', () => {
  const names = azureTypes.map(({ type }) => type.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  const made = azureSteps.flatMap(({ declaration }) => [...declaration.kinds, ...(declaration.parts ?? [])]);
  expect(new Set(made).size).toBe(made.length);
  expect(made).toHaveLength(azureTypes.length + 1);
  for (const { declaration } of azureSteps) expect(declaration.permissions.length).toBeGreaterThan(1);
});

test('the role allows reading and nothing else, neither data nor keys', () => {
  const role = JSON.parse(azureDiscoveryPolicy().text) as { Actions: string[]; DataActions: string[] };
  expect(role.Actions).toContain('Microsoft.ResourceGraph/resources/read');
  expect(role.Actions).toContain('Microsoft.Network/virtualNetworks/read');
  expect(role.Actions.filter((action) => !/^Microsoft(\.\w+)(\/\w+)+\/read$/u.test(action))).toEqual([]);
  expect(role.DataActions).toEqual([]);
});

describe('the question', () => {
  test('names no type when everything is wanted', () => {
    const resources = azureSteps.filter(({ table }) => table === 'resources');
    expect(queryOf('resources', resources)).toBe('resources\n| order by id asc');
  });

  test('names the wanted types, and those it leaves out where the undeclared are wanted', () => {
    expect(queryOf('resources', stepsFor(['azure.compute.disks', 'azure.network.routetables.routes']))).toBe(
      "resources\n| where type in~ ('microsoft.network/routetables', 'microsoft.compute/disks')\n| order by id asc",
    );
    const others = queryOf('resources', stepsFor(['azure.insights.components', 'azure.compute.disks']));
    expect(others).toMatch(/where type in~ \('microsoft\.compute\/disks'\) or type !in~ \('microsoft\.network/u);
    expect(stepsFor(['aws.ec2.vpc'])).toEqual([]);
  });
});
