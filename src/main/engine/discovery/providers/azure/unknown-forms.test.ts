import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { convertAzureRow } from './index.ts';
import { azureTypes } from './types.ts';

/** A body in which all that leads along a path is there, but for its step `broken`, which is `by`. */
function bodyWith(path: string, broken: number, by: Json): JsonObject {
  const steps = path.split('.');
  return steps.reduceRight<JsonObject>((inner, step, index) => {
    const name = step.replace(/\[\]$|\{\}$/u, '');
    if (index === broken) return { [name]: by };
    if (index > broken) return {};
    return { [name]: step.endsWith('[]') ? [inner] : inner };
  }, {});
}

/** Everything that a declared type reads of a body to make parts and edges. */
const declared = azureTypes.flatMap(({ type, edges, parts, reads }) =>
  [...new Set([...edges.map(({ path }) => path), ...parts.map(({ path }) => path), ...reads])].map(
    (path) => [type, path] as const,
  ),
);

function unreadOf(type: string, body: JsonObject): readonly string[] {
  const [namespace = '', ...types] = type.split('/');
  const names = types.map((segment) => `${segment}/x`).join('/');
  return convertAzureRow({ id: `/subscriptions/s/resourceGroups/g/providers/${namespace}/${names}`, ...body }).unread;
}

/** Where a value may be of the wrong form: an item of a list stands for the list. */
const named = (path: string, index: number): string =>
  path
    .split('.')
    .slice(0, index + 1)
    .join('.');

describe('whatever a type reads', () => {
  test.each(declared)('of %s at %s is told when it has another form', (type, path) => {
    for (const [index, step] of path.split('.').entries()) {
      // A row's id and name are columns of it, and always texts.
      if (path === 'name') continue;
      const told = unreadOf(type, bodyWith(path, index, 7));
      const where = named(path, index).replace(/\[\]$|\{\}$/u, '');
      expect(told.some((sentence) => sentence.includes(`: ${where}`))).toBe(true);
      if (!step.endsWith('[]')) continue;
      expect(unreadOf(type, bodyWith(path, index, [7])).some((one) => one.includes(`: ${where}[]`))).toBe(true);
    }
  });

  test.each(declared)('of %s at %s is not told when there is nothing', (type, path) => {
    for (const index of path.split('.').keys()) {
      for (const nothing of [null, '']) expect(unreadOf(type, bodyWith(path, index, nothing))).toEqual([]);
    }
  });
});

test('what every type may have is told as well: identities and tags', () => {
  const unread = unreadOf('Contoso.Some/things', {
    identity: { userAssignedIdentities: ['/subscriptions/s'] },
    tags: { env: { name: 'prod' } },
  });
  expect(unread).toEqual([
    '/subscriptions/s/resourcegroups/g/providers/contoso.some/things/x: tags.env is not a text',
    '/subscriptions/s/resourcegroups/g/providers/contoso.some/things/x: identity.userAssignedIdentities is not an object',
  ]);
  expect(unreadOf('Contoso.Some/things', { tags: ['prod'] })).toEqual([
    '/subscriptions/s/resourcegroups/g/providers/contoso.some/things/x: tags is not an object',
  ]);
});

test('a part names itself, and the others are there', () => {
  const group = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/web';
  const rule = (name: string, properties: JsonObject): JsonObject => ({
    id: `${group}/securityRules/${name}`,
    properties,
  });
  const { resources, relationships, unread } = convertAzureRow({
    id: group,
    properties: {
      securityRules: [
        rule('odd', { access: 'Allow', sourceAddressPrefixes: '10.0.0.0/8' }),
        rule('even', { access: 'Allow', direction: 'Inbound', sourceAddressPrefix: '10.0.0.0/8' }),
      ],
    },
  });
  expect(resources).toHaveLength(3);
  expect(relationships.filter(({ type }) => type === 'ALLOWS')).toHaveLength(1);
  expect(unread).toEqual([
    `${group.toLowerCase()}: properties.securityRules[].properties.sourceAddressPrefixes is not a list`,
  ]);
});
