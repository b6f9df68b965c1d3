import type { BlueprintDocument, PaletteItem, Ports, PortSchema } from '#shared/model/index.ts';

function ports(properties: Record<string, PortSchema>, required: string[] = []): Ports {
  return { type: 'object', properties, required };
}

function item(use: string, given: Pick<PaletteItem, 'boundary' | 'inputs' | 'outputs'>): PaletteItem {
  const [name = '', version = ''] = use.split('@');
  return { use, name, version, type: 'artifact', runner: 'terraform', summary: '', ...given };
}

const text: PortSchema = { type: 'string' };
const texts: PortSchema = { type: 'array', items: text };

/** Artifacts of a small regional blueprint: network, database, application. */
export const examplePalette: readonly PaletteItem[] = [
  item('networking-vpc@1.2.0', {
    boundary: 'networking',
    inputs: ports({ cidr: { type: 'string', format: 'cidr' }, name: { ...text, default: 'main' } }, ['cidr']),
    outputs: ports({ vpc_id: text, private_subnet_ids: texts }),
  }),
  item('postgres@1.0.3', {
    boundary: 'data',
    inputs: ports({ subnet_ids: texts, name: text, password: { ...text, 'x-sensitive': true }, groups: texts }, [
      'subnet_ids',
      'name',
      'password',
    ]),
    outputs: ports({ url: text, port: { type: 'integer' } }),
  }),
  item('web@2.1.0', {
    boundary: 'application',
    inputs: ports({ name: text, database_url: text, tags: texts, replicas: { type: 'integer' } }, ['database_url']),
    outputs: ports({ url: text }),
  }),
];

/** A blueprint over these artifacts with every kind of value: wires, texts, calls, lists, order, condition. */
export const exampleDocument: BlueprintDocument = {
  blueprint: 'regional-infrastructure',
  version: '2.3.0',
  boundary: 'platform',
  inputs: {
    cidr: { type: 'string', format: 'cidr' },
    size: { type: 'string', enum: ['small', 'large', 'none'], default: 'small', agent: 'set' },
    db_password: { type: 'string', sensitive: true },
  },
  nodes: {
    network: { use: 'networking-vpc@1.2.0', set: { cidr: '${inputs.cidr}' } },
    database: {
      use: 'postgres@1.0.3',
      set: { subnet_ids: '${network.private_subnet_ids}', password: '${inputs.db_password}' },
    },
    application: {
      use: 'web@2.1.0',
      set: {
        name: 'web-${lower(network.vpc_id)}-${inputs.size}',
        database_url: '${database.url}',
        tags: ['a', '${network.vpc_id}'],
      },
      after: ['network'],
      when: "${inputs.size != 'none'}",
    },
  },
  outputs: {
    url: { value: '${application.url}', description: 'Where it answers' },
    vpc: { value: '${network.vpc_id}' },
  },
};

/** The document with places for its nodes. */
export const exampleModel = {
  document: exampleDocument,
  positions: { network: { x: 0, y: 0 }, database: { x: 300, y: 0 }, application: { x: 600, y: 0 } },
} as const;
