import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attribute, AttributeType } from './attribute.ts';
import { tableOfAnswer } from './from-tool.ts';
import { packAttributes, unpackAttributes } from './pack.ts';
import { createProviderSchemas } from './provider-schemas.ts';
import { versionsIn, writeTable } from './table-files.ts';

const kept = path.resolve(import.meta.dirname, '../../../../../../resources/provider-schemas');

let asked: string;
beforeEach(async () => {
  asked = await mkdtemp(path.join(tmpdir(), 'schemas-'));
});
afterEach(() => rm(asked, { recursive: true, force: true }));

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const { attributes } = fc.letrec<{ type: AttributeType; attributes: ReadonlyMap<string, Attribute> }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<AttributeType>({ kind: 'string' }, { kind: 'number' }, { kind: 'boolean' }, { kind: 'any' }),
    fc.record({ kind: fc.constantFrom('list', 'set', 'map'), of: tie('type') }),
    fc.record({ kind: fc.constant('object'), attributes: tie('attributes') }),
  ),
  attributes: fc
    .dictionary(
      name,
      fc.record({
        use: fc.constantFrom('required', 'optional', 'either', 'computed'),
        sensitive: fc.boolean(),
        type: tie('type'),
      }),
      { maxKeys: 4 },
    )
    .map((one) => new Map(Object.entries(one).sort(([left], [right]) => (left < right ? -1 : 1)))),
}));

describe('a packed type', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(attributes, (given) => {
        expect(unpackAttributes(packAttributes(given))).toEqual(given);
      }),
    );
  });
});

describe('the answer of a tool', () => {
  it('becomes a table: attributes, nested attributes and blocks', () => {
    const answer = {
      provider_schemas: {
        'registry.opentofu.org/hashicorp/aws': {
          resource_schemas: {
            aws_thing: {
              block: {
                attributes: {
                  arn: { type: 'string', computed: true },
                  name: { type: 'string', optional: true, computed: true },
                  zones: { type: ['set', 'string'], required: true },
                  secret: { type: 'string', computed: true, sensitive: true },
                  parts: { type: ['list', ['object', { size: 'number' }]], computed: true },
                  inner: {
                    nested_type: { attributes: { on: { type: 'bool', optional: true } }, nesting_mode: 'single' },
                    optional: true,
                  },
                  free: { type: 'dynamic', optional: true },
                },
                block_types: {
                  rule: {
                    nesting_mode: 'list',
                    min_items: 1,
                    block: { attributes: { port: { type: 'number', required: true } } },
                  },
                },
              },
            },
          },
        },
      },
    };
    const table = tableOfAnswer(answer, { provider: 'aws', version: '9.0.0' });
    expect(table.resources).toEqual({
      aws_thing: 'arn.cs,free.oa,inner.o{on.ob},name.es,parts.cl({size.cn}),rule.rl({port.rn}),secret.c!s,zones.rt(s)',
    });
  });

  it('without the provider is refused', () => {
    expect(() => tableOfAnswer({ provider_schemas: {} }, { provider: 'aws', version: '9.0.0' })).toThrow(
      'The answer of the tool does not hold the schemas of aws.',
    );
  });
});

describe('the schemas', () => {
  const folders = () => ({ kept, asked });

  it('that come with the app say the types of three clouds', async () => {
    const schemas = await createProviderSchemas(folders()).load(
      ['aws', 'azurerm', 'google', 'unheard'].map((provider) => ({ provider, version: null })),
    );
    expect(schemas.attribute('resource', 'aws_vpc', 'id')).toEqual({
      schema: { type: 'string' },
      from: 'schema of aws 6.66.0: aws_vpc.id',
      version: 'near',
    });
    expect(schemas.attribute('data', 'aws_vpc', 'cidr_block_associations')?.schema.items?.properties).toMatchObject({
      state: { type: 'string' },
    });
    expect(schemas.attribute('resource', 'azurerm_subnet', 'service_endpoints')).toEqual({
      schema: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      from: 'schema of azurerm 4.55.0: azurerm_subnet.service_endpoints',
      version: 'near',
    });
    expect(schemas.attribute('resource', 'google_compute_network', 'mtu')?.schema).toEqual({ type: 'number' });
    expect(schemas.attributes('resource', 'google_container_cluster')?.get('node_config')?.type.kind).toBe('list');
    expect(schemas.attribute('resource', 'aws_vpc', 'unheard_of')?.schema).toEqual({});
    expect(schemas.attribute('resource', 'unheard_thing', 'id')).toBeNull();
  });

  it('that a tool answered come first, the newest that the code takes', async () => {
    const table = (version: string, type: string) =>
      writeTable(asked, { provider: 'aws', version, resources: { aws_vpc: `id.c${type}` }, data: {} });
    await table('5.1.0', 'n');
    await table('5.9.0', 'b');
    await table('6.0.0', 'l(s)');
    const schemas = createProviderSchemas(folders());
    const typeFor = async (version: string | null) =>
      (await schemas.load([{ provider: 'aws', version }])).attribute('resource', 'aws_vpc', 'id')?.schema.type;
    expect(await typeFor('~> 5.0')).toBe('boolean');
    expect(await typeFor('5.1.0')).toBe('number');
    expect(await typeFor('>= 5.1, < 5.5')).toBe('number');
    expect(await typeFor(null)).toBe('array');
    // None of those fits: the table kept with the app stands in.
    expect(await typeFor('~> 4.2')).toBe('string');
  });

  it('that are damaged are as good as none', async () => {
    await writeFile(path.join(asked, 'aws-5.1.0.json.gz'), 'not a table');
    const schemas = await createProviderSchemas(folders()).load([{ provider: 'aws', version: '5.1.0' }]);
    expect(schemas.attribute('resource', 'aws_vpc', 'id')?.schema).toEqual({ type: 'string' });
  });

  it('are looked for under the very name of a provider', async () => {
    await writeTable(asked, { provider: 'aws', version: '5.1.0', resources: {}, data: {} });
    expect(await versionsIn(asked, 'aws')).toEqual(['5.1.0']);
    expect(await versionsIn(asked, 'a.s')).toEqual([]);
    expect(await versionsIn(asked, '(')).toEqual([]);
  });
});
