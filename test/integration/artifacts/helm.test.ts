import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { create, Header } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReadingAids } from '#engine/artifacts/index.ts';
import type { ArtifactsService } from '#engine/ports/index.ts';
import type { Artifact, PortSchema } from '#shared/model/index.ts';
import { requireTool } from '#test/support/toolchain/index.ts';
import { knownFacts, makeCodeToImport, type CodeToImport } from '#test/support/artifacts/index.ts';
import type { TestWorkspace } from '#test/support/workspace/make-workspace.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';

// Charts are rendered by the real Helm.
let test: TestWorkspace;
let elsewhere: string;
let artifacts: ArtifactsService;
let files: CodeToImport['code'];
let place: CodeToImport;

beforeEach(async () => {
  place = await makeCodeToImport((made) => {
    const processes = createNodeProcesses();
    const find = (name: string) => Promise.resolve(name === 'helm' ? requireTool('helm') : null);
    return createReadingAids({
      ...made,
      processes: { find, run: (options) => processes.run(options) },
      resourcesFolder: path.resolve('resources'),
    });
  });
  ({ test, elsewhere, artifacts, code: files } = place);
});
afterEach(() => place[Symbol.asyncDispose]());

const shop = {
  'shop/Chart.yaml': `apiVersion: v2
name: shop
version: 1.4.0
description: A shop
kubeVersion: '>=1.25.0-0'
dependencies:
  - name: cache
    alias: sessions
    version: 0.1.0
    condition: sessions.enabled
`,
  'shop/values.yaml': `# -- How many of it run
replicas: 2
## @param image.tag [string] Which build
image:
  repository: shop
  tag:
port: 8080  # @schema minimum:1; maximum:65535
# -- (string) Where it answers
host:
expose: false
sessions:
  size: 20
`,
  'shop/values.schema.json': JSON.stringify({
    type: 'object',
    properties: { replicas: { type: 'integer', minimum: 1, description: 'From the schema' } },
    anyOf: [{ required: ['port'] }],
  }),
  'shop/ci/full-values.yaml': 'host: shop.example.com\nexpose: true\n',
  'shop/templates/all.yaml': `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-web
spec:
  type: {{ if .Values.expose }}LoadBalancer{{ else }}ClusterIP{{ end }}
  ports: [{ port: {{ .Values.port }} }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ .Release.Name }}
spec:
  rules: [{ host: {{ required "host says where the shop answers" .Values.host }} }]
---
apiVersion: v1
kind: Secret
metadata:
  name: {{ .Release.Name }}-login
data: { password: c2VjcmV0 }
`,
  'shop/charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 0.1.0\n',
  'shop/charts/cache/values.yaml': 'enabled: true\nsize: 10\nglobal:\n  zone: a\n',
  'shop/charts/cache/templates/pvc.yaml':
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: {{ .Release.Name }}-cache\nspec: {}\n',
  'shop/crds/thing.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
spec:
  names:
    kind: Thing
    plural: things
`,
};

async function importShop(): Promise<Artifact> {
  const { imported } = await artifacts.import({ paths: [path.join(elsewhere, 'shop')] }, test.call);
  const [artifact] = imported;
  if (artifact === undefined) throw new Error('The chart was not imported.');
  return artifact;
}

const schemaOf = ({ 'x-origin': _origin, ...schema }: PortSchema): PortSchema => schema;

describe('a chart', () => {
  it('has its values as inputs, the most trusted source of each first', async () => {
    await files(shop);
    const { inputs, version, runner, summary } = await importShop();
    expect({ version, runner, summary }).toEqual({ version: '1.4.0', runner: 'helm', summary: 'A shop' });
    const ports = knownFacts(inputs).properties;
    expect(ports['replicas']).toEqual({
      type: 'integer',
      minimum: 1,
      description: 'From the schema',
      default: 2,
      'x-origin': { how: 'declared', where: 'values.schema.json' },
    });
    expect(ports['port']).toEqual({
      type: 'integer',
      minimum: 1,
      maximum: 65535,
      default: 8080,
      'x-origin': { how: 'inferred', where: 'values.yaml:7' },
    });
    expect(ports['image']?.properties?.['tag']).toEqual({
      type: 'string',
      description: 'Which build',
      'x-origin': { how: 'declared', where: 'values.yaml:3' },
    });
    expect(schemaOf(ports['host'] ?? {})).toEqual({
      type: 'string',
      description: 'Where it answers',
      'x-conditions': ['host says where the shop answers'],
    });
    expect(inputs.required).toEqual(['host']);
  });

  it('has the values of its sub-charts under their aliases', async () => {
    await files(shop);
    const { inputs, dependencies } = await importShop();
    const sessions = inputs.properties['sessions'];
    expect(sessions?.['x-conditions']).toEqual(['Used only where sessions.enabled is not false.']);
    expect(Object.keys(sessions?.properties ?? {})).toEqual(['enabled', 'size']);
    // Shared by all charts, wherever its default stands.
    expect(inputs.properties['global']?.properties).toMatchObject({ zone: { type: 'string', default: 'a' } });
    expect(sessions?.properties?.['size']?.default).toBe(20);
    expect(dependencies).toEqual([{ name: 'cache', source: 'charts/cache' }]);
  });

  it('has outputs from what the real Helm renders, names of secrets only', async () => {
    await files(shop);
    const { outputs, creates, boundary } = await importShop();
    const reads = Object.fromEntries(Object.entries(outputs.properties).map(([name, one]) => [name, one['x-reads']]));
    expect(reads).toEqual({
      web_service_name: 'Service/{release}-web .metadata.name',
      web_cluster_ip: 'Service/{release}-web .spec.clusterIP',
      web_ports: 'Service/{release}-web .spec.ports[*].port',
      web_load_balancer_host: 'Service/{release}-web .status.loadBalancer.ingress[0].hostname',
      main_hosts: 'Ingress/{release} .spec.rules[*].host',
      login_secret_name: 'Secret/{release}-login .metadata.name',
      cache_claim_name: 'PersistentVolumeClaim/{release}-cache .metadata.name',
    });
    expect(creates).toMatchObject({ Service: 1, Ingress: 1, Secret: 1, 'CustomResourceDefinition/Thing': 1 });
    expect(boundary).toBe('application');
    expect(JSON.stringify(outputs)).not.toContain('c2VjcmV0');
  });

  it('whose sub-chart demands values is rendered with placeholders; only what is always demanded is required', async () => {
    await files({
      'app/Chart.yaml': `apiVersion: v2
name: app
version: 1.0.0
dependencies:
  - { name: db, version: 0.1.0, condition: store.on, alias: store, tags: [data] }
`,
      'app/values.yaml': 'mail:\n  on: false\n',
      'app/values.schema.json': JSON.stringify({
        type: 'object',
        required: ['team'],
        properties: { team: { type: 'string' } },
      }),
      'app/templates/all.yaml': `{{- if .Values.mail.on }}
apiVersion: v1
kind: ConfigMap
metadata: { name: {{ required "mail needs a host" .Values.mail.host }} }
{{- end }}
---
apiVersion: v1
kind: Service
metadata: { name: {{ .Release.Name }}-app }
spec: { ports: [{ port: {{ required "say which port" .Values.port }} }] }
---
apiVersion: v1
kind: Service
metadata: { name: {{ required "say its name" .Values.alias }} }
spec: { ports: [{ port: 1 }] }
`,
      'app/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 0.1.0\n',
      'app/charts/db/values.yaml': 'replicas: 1\n',
      'app/charts/db/templates/all.yaml': `apiVersion: v1
kind: Secret
metadata: { name: {{ .Release.Name }}-db }
stringData: { password: {{ .Values.password | required "the database needs a password" }} }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: backups.example.com }
spec: { names: { kind: Backup, plural: backups } }
`,
    });
    const { imported, problems } = await artifacts.import({ paths: [path.join(elsewhere, 'app')] }, test.call);
    const [artifact] = imported;
    const inputs = artifact?.inputs;
    expect(inputs?.required.toSorted()).toEqual(['alias', 'port', 'store', 'team']);
    expect(inputs?.properties['store']).toMatchObject({
      required: ['password'],
      properties: {
        on: { type: 'boolean' },
        password: {
          'x-conditions': ['the database needs a password'],
          'x-origin': { how: 'inferred', where: 'charts/db/templates/all.yaml:4' },
        },
      },
    });
    expect(inputs?.properties['mail']).toMatchObject({
      properties: { host: { 'x-conditions': ['mail needs a host'] } },
    });
    expect(inputs?.properties['mail']?.required).toBeUndefined();
    expect(inputs?.properties['tags']).toMatchObject({ properties: { data: { type: 'boolean' } } });
    expect(artifact?.creates).toEqual({ Secret: 1, 'CustomResourceDefinition/Backup': 1, Service: 2 });
    expect(Object.keys(artifact?.outputs.properties ?? {}).toSorted()).toEqual([
      'app_cluster_ip',
      'app_ports',
      'app_service_name',
      'db_secret_name',
    ]);
    expect(problems).toMatchObject([
      { severity: 'info', code: 'unknown-names', message: expect.stringContaining('Service in templates/all.yaml') },
    ]);
    expect(JSON.stringify(artifact)).not.toContain('placeholder');
  });

  it('has outputs that the user names, checked against what it renders; those from inside of secrets are sensitive', async () => {
    await files({
      ...shop,
      'shop/groundplan.yaml': `outputs:
  address: { type: string, reads: 'Service/{release}-web .status.loadBalancer.ingress[0].ip' }
  password: { type: string, sensitive: false, reads: "Secret/{release}-login ['data'].password" }
  typo: { reads: 'Service/{release}-wbe .spec.clusterIP' }
  field: { reads: 'Service/{release}-web .spek.clusterIP' }
  none: { reads: 'StatefulSet/{release} .spec.replicas' }
  broken: { reads: 'Service web' }
`,
    });
    const { imported, problems } = await artifacts.import({ paths: [path.join(elsewhere, 'shop')] }, test.call);
    const outputs = imported[0]?.outputs.properties ?? {};
    expect(outputs['address']).toMatchObject({ type: 'string', 'x-reads': expect.stringContaining('ingress[0].ip') });
    expect(outputs['password']).toMatchObject({ 'x-sensitive': true });
    expect(outputs['broken']).toBeUndefined();
    const told = problems.filter(({ field }) => field?.startsWith('outputs.') === true);
    expect(told.map(({ severity, code, line, message }) => [severity, code, line, message])).toEqual([
      [
        'warning',
        'nothing-to-read',
        4,
        'The chart, with its defaults and examples, makes Service/{release}-web, but no Service/{release}-wbe.',
      ],
      [
        'warning',
        'nothing-to-read',
        5,
        'Service/{release}-web has no "spek"; it has apiVersion, kind, metadata, spec.',
      ],
      ['warning', 'nothing-to-read', 6, 'The chart, with its defaults and examples, makes no StatefulSet.'],
      ['error', 'bad-reads', 7, '"Service web" names nothing to read.'],
    ]);
  });

  it('that only holds templates for others is refused', async () => {
    await files({ 'lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n' });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'lib')] }, test.call);
    expect(report.imported).toEqual([]);
    expect(report.problems).toMatchObject([{ code: 'library-chart', severity: 'error' }]);
  });

  it('whose sub-chart is not beside it says what is unknown', async () => {
    await files({ ...shop });
    await rm(path.join(elsewhere, 'shop/charts'), { recursive: true });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'shop')] }, test.call);
    expect(report.problems.map(({ code }) => code)).toEqual(['schema-not-covered', 'missing-chart', 'not-rendered']);
    expect(report.imported[0]?.outputs.properties).toEqual({});
  });

  describe('whose sub-chart is packed beside it', () => {
    async function packed(name: string, folder = 'cache'): Promise<void> {
      await files(shop);
      const charts = path.join(elsewhere, 'shop/charts');
      await create({ file: path.join(elsewhere, name), gzip: true, cwd: charts }, [folder]);
      await rm(path.join(charts, 'cache'), { recursive: true });
      await mkdir(charts, { recursive: true });
      await rename(path.join(elsewhere, name), path.join(charts, name));
    }

    it('is read like one with a folder', async () => {
      await files(shop);
      const unpacked = await importShop();
      await rm(path.join(test.root, 'artifacts'), { recursive: true });
      await packed('cache-0.1.0.tgz');
      const { inputs, outputs, creates } = await importShop();
      const sessions = (schema: typeof inputs) => Object.keys(schema.properties['sessions']?.properties ?? {});
      expect(sessions(inputs)).toEqual(sessions(unpacked.inputs));
      expect(inputs.properties['sessions']?.['x-origin']?.where).toBe('charts/cache-0.1.0.tgz/values.yaml');
      expect(Object.keys(outputs.properties)).toEqual(Object.keys(unpacked.outputs.properties));
      expect(creates).toEqual(unpacked.creates);
    });

    it.each([
      ['missing-chart', 'of a version that is not the one', 'cache-0.2.0.tgz', null],
      ['unreadable-chart', 'that is cut off', 'cache-0.1.0.tgz', '1f8b0800000000000003'],
    ])('is told as %s when it is an archive %s', async (code, _what, name, bytes) => {
      await packed(name);
      if (bytes !== null) await writeFile(path.join(elsewhere, 'shop/charts', name), Buffer.from(bytes, 'hex'));
      const report = await artifacts.import({ paths: [path.join(elsewhere, 'shop')] }, test.call);
      const [found] = report.problems.filter((problem) => problem.code === code);
      expect(found?.message).toMatch(/^(?!.*groundplan-charts).*: its values are unknown\.$/);
      expect(report.imported[0]?.inputs.properties['sessions']?.['x-origin']?.how).toBe('inferred');
    });
  });

  it('that is wrong is named with file and line', async () => {
    await files({
      'bad/Chart.yaml': 'apiVersion: v2\nname: bad\nversion: [1]\n',
      'odd/Chart.yaml': shop['shop/Chart.yaml'],
      'odd/values.yaml': 'a: [\n',
    });
    const report = await artifacts.import(
      { paths: [path.join(elsewhere, 'bad'), path.join(elsewhere, 'odd')] },
      test.call,
    );
    expect(report.problems).toContainEqual(expect.objectContaining({ file: 'Chart.yaml', line: 3, field: 'version' }));
    expect(report.problems).toContainEqual(expect.objectContaining({ file: 'artifacts/odd/values.yaml', line: 2 }));
  });
});

describe('a packed chart', () => {
  it('is imported like the folder it was made of', async () => {
    await files(shop);
    const folder = await importShop();
    await create({ file: path.join(elsewhere, 'shop-1.4.0.tgz'), gzip: true, cwd: elsewhere }, ['shop']);
    await rm(path.join(test.root, 'artifacts'), { recursive: true });
    const report = await artifacts.import({ paths: [path.join(elsewhere, 'shop-1.4.0.tgz')] }, test.call);
    expect(report.imported[0]).toEqual(folder);
  });

  it.each([
    ['climbs out', '../evil.txt', 'File'],
    ['is absolute', '/evil.txt', 'File'],
    ['is a link', 'shop/link', 'SymbolicLink'],
  ] as const)('with an entry that %s is refused, and nothing is written', async (...[, entry, type]) => {
    const header = new Header({
      path: entry,
      type,
      size: 0,
      mode: 0o644,
      mtime: new Date(0),
      linkpath: type === 'SymbolicLink' ? '/etc/passwd' : '',
    });
    header.encode();
    const bytes = Buffer.concat([header.block ?? Buffer.alloc(512), Buffer.alloc(1024)]);
    const file = path.join(elsewhere, 'evil.tgz');
    await writeFile(file, bytes);
    const before = await readdir(elsewhere);
    await expect(artifacts.import({ paths: [file] }, test.call)).rejects.toMatchObject({ code: 'bad-input' });
    expect(await readdir(elsewhere)).toEqual(before);
    expect(existsSync(path.join(test.root, 'artifacts'))).toBe(false);
  });

  it('that is cut off is refused', async () => {
    const file = path.join(elsewhere, 'cut.tgz');
    await writeFile(file, Buffer.from('1f8b0800000000000003', 'hex'));
    await expect(artifacts.import({ paths: [file] }, test.call)).rejects.toMatchObject({ code: 'bad-input' });
  });
});
