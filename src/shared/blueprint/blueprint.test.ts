import { describe, expect, it } from 'vitest';
import type { BlueprintDocument, PaletteItem, PortSchema } from '../model/index.ts';
import { inputPorts, outputPorts, parseBlueprint, topologicalStages, validateBlueprint, wiresOf } from './index.ts';

const text: PortSchema = { type: 'string' };
const texts: PortSchema = { type: 'array', items: text };

function artifact(
  name: string,
  options: Partial<Omit<PaletteItem, 'inputs'>> & { inputs: Record<string, PortSchema> },
): PaletteItem {
  const version = options.version ?? '1.0.0';
  return {
    use: `${name}@${version}`,
    name,
    type: 'artifact',
    runner: 'terraform',
    boundary: 'networking',
    summary: '',
    outputs: { type: 'object', properties: {}, required: [] },
    ...options,
    version,
    inputs: {
      type: 'object',
      properties: options.inputs,
      required: Object.keys(options.inputs).filter((input) => options.inputs[input]?.default === undefined),
    },
  };
}

function outputs(properties: Record<string, PortSchema>): PaletteItem['outputs'] {
  return { type: 'object', properties, required: Object.keys(properties) };
}

const palette: readonly PaletteItem[] = [
  artifact('vpc', {
    inputs: { cidr: { type: 'string', format: 'cidr' }, name: { ...text, default: 'main' } },
    outputs: outputs({ subnet_ids: texts, vpc_id: text }),
    creates: [{ type: 'aws_vpc', boundary: 'networking' }],
  }),
  artifact('vpc', { version: '2.0.0', inputs: { cidr: text } }),
  artifact('postgres', {
    boundary: 'data',
    inputs: { subnet_ids: texts, password: { ...text, 'x-sensitive': true }, port: { type: 'integer', default: 5432 } },
    outputs: outputs({ url: { ...text, 'x-sensitive': true }, port: { type: 'number' } }),
    creates: [{ type: 'aws_db_instance', boundary: 'data' }],
  }),
];

const good: BlueprintDocument = {
  blueprint: 'regional',
  version: '1.0.0',
  boundary: 'platform',
  inputs: {
    region: { type: 'string', from: 'target' },
    cidr: { type: 'string', format: 'cidr' },
    size: { type: 'string', enum: ['small', 'none'], default: 'small' },
    password: { type: 'string', sensitive: true },
  },
  nodes: {
    database: {
      use: 'postgres@^1.0.0',
      set: { subnet_ids: '${network.subnet_ids}', password: '${inputs.password}' },
      when: "${inputs.size != 'none'}",
    },
    network: { use: 'vpc@1.x', set: { cidr: '${inputs.cidr}', name: 'main-${inputs.region}' } },
  },
  outputs: { url: { value: 'db: ${database.url}' }, ids: { value: '${network.subnet_ids}' } },
};

function problems(change: (draft: BlueprintDocument) => void): string[] {
  const draft = structuredClone(good);
  change(draft);
  return validateBlueprint(draft, palette).map(
    ({ code, field, node, message, advice }) => `${code} @ ${field} [${node}] ${message} ${advice}`,
  );
}

function set(draft: BlueprintDocument, node: string): Record<string, unknown> {
  return draft.nodes[node]?.set ?? {};
}

describe('a blueprint that is right', () => {
  it('has no problems', () => {
    expect(validateBlueprint(good, palette)).toEqual([]);
  });

  it('has wires, stages and ports', () => {
    expect(wiresOf(good).map(({ from, to }) => [from, to])).toEqual([
      [
        { node: 'network', output: 'subnet_ids' },
        { node: 'database', input: 'subnet_ids' },
      ],
    ]);
    expect(topologicalStages(good)).toEqual({ stages: [['network'], ['database']], cycle: null });
    expect(inputPorts(good).required).toEqual(['cidr', 'password']);
    expect(outputPorts(good, palette).properties).toEqual({ url: { ...text, 'x-sensitive': true }, ids: texts });
  });
});

describe('a blueprint with something wrong', () => {
  it('names a use that is unknown, with the nearest that exists', () => {
    const found = problems((draft) => {
      draft.nodes['network'] = { use: 'vpcs@1.0.0' };
    });
    expect(found).toEqual([
      'unknown-use @ nodes.network.use [network] network uses vpcs@1.0.0, but there is no artifact or published blueprint called vpcs. Did you mean vpc?',
    ]);
  });

  it('names a version that does not exist, with those that do', () => {
    const found = problems((draft) => {
      draft.nodes['network'] = { use: 'vpc@^3.0.0' };
    });
    expect(found[0]).toContain('vpc has no such version. There are 1.0.0, 2.0.0.');
  });

  it('names a cycle with its path', () => {
    const found = problems((draft) => {
      set(draft, 'network')['name'] = '${database.url}';
    });
    expect(found).toEqual([
      'cycle @ nodes.database [database] The nodes wait for each other in a circle: database → network → database. Remove one of these wires or "after" entries.',
    ]);
  });

  it('refuses a node that waits for itself', () => {
    const found = problems((draft) => {
      draft.nodes['network'] = { ...draft.nodes['network'], use: 'vpc@1.0.0', after: ['network'] };
    });
    expect(found[0]).toContain('network → network');
  });

  it('refuses a wire between wrong types with the reason', () => {
    const found = problems((draft) => {
      set(draft, 'database')['subnet_ids'] = '${network.vpc_id}';
    });
    expect(found).toEqual([
      'wire-type @ nodes.database.set.subnet_ids [database] network.vpc_id does not fit database.subnet_ids: a text does not fit a list of text. database.subnet_ids takes a list of text.',
    ]);
  });

  it('refuses a constant of the wrong type or form', () => {
    const found = problems((draft) => {
      set(draft, 'database')['port'] = 'many';
      set(draft, 'network')['cidr'] = '10.0.0.0';
    });
    expect(found).toHaveLength(2);
    expect(found[0]).toContain('value-type @ nodes.database.set.port');
    expect(found[1]).toContain('is not an address range');
  });

  it('names a missing required input, an unknown input and an unknown output', () => {
    const found = problems((draft) => {
      draft.nodes['database'] = { use: 'postgres@1.0.0', set: { subnet_ids: '${network.subnets}', pasword: 'x' } };
    });
    expect(found).toEqual([
      expect.stringContaining(
        'unknown-output @ nodes.database.set.subnet_ids [database] network (vpc@1.0.0) has no output "subnets".',
      ),
      expect.stringContaining('Did you mean password?'),
      expect.stringContaining(
        'missing-input @ nodes.database.set.password [database] database (postgres@1.0.0) needs "password"',
      ),
    ]);
  });

  it('names a breach of the boundary: the resource and both boundaries', () => {
    const found = problems((draft) => {
      draft.boundary = 'networking';
    });
    expect(found).toEqual([
      expect.stringContaining(
        "aws_db_instance of database (postgres@1.0.0) belongs to data; this blueprint's boundary is networking.",
      ),
    ]);
  });

  it('refuses to switch a node by an output', () => {
    const found = problems((draft) => {
      draft.nodes['database'] = { ...draft.nodes['database'], use: 'postgres@1.0.0', when: "${network.vpc_id != ''}" };
    });
    expect(found).toEqual([expect.stringContaining('when-uses-output @ nodes.database.when [database]')]);
  });

  it('places a broken expression', () => {
    const found = problems((draft) => {
      set(draft, 'network')['name'] = 'x-${inputs.}';
      draft.outputs = { x: { value: ['${inputs.nothing}'] } };
    });
    expect(found).toEqual([
      expect.stringContaining('bad-expression @ nodes.network.set.name [network] Expected a name after the dot'),
      expect.stringContaining('unknown-reference @ outputs.x.value[0] [null] There is no input "nothing"'),
    ]);
  });

  it('refuses a secret as default and a default of the wrong type', () => {
    const found = problems((draft) => {
      draft.inputs = {
        ...draft.inputs,
        password: { type: 'string', sensitive: true, default: 'hunter2' },
        size: { type: 'string', enum: ['small'], default: 'huge' },
      };
    });
    expect(found.map((problem) => problem.split(' ')[0])).toEqual(['default-type', 'secret-in-file']);
    expect(found.join()).not.toContain('hunter2');
  });
});

describe('parseBlueprint', () => {
  it('names every wrong field with its path', () => {
    const { document, problems: found } = parseBlueprint({
      blueprint: 'Regional',
      version: '1.0',
      boundary: 'network',
      nodes: { a: { use: 'vpc', sett: {} } },
    });
    expect(document).toBeNull();
    expect(found.map(({ field, node, advice }) => [field, node, advice])).toEqual([
      ['blueprint', null, null],
      ['version', null, null],
      ['boundary', null, null],
      ['nodes.a.use', 'a', null],
      ['nodes.a.sett', 'a', 'Did you mean set?'],
    ]);
  });
});
