import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlueprintDocument, Draft } from '#shared/model/index.ts';
import { makeCompany, regionalBlueprint, type Company } from './company.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(() => company[Symbol.asyncDispose]());

const draft = (name = 'regional'): Promise<Draft> => Promise.resolve(company.blueprints.get({ name }, company.call));
const text = (name = 'regional'): Promise<string> =>
  readFile(path.join(company.root, 'blueprints', name, 'blueprint.yaml'), 'utf8');

async function save(change: (document: BlueprintDocument) => void, from?: Draft): Promise<Draft> {
  const base = from ?? (await draft());
  const document = structuredClone(base.document);
  if (document === null) throw new Error('no document');
  change(document);
  const { canvas, revision } = base;
  return company.blueprints.save({ name: 'regional', document, canvas, baseRevision: revision }, company.call);
}

async function problemsOf(changed: string): Promise<readonly string[]> {
  await company.write('blueprints/regional/blueprint.yaml', changed);
  const { problems } = await draft();
  return problems.map(
    ({ code, file, line, column, field, message }) => `${file}:${line}:${column} ${code} ${field}: ${message}`,
  );
}

describe('a draft', () => {
  it('is listed and read with its problems', async () => {
    expect(await company.blueprints.list(undefined, company.call)).toEqual({
      drafts: [
        {
          name: 'regional',
          version: '1.0.0',
          summary: 'A region',
          boundary: 'platform',
          nodes: 2,
          errors: 0,
          warnings: 0,
          published: [],
        },
      ],
      problems: [],
    });
    expect(await draft()).toMatchObject({ text: regionalBlueprint, problems: [], canvas: { positions: {} } });
  });

  it('is made, saved with positions, and removed', async () => {
    const made = await company.blueprints.create(
      { name: 'tools', boundary: 'application', summary: 'Tools' },
      company.call,
    );
    expect(made.text).toBe(`# yaml-language-server: $schema=../../.groundplan/schemas/blueprint.schema.json
blueprint: tools
version: 0.1.0
summary: Tools
boundary: application
nodes: {}
`);
    const base = await draft();
    const canvas = { positions: { network: { x: 10, y: 20.5 }, database: { x: 0, y: 0 }, gone: { x: 1, y: 1 } } };
    await company.blueprints.save(
      { name: 'regional', document: base.document ?? made.document ?? never(), canvas, baseRevision: base.revision },
      company.call,
    );
    expect((await draft()).canvas.positions).toEqual({ network: { x: 10, y: 20.5 }, database: { x: 0, y: 0 } });
    expect(await text()).toBe(regionalBlueprint);
    await company.blueprints.remove({ name: 'tools' }, company.call);
    await expect(draft('tools')).rejects.toMatchObject({ code: 'not-found' });
    expect(await stat(path.join(company.root, 'blueprints/tools')).catch(() => null)).toBeNull();
    await expect(
      company.blueprints.create({ name: 'network', boundary: 'data', summary: '' }, company.call),
    ).rejects.toMatchObject({
      code: 'already-exists',
    });
  });

  it('keeps comments, order and alignment over a save: one change, one hunk', async () => {
    const saved = await save((document) => {
      const set = document.nodes['network']?.set;
      if (set !== undefined) set['name'] = 'core-${inputs.region}';
    });
    expect(saved.problems).toEqual([]);
    expect(await text()).toBe(regionalBlueprint.replace('name: "main-', 'name: "core-'));
  });

  it('is not overwritten when the file changed meanwhile; the text on disk comes with the refusal', async () => {
    const base = await draft();
    const edited = regionalBlueprint.replace('A region', 'Edited by hand');
    await company.write('blueprints/regional/blueprint.yaml', edited);
    await expect(save((document) => void (document.version = '9.0.0'), base)).rejects.toMatchObject({
      code: 'conflict',
      details: { text: edited },
    });
    expect(await text()).toBe(edited);
  });

  it('whose file does not parse is never written over', async () => {
    const base = await draft();
    await company.write('blueprints/regional/blueprint.yaml', 'blueprint: [regional\n');
    const broken = await draft();
    expect(broken.document).toBeNull();
    await expect(save(() => undefined, { ...base, revision: broken.revision })).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect(await text()).toBe('blueprint: [regional\n');
    expect((await company.blueprints.list(undefined, company.call)).drafts[0]).toMatchObject({
      name: 'regional',
      errors: 1,
    });
  });
});

function never(): never {
  throw new Error('unreachable');
}

describe('bad input in a blueprint file is named with file, line and field', () => {
  it('a wrong field', async () => {
    expect(await problemsOf(regionalBlueprint.replace('    set: {', '    sett: {'))).toEqual([
      'blueprints/regional/blueprint.yaml:15:5 unknown-field nodes.network.sett: There is no field "sett" in nodes.network.',
    ]);
    expect(await problemsOf(regionalBlueprint.replace('boundary: platform', 'boundary: everything'))).toEqual([
      expect.stringMatching(
        /^blueprints\/regional\/blueprint\.yaml:6:1 wrong-field boundary: boundary: Invalid option/,
      ),
    ]);
  });

  it('a cycle', async () => {
    const cyclic = regionalBlueprint.replace('name: "main-${inputs.region}"', 'name: "${database.url}"');
    expect(await problemsOf(cyclic)).toEqual([
      expect.stringContaining(
        ':13:3 cycle nodes.network: The nodes wait for each other in a circle: network → database → network.',
      ),
    ]);
  });

  it('a wire between wrong types', async () => {
    expect(await problemsOf(regionalBlueprint.replace('${network.subnet_ids}', '${network.vpc_id}'))).toEqual([
      expect.stringContaining(
        ':19:7 wire-type nodes.database.set.subnet_ids: network.vpc_id does not fit database.subnet_ids: a text does not fit a list of text.',
      ),
    ]);
  });

  it('an unknown artifact', async () => {
    expect(await problemsOf(regionalBlueprint.replace('database@0.1.0', 'databse@0.1.0'))).toEqual([
      expect.stringContaining(
        ':17:5 unknown-use nodes.database.use: database uses databse@0.1.0, but there is no artifact',
      ),
    ]);
  });

  it('a breach of the boundary', async () => {
    expect(await problemsOf(regionalBlueprint.replace('boundary: platform', 'boundary: networking'))).toEqual([
      expect.stringContaining(
        "boundary-breach nodes.database.use: aws_db_instance of database (database@0.1.0) belongs to data; this blueprint's boundary is networking.",
      ),
    ]);
  });

  it('YAML that does not parse', async () => {
    expect(await problemsOf('blueprint: regional\nnodes: {\n')).toEqual([
      expect.stringMatching(/^blueprints\/regional\/blueprint\.yaml:\d+:\d+ bad-yaml/),
    ]);
  });

  it('also before it is saved', async () => {
    const problems = await company.blueprints.validate({ document: { blueprint: 'x' } }, company.call);
    expect(problems.map(({ field }) => field)).toEqual(['version', 'boundary', 'nodes']);
  });
});

describe('the palette', () => {
  it('offers artifacts and what is published, with ports and what they create', async () => {
    await company.catalog.publish(
      { name: 'regional', audience: { people: 'everyone', agents: 'no' }, notes: '' },
      company.call,
    );
    const palette = await company.blueprints.palette(undefined, company.call);
    expect(palette.map(({ use, type, boundary, creates }) => [use, type, boundary, creates])).toEqual([
      ['database@0.1.0', 'artifact', 'data', [{ type: 'aws_db_instance', boundary: 'data' }]],
      [
        'network@0.1.0',
        'artifact',
        'networking',
        [
          { type: 'aws_vpc', boundary: 'networking' },
          { type: 'aws_subnet', boundary: 'networking' },
        ],
      ],
      ['regional@1.0.0', 'blueprint', 'platform', undefined],
    ]);
    expect(palette[2]?.inputs.required).toEqual(['cidr', 'password']);
    expect(palette[2]?.outputs.properties['url']).toEqual({ type: 'string', 'x-sensitive': true });
  });
});
