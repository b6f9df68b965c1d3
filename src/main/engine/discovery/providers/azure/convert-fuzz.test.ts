import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { relationshipFactSchema, resourceFactSchema, scopeFactSchema } from '#shared/model/index.ts';
import { mutated } from '#test/support/fuzz/index.ts';
import { convertAzureRow } from './index.ts';
import { azureTypes } from './types.ts';

/** Every field that any declared type reads, with a value of a likely shape. */
function bodyOf(type: string): JsonObject {
  const declared = azureTypes.find((candidate) => candidate.type === type);
  const body: JsonObject = {};
  const paths = [...(declared?.edges ?? []), ...(declared?.parts ?? [])].map(({ path }) => path);
  for (const path of [...paths, ...(declared?.echoes ?? [])]) put(body, path.split('.'));
  const names = type
    .split('/')
    .slice(1)
    .map((segment) => `${segment}/x`);
  const id = `/subscriptions/S/resourceGroups/G/providers/${type.split('/')[0]}/${names.join('/')}`;
  return { ...body, id, name: 'x', location: 'West Europe', tenantId: 'T', tags: { env: 'prod' }, zones: ['1'] };
}

const other = '/subscriptions/S/resourceGroups/H/providers/Microsoft.Network/things/y/parts/z';

function put(body: JsonObject, [step = '', ...rest]: readonly string[]): void {
  const name = step.replace(/(\[\]|\{\})$/u, '');
  const inner: JsonObject = step.endsWith('{}') ? { [other]: {} } : rest.length === 0 ? { id: other } : {};
  const known = body[name];
  const field = typeof known === 'object' && known !== null && !Array.isArray(known) ? known : inner;
  if (rest.length > 0) put(field, rest);
  body[name] = step.endsWith('[]') ? [field] : field;
}

test('a mutated body never throws, is never dropped in silence, and only makes facts of the right form', () => {
  fc.assert(
    fc.property(
      mutated(fc.constantFrom(...azureTypes.map(({ type }) => type), 'Contoso.Some/things').map(bodyOf)),
      (body) => {
        const { cell, resources, relationships, scopes, problem } = convertAzureRow(body);
        expect(resources.length > 0).toBe(problem === null);
        expect(cell === null).toBe(problem !== null);
        for (const fact of resources) resourceFactSchema.parse(fact);
        for (const fact of relationships) relationshipFactSchema.parse(fact);
        for (const fact of scopes) scopeFactSchema.parse(fact);
        expect(new Set(resources.map(({ id }) => id)).size).toBe(resources.length);
      },
    ),
    { numRuns: 3000 },
  );
});

test('a body as deep as a stack is read without falling over', () => {
  let deep: Json = 'end';
  for (let level = 0; level < 5000; level += 1) deep = { inner: deep };
  const id = '/subscriptions/S/resourceGroups/G/providers/Contoso.Some/things/x';
  expect(convertAzureRow({ id, properties: deep }).resources).toHaveLength(1);
});
