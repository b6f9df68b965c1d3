import { appendFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Release, VersionDiff } from '#shared/model/index.ts';
import { databaseCode, makeCompany, networkCode, regionalBlueprint, type Company } from './company.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(() => company[Symbol.asyncDispose]());

const everyone = { people: 'everyone', agents: 'propose' } as const;
const publish = (name = 'regional'): Promise<Release> =>
  Promise.resolve(company.catalog.publish({ name, audience: everyone, notes: 'First' }, company.call));
const inCatalog = (...parts: string[]): string => path.join(company.root, 'catalog', ...parts);
const intact = async (): Promise<boolean | undefined> =>
  (await company.catalog.list(undefined, company.call)).entries[0]?.intact;

describe('publishing', () => {
  it('copies everything, locks exact versions and digests, and can be read back', async () => {
    const release = await publish();
    expect(release).toEqual({
      name: 'regional',
      version: '1.0.0',
      type: 'blueprint',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      author: 'ada',
      date: '2026-01-15',
      notes: 'First',
      status: 'active',
      successor: null,
      reason: null,
      audience: everyone,
      history: [{ date: '2026-01-15', author: 'ada', change: 'published' }],
    });
    expect((await readdir(inCatalog('regional', '1.0.0'))).sort()).toEqual([
      'blueprint.yaml',
      'interface.yaml',
      'lock.yaml',
      'release.yaml',
      'sources',
    ]);
    expect(await readFile(inCatalog('regional/1.0.0/blueprint.yaml'), 'utf8')).toBe(regionalBlueprint);
    expect(await readFile(inCatalog('regional/1.0.0/sources/network/0.1.0/main.tf'), 'utf8')).toBe(networkCode);
    const published = await company.catalog.get({ name: 'regional', version: null }, company.call);
    expect(published.entry).toMatchObject({ release, intact: true, boundary: 'platform', usedBy: [] });
    expect(published.lock?.nodes['network']).toEqual({
      use: 'network@0.1.0',
      type: 'artifact',
      digest: expect.stringMatching(/^sha256:/),
      path: 'sources/network/0.1.0',
    });
    expect(company.changed.at(-1)).toEqual(['catalog', 'blueprints']);
  });

  it('refuses a version that exists, whatever changed since', async () => {
    await publish();
    await company.write('blueprints/regional/blueprint.yaml', regionalBlueprint.replace('A region', 'Other'));
    await expect(publish()).rejects.toMatchObject({
      code: 'already-exists',
      advice: 'Raise the version of the draft and publish that.',
    });
    expect(await readFile(inCatalog('regional/1.0.0/blueprint.yaml'), 'utf8')).toBe(regionalBlueprint);
  });

  it('lets only one of two at the same time through', async () => {
    const results = await Promise.allSettled([publish(), publish()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await intact()).toBe(true);
  });

  it('refuses a draft with errors and lists them all', async () => {
    const broken = regionalBlueprint
      .replace('${network.subnet_ids}', '${network.vpc_id}')
      .replace('${inputs.cidr}', '${inputs.range}');
    await company.write('blueprints/regional/blueprint.yaml', broken);
    await expect(publish()).rejects.toMatchObject({
      code: 'bad-input',
      details: {
        problems: [
          expect.stringMatching(/^blueprints\/regional\/blueprint\.yaml:15: There is no input "range"/),
          expect.stringMatching(/^blueprints\/regional\/blueprint\.yaml:19: network\.vpc_id does not fit/),
        ],
      },
    });
    await expect(readdir(inCatalog('regional'))).rejects.toThrow('ENOENT');
  });

  it('refuses an artifact that does not parse, with file and line', async () => {
    await company.write('artifacts/database/broken.tf', 'variable "x" {\n  type = = string\n}\n');
    await expect(publish()).rejects.toMatchObject({
      code: 'bad-input',
      details: { problems: [expect.stringContaining('artifacts/database/broken.tf:2: ')] },
    });
  });

  it('says not-found for what does not exist and refuses names that are paths', async () => {
    await expect(publish('nothing')).rejects.toMatchObject({ code: 'not-found' });
    await expect(publish('../x')).rejects.toMatchObject({ code: 'bad-input' });
    await expect(company.catalog.get({ name: '../../etc', version: null }, company.call)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('publishes an artifact by its own name', async () => {
    const release = await publish('network');
    expect(release).toMatchObject({ type: 'artifact', version: '0.1.0' });
    const { artifact, entry, document } = await company.catalog.get({ name: 'network', version: null }, company.call);
    expect(entry).toMatchObject({ runner: 'terraform', boundary: 'networking', intact: true });
    expect(document).toBeNull();
    expect(Object.keys(artifact?.outputs.properties ?? {})).toEqual(['vpc_id', 'subnet_ids']);
  });
});

describe('a published version', () => {
  it('is no longer intact when one byte changes, a file comes or goes, or its facts are edited', async () => {
    await publish();
    expect(await intact()).toBe(true);
    const source = inCatalog('regional/1.0.0/sources/network/0.1.0/main.tf');
    await writeFile(source, networkCode.replace('count  = 2', 'count  = 3'));
    expect(await intact()).toBe(false);
    expect((await company.releases.resolve('regional')).intact).toBe(false);
    await writeFile(source, networkCode);
    expect(await intact()).toBe(true);
    const extra = inCatalog('regional/1.0.0/sources/network/0.1.0/more.tf');
    await writeFile(extra, '');
    expect(await intact()).toBe(false);
    await rm(extra);
    const file = inCatalog('regional/1.0.0/release.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('notes: First', 'notes: Harmless'));
    expect(await intact()).toBe(false);
    await expect(
      company.catalog.setAudience({ name: 'regional', version: '1.0.0', audience: everyone }, company.call),
    ).rejects.toMatchObject({ code: 'digest-mismatch' });
  });

  it('that cannot be read is a problem with its place; the rest of the catalog is listed', async () => {
    await publish();
    await publish('network');
    await writeFile(inCatalog('regional/1.0.0/lock.yaml'), 'nodes: [\n');
    const { entries, problems } = await company.catalog.list(undefined, company.call);
    expect(entries.map(({ release }) => release.name)).toEqual(['network']);
    expect(problems).toMatchObject([{ code: 'damaged-release', file: 'catalog/regional/1.0.0' }]);
  });

  it('changes its audience and status, each a line of its history, and stays intact', async () => {
    await publish();
    await appendFile(inCatalog('regional/1.0.0/release.yaml'), '# a note\n');
    const id = { name: 'regional', version: '1.0.0' };
    await company.catalog.setAudience({ ...id, audience: { people: ['ada'], agents: 'no' } }, company.call);
    const withdraw = { ...id, status: 'withdrawn', reason: ' ', successor: null } as const;
    await expect(company.catalog.setStatus(withdraw, company.call)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(
      company.catalog.setStatus({ ...id, status: 'deprecated', reason: '', successor: '9.0.0' }, company.call),
    ).rejects.toMatchObject({
      code: 'bad-input',
      advice: 'There are 1.0.0.',
    });
    const release = await company.catalog.setStatus({ ...withdraw, reason: 'Leaks' }, company.call);
    expect(release.history.map(({ change }) => change)).toEqual([
      'published',
      'audience is now people: ada; agents: no',
      'withdrawn: Leaks',
    ]);
    expect(await readFile(inCatalog('regional/1.0.0/release.yaml'), 'utf8')).toContain('# a note\n');
    expect(await intact()).toBe(true);
    expect((await company.blueprints.palette(undefined, company.call)).some(({ name }) => name === 'regional')).toBe(
      false,
    );
    await expect(company.releases.resolve('regional')).rejects.toMatchObject({ code: 'not-found' });
    expect((await company.releases.resolve('regional@1.0.0')).release.status).toBe('withdrawn');
  });

  it('is resolved to exact artifacts with sources, nested blueprints included', async () => {
    await publish();
    await company.write(
      'blueprints/world/blueprint.yaml',
      `blueprint: world
version: 0.1.0
boundary: platform
inputs:
  password: { type: string, sensitive: true }
nodes:
  europe:
    use: regional@1.x
    set: { cidr: 10.1.0.0/16, password: "\${inputs.password}" }
  extra:
    use: network@0.1.0
    set: { cidr: 10.2.0.0/16 }
outputs:
  url: { value: "\${europe.url}" }
`,
    );
    await publish('world');
    await rm(path.join(company.root, 'artifacts'), { recursive: true });
    await rm(inCatalog('regional'), { recursive: true });
    const resolved = await company.releases.resolve('world@^0.1.0');
    expect(resolved).toMatchObject({ intact: true, release: { name: 'world', version: '0.1.0' } });
    const { europe, extra } = resolved.nodes;
    if (europe?.type !== 'blueprint' || extra?.type !== 'artifact') throw new Error('wrong types');
    expect(europe.use).toBe('regional@1.0.0');
    const { network } = europe.blueprint.nodes;
    if (network?.type !== 'artifact') throw new Error('wrong type');
    expect(network.artifact.outputs.properties['subnet_ids']?.type).toBe('array');
    expect(network.sources).toBe(extra.sources);
    expect(await readFile(path.join(network.sources, 'main.tf'), 'utf8')).toBe(networkCode);
    expect(europe.blueprint.nodes['database']?.use).toBe('database@0.1.0');
  });

  it('whose lock leads out of its folder is refused, however its digest was made', async () => {
    await publish();
    const file = inCatalog('regional/1.0.0/lock.yaml');
    const lock = await readFile(file, 'utf8');
    await writeFile(file, lock.replace('sources/network/0.1.0', '../../../artifacts/network'));
    await expect(company.releases.resolve('regional')).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('of an artifact that changed without a new version is not mixed with the old one', async () => {
    await publish();
    await company.write('artifacts/network/main.tf', `${networkCode}# other\n`);
    await company.write(
      'blueprints/world/blueprint.yaml',
      'blueprint: world\nversion: 0.1.0\nboundary: platform\nnodes:\n  a: { use: regional@1.0.0, set: { cidr: 10.1.0.0/16, password: x } }\n  b: { use: network@0.1.0, set: { cidr: 10.2.0.0/16 } }\n',
    );
    await expect(publish('world')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('network@0.1.0 comes with two different contents'),
    });
  });
});

describe('the difference between versions', () => {
  async function diffAfter(
    change: (text: string) => string,
    artifacts: Record<string, string> = {},
  ): Promise<VersionDiff> {
    await publish();
    await company.write('blueprints/regional/blueprint.yaml', change(regionalBlueprint));
    for (const [file, text] of Object.entries(artifacts)) await company.write(file, text);
    return company.catalog.diff({ name: 'regional', from: '1.0.0', to: 'draft' }, company.call);
  }
  const verdicts = ({ changes }: VersionDiff): unknown =>
    changes.map(({ path: place, change, breaking }) => [place, change, breaking]);

  it('is empty when nothing changed', async () => {
    expect(await diffAfter((text) => text)).toMatchObject({ changes: [], proposedVersion: '1.0.0' });
  });

  it('asks for a patch, a minor or a major version, and says why', async () => {
    const patch = await diffAfter((text) => text.replace('main-$', 'core-$'));
    expect(verdicts(patch)).toEqual([['nodes.network.set.name', 'changed', false]]);
    expect(patch.proposedVersion).toBe('1.0.1');
    const minor = await company
      .write(
        'blueprints/regional/blueprint.yaml',
        regionalBlueprint.replace('outputs:\n', 'outputs:\n  vpc: { value: "${network.vpc_id}" }\n'),
      )
      .then(() => company.catalog.diff({ name: 'regional', from: '1.0.0', to: 'draft' }, company.call));
    expect(verdicts(minor)).toEqual([['outputs.vpc', 'added', false]]);
    expect(minor.proposedVersion).toBe('1.1.0');
  });

  it('calls breaking: a required input added, an output removed, a choice narrowed, a node removed', async () => {
    const diff = await diffAfter((text) =>
      text
        .replace('  password:', '  owner: { type: string }\n  password:')
        .replace(
          'cidr:     { type: string, format: cidr, agent: ask }',
          'cidr: { type: string, format: cidr, enum: [10.0.0.0/8] }',
        )
        .replace(/ {2}database:[\s\S]*outputs:\n.*\n/, ''),
    );
    expect(verdicts(diff)).toEqual([
      ['inputs.cidr', 'changed', true],
      ['inputs.owner', 'added', true],
      ['outputs.url', 'removed', true],
      ['nodes.database', 'removed', true],
    ]);
    expect(diff.proposedVersion).toBe('2.0.0');
    expect(diff.changes.map(({ why }) => why)).toEqual([
      'Values that were allowed may not be any more.',
      'A required input was added: environments have no value for it.',
      'The output is gone: blueprints that are wired to it cannot follow.',
      'The node is gone: what it made in running environments would be destroyed.',
    ]);
  });

  it('looks into the code: fewer resources of a type are destroyed where it runs', async () => {
    const without = networkCode
      .replace(/resource "aws_subnet"[\s\S]*?\n}\n/, '')
      .replace('aws_subnet.private[*].id', '["a"]');
    const diff = await diffAfter((text) => text, { 'artifacts/network/main.tf': without });
    expect(verdicts(diff)).toEqual([
      ['nodes.network.use', 'changed', false],
      ['nodes.network.creates.aws_subnet', 'removed', true],
    ]);
    expect(diff.proposedVersion).toBe('2.0.0');
  });

  it('works between published versions too', async () => {
    await publish();
    await company.write('artifacts/database/main.tf', `${databaseCode}resource "aws_kms_key" "k" {}\n`);
    await company.write('artifacts/database/artifact.yaml', 'version: 0.2.0\n');
    await company.write(
      'blueprints/regional/blueprint.yaml',
      regionalBlueprint.replace('version: 1.0.0', 'version: 1.1.0').replace('database@0.1.0', 'database@^0.2.0'),
    );
    await publish();
    const diff = await company.catalog.diff({ name: 'regional', from: '1.0.0', to: '1.1.0' }, company.call);
    expect(verdicts(diff)).toEqual([
      ['nodes.database.use', 'changed', false],
      ['nodes.database.creates.aws_kms_key', 'added', false],
    ]);
    expect(diff).toMatchObject({ from: '1.0.0', to: '1.1.0', proposedVersion: '1.1.0' });
    expect((await company.blueprints.list(undefined, company.call)).drafts[0]?.published).toEqual(['1.1.0', '1.0.0']);
  });
});
