import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeArchive } from '#engine/discovery/archive/write-archive.ts';
import type { GraphRelationship } from '#engine/ports/index.ts';
import { redactions, type Redaction, type RelationshipFact, type ResourceFact } from '#shared/model/index.ts';
import { configItemOf, snapshotOf, subnetItem, vpcItem } from '#test/support/imports/config-snapshot.ts';
import { createImportBench, type ImportBench } from '#test/support/imports/import-bench.ts';

const signal = new AbortController().signal;
let from: ImportBench;
let to: ImportBench;
beforeEach(async () => {
  [from, to] = await Promise.all([createImportBench(), createImportBench()]);
});
afterEach(() => Promise.all([from.close(), to.close()]));

async function exportTo(file: string, redact: readonly Redaction[] = []) {
  const facts = () => from.facts.archived(signal);
  return writeArchive(path.join(from.root, file), { facts, redact, madeAt: 1, app: 'test', signal });
}

const lineOf = ({ fact }: GraphRelationship) =>
  `${fact.type} ${fact.from} ${fact.to} ${JSON.stringify(fact.properties)}`;

/** An estate with all that an archive has to keep: whole and broken listings, what is stale, a part, a state. */
async function fill(): Promise<void> {
  await from.importFiles({
    'snapshot.json': JSON.stringify(
      snapshotOf([vpcItem('vpc-0a1b2c3d', { tags: { Name: 'main' } }), subnetItem('subnet-0a1b2c3d', 'vpc-0a1b2c3d')]),
    ),
    'shop.tfstate': JSON.stringify({
      version: 4,
      lineage: 'l',
      resources: [
        {
          mode: 'managed',
          type: 'aws_vpc',
          name: 'main',
          provider: 'p',
          instances: [
            { attributes: { id: 'vpc-0a1b2c3d', arn: 'arn:aws:ec2:eu-central-1:111122223333:vpc/vpc-0a1b2c3d' } },
          ],
        },
      ],
    }),
  });
  const writer = await from.facts.startRun({ source: 'live', clouds: ['aws'] });
  const cell = { scope: 'aws:account:111122223333', region: 'eu-central-1', kind: 'aws.ec2.subnet' };
  const denied = {
    pages: 0,
    rows: 0,
    error: 'denied for arn:aws:iam::111122223333:user/jane',
    permission: 'ec2:DescribeSubnets',
    remedy: { do: 'grant', to: 'arn:aws:iam::111122223333:user/jane' },
  } as const;
  await writer.finishCell({ ...cell, status: 'denied', ...denied });
  await writer.finish({ status: 'partial', error: null });
}

describe('an archive', () => {
  test('makes the same estate elsewhere: resources, bodies, relationships, coverage, and what is stale', async () => {
    await fill();
    const before = await from.view();
    const report = await exportTo('estate.ndjson.gz');
    expect(report).toMatchObject({ resources: before.resources.length, redacted: [] });
    const { file, run, ...after } = await to.importPaths([report.path]);
    expect(file).toMatchObject({ format: 'facts-archive', status: 'read', broken: 0, resources: report.resources });
    expect(run.status).toBe('complete');
    const facts = (view: typeof before) =>
      view.resources.map(({ fact, stale }) => ({ ...fact, stale })).sort((a, b) => a.id.localeCompare(b.id));
    expect(facts(after)).toEqual(facts(before));
    expect(after.resources.filter(({ stale }) => stale).map(({ fact }) => fact.kind)).toEqual(['aws.ec2.subnet']);
    expect(after.relationships.map(lineOf).sort()).toEqual(before.relationships.map(lineOf).sort());
    const cells = (view: typeof before) =>
      view.coverage.map(({ kind, permission, scope, status }) => [scope, kind, status, permission].join(' ')).sort();
    expect(cells(after)).toEqual(cells(before));
    expect(after.scopes).toEqual(before.scopes);
  });

  test('is older than what was mapped since it was made, wherever it is imported', async () => {
    await fill();
    const report = await exportTo('estate.ndjson.gz');
    const writer = await to.facts.startRun({ source: 'live', clouds: ['aws'] });
    const cell = { scope: 'aws:account:111122223333', region: 'eu-central-1', kind: 'aws.ec2.vpc' };
    await writer.finishCell({ ...cell, status: 'complete', pages: 1, rows: 0, error: null, permission: null });
    await writer.finish({ status: 'complete', error: null });
    const { resources } = await to.importPaths([report.path]);
    expect(resources.map(({ fact }) => fact.kind).sort()).toEqual(['aws.ec2.subnet', 'other.terraform.state']);
  });

  test.each([
    [
      'a changed byte',
      (text: string) => text.replace('10.20.0.0/16', '10.21.0.0/16'),
      /between line 1 and line \d+ \(up to byte \d+\)/,
    ],
    [
      'a line that is missing',
      (text: string) => text.split('\n').toSpliced(4, 1).join('\n'),
      /between line 1 and line/,
    ],
    ['its end missing', (text: string) => text.slice(0, -200), /cut off: it ends before its end/],
    ['something added', (text: string) => `${text}{"scope":{}}\n`, /something was added to it from line \d+ on/],
    ['a version to come', (text: string) => text.replace('"version":1', '"version":9'), /is of version 9/],
  ])('with %s is refused, naming where, and nothing of it is taken', async (_of, damage, message) => {
    await fill();
    const report = await exportTo('estate.ndjson.gz');
    const text = gunzipSync(await readFile(report.path)).toString('utf8');
    const bad = path.join(from.root, 'bad.gz');
    await writeFile(bad, gzipSync(damage(text)));
    const { file, resources, run } = await to.importPaths([bad]);
    expect(file).toMatchObject({ status: 'refused', resources: 0 });
    expect(file.error).toMatch(message);
    expect(run.status).toBe('failed');
    expect(resources).toEqual([]);
  });

  test('gives nothing to paste: no remedy, and no permission that no step declares', async () => {
    const writer = await from.facts.startRun({ source: 'live', clouds: ['aws'] });
    const place = { scope: 'aws:account:111122223333', region: 'eu-central-1' };
    const remedy = { do: 'grant', to: null, on: '$(id)' } as const;
    const denied = { status: 'denied', pages: 0, rows: 0, error: 'no', remedy } as const;
    await writer.finishCell({ ...place, ...denied, kind: 'aws.ec2.vpc', permission: 'iam:*' });
    await writer.finishCell({ ...place, ...denied, kind: 'aws.ec2.subnet', permission: 'ec2:DescribeSubnets' });
    await writer.finish({ status: 'partial', error: null });
    const { coverage } = await to.importPaths([(await exportTo('estate.ndjson.gz')).path]);
    expect(coverage.map(({ kind, permission }) => `${kind} ${permission ?? 'none'}`).sort()).toEqual([
      'aws.ec2.subnet ec2:DescribeSubnets',
      'aws.ec2.vpc none',
    ]);
    expect(coverage.filter(({ remedy: kept }) => kept !== undefined)).toEqual([]);
  });

  test('cut off in its packing is refused as well', async () => {
    await fill();
    const report = await exportTo('estate.ndjson.gz');
    const bad = path.join(from.root, 'bad.gz');
    await writeFile(bad, (await readFile(report.path)).subarray(0, -40));
    expect((await to.importPaths([bad])).file).toMatchObject({ status: 'refused', resources: 0 });
  });
});

interface Archived {
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  readonly text: string;
}

async function archived(file: string): Promise<Archived> {
  const text = gunzipSync(await readFile(file)).toString('utf8');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    text,
    resources: lines.flatMap(({ resource }) => (resource === undefined ? [] : [resource as ResourceFact])),
    relationships: lines.flatMap(({ relationship }) =>
      relationship === undefined ? [] : [relationship as RelationshipFact],
    ),
  };
}

const word = fc.stringMatching(/^[a-z]{7,12}$/);
const hex = fc.stringMatching(/^[0-9a-f]{8}$/).filter((text) => /\d/.test(text) && /[a-f]/.test(text));
const estate = fc.record({
  account: fc.stringMatching(/^[1-9]\d{11}$/),
  subscription: fc.uuid(),
  project: fc.tuple(word, word).map((words) => words.join('-')),
  networks: fc.uniqueArray(
    fc.record({
      id: hex,
      name: word,
      tag: word,
      block: fc.integer({ min: 0, max: 250 }),
      subnets: fc.uniqueArray(hex, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4, selector: ({ id }) => id },
  ),
  groups: fc.uniqueArray(fc.tuple(word, word), { maxLength: 3, selector: ([name]) => name }),
});
type Estate = typeof estate extends fc.Arbitrary<infer Value> ? Value : never;

/** The estate as three clouds export it, with its names in ids, bodies, tags, policies and free text. */
function exportsOf({ account, groups, networks, project, subscription }: Estate): Record<string, string> {
  const items = networks.flatMap(({ block, id, name, subnets, tag }) => [
    vpcItem(`vpc-${id}`, {
      account,
      tags: { Name: name, owner: tag },
      configuration: { vpcId: `vpc-${id}`, cidrBlock: `10.${block}.0.0/16`, ownerId: account, state: 'available' },
    }),
    ...subnets.map((subnet, index) =>
      configItemOf('AWS::EC2::Subnet', `subnet-${subnet}`, {
        account,
        tags: { Name: `${name}-${index}` },
        configuration: {
          subnetId: `subnet-${subnet}`,
          vpcId: `vpc-${id}`,
          cidrBlock: `10.${block}.${index}.0/24`,
          ownerId: account,
        },
      }),
    ),
    configItemOf('AWS::Glue::Job', name, {
      account,
      arn: `arn:aws:glue:eu-central-1:${account}:job/${name}`,
      configuration: {
        description: `Made by ${tag} for ${name} at 10.${block}.0.9`,
        role: `arn:aws:iam::${account}:role/${name}`,
        network: `vpc-${id}`,
        logs: `${name}-logs-${account}`,
        script: `https://${tag}.storage.googleapis.com/${name}`,
        source: `s3://${name}-${account}/jobs/${tag}.py`,
        trigger: `Started by arn:aws:codepipeline:eu-central-1:${account}:${tag}/Build`,
      },
    }),
    configItemOf('AWS::S3::Bucket', `${name}-${account}`, { account, tags: { Name: `${project}-${name}` } }),
  ]);
  const rows = groups.map(([name, network]) => ({
    id: `/subscriptions/${subscription}/resourceGroups/${name.toUpperCase()}/providers/Microsoft.Network/virtualNetworks/${network}`,
    name: network,
    type: 'microsoft.network/virtualnetworks',
    location: 'westeurope',
    properties: {
      addressSpace: { addressPrefixes: ['10.9.0.0/16'] },
      subnets: [
        {
          id: `/subscriptions/${subscription}/resourceGroups/${name}/providers/Microsoft.Network/virtualNetworks/${network}/subnets/${name}`,
          name,
          properties: { addressPrefix: '10.9.1.0/24' },
        },
      ],
    },
  }));
  const assets = networks.map(({ name }) => ({
    name: `//compute.googleapis.com/projects/${project}/global/networks/${name}`,
    assetType: 'compute.googleapis.com/Network',
    ancestors: [`projects/${project}`],
    resource: {
      data: {
        name,
        selfLink: `https://www.googleapis.com/compute/v1/projects/${project}/global/networks/${name}`,
        description: name,
        kmsKeyName: `projects/${project}/locations/europe/keyRings/${name}/cryptoKeys/main`,
        members: [`serviceAccount:${name}@${project}.iam.gserviceaccount.com`],
        serviceAccount: `other-${name}@${project}.iam.gserviceaccount.com`,
        source: `gs://${project}-${name}/code.zip`,
      },
    },
  }));
  return {
    'a.json': JSON.stringify(snapshotOf(items)),
    ...(rows.length === 0 ? {} : { 'b.json': JSON.stringify(rows) }),
    'c.json': JSON.stringify(assets),
  };
}

/** A cell that was closed, with the names that a cloud and its advice tell. */
async function closeCell({ facts }: ImportBench, { account, networks }: Estate): Promise<void> {
  const [name = ''] = networks.map((network) => network.name);
  const writer = await facts.startRun({ source: 'live', clouds: ['aws'] });
  await writer.finishCell({
    scope: `aws:account:${account}`,
    region: 'eu-central-1',
    kind: 'aws.sqs.queue',
    status: 'denied',
    pages: 0,
    rows: 0,
    error: `${name} of ${account} may not`,
    permission: 'sqs:ListQueues',
    remedy: { do: 'grant', to: `arn:aws:iam::${account}:user/${name}`, on: `arn:aws:iam::${account}:role/${name}` },
  });
  await writer.finish({ status: 'partial', error: null });
}

/** True when a range lies in another. */
function holds(outer: string, inner: string): boolean {
  const read = (range: string) => {
    const [address = '', length = ''] = range.split('/');
    const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
    return { number, size: 2 ** (32 - Number(length)) };
  };
  const [one, other] = [read(outer), read(inner)];
  return one.number <= other.number && other.number + other.size <= one.number + one.size;
}

describe('a redacted archive', () => {
  test('has the same shape with other names: one for one in ids, bodies and tags, and nothing left of the old ones', async () => {
    await fc.assert(
      fc.asyncProperty(estate, async (given) => {
        const source = await createImportBench();
        const target = await createImportBench();
        try {
          await source.importFiles(exportsOf(given));
          await closeCell(source, given);
          const facts = () => source.facts.archived(signal);
          const write = (file: string, redact: readonly Redaction[]) =>
            writeArchive(path.join(source.root, file), { facts, redact, madeAt: 1, app: 'test', signal });
          const plain = await archived((await write('plain.gz', [])).path);
          const redacted = await archived((await write('redacted.gz', redactions)).path);

          const other = new Map(plain.resources.map(({ id }, index) => [id, redacted.resources[index]?.id ?? '']));
          expect(new Set(other.values()).size).toBe(other.size);
          expect(redacted.resources.map(({ kind, region }) => `${kind} ${region}`)).toEqual(
            plain.resources.map(({ kind, region }) => `${kind} ${region}`),
          );
          // Ends that are no resources, such as addresses, keep their own kind of identity.
          const ends = new Map<string, string>(other);
          for (const [index, edge] of plain.relationships.entries()) {
            const now = redacted.relationships[index];
            expect(now?.type).toBe(edge.type);
            for (const end of ['from', 'to'] as const) {
              const known = ends.get(edge[end]) ?? now?.[end] ?? '';
              expect(now?.[end]).toBe(known);
              ends.set(edge[end], known);
            }
          }
          expect(new Set(ends.values()).size).toBe(ends.size);
          for (const [index, outer] of plain.resources.entries()) {
            for (const [place, inner] of plain.resources.entries()) {
              if (outer.cidr === null || inner.cidr === null) continue;
              const now = holds(redacted.resources[index]?.cidr ?? '', redacted.resources[place]?.cidr ?? '');
              expect(now).toBe(holds(outer.cidr, inner.cidr));
            }
          }
          const words = [
            given.account,
            given.subscription,
            given.project,
            ...given.groups.flat(),
            ...given.networks.flatMap(({ id, name, subnets, tag }) => [id, name, tag, ...subnets]),
          ];
          const text = redacted.text.toLowerCase();
          expect(words.filter((one) => text.includes(one.toLowerCase()))).toEqual([]);
          const numberless = (await archived((await write('accounts.gz', ['accounts'])).path)).text.toLowerCase();
          const accounts = [given.account, given.subscription, given.project];
          expect(accounts.filter((one) => numberless.includes(one.toLowerCase()))).toEqual([]);

          // What bodies name besides is found again as well.
          const { resources: before } = await source.view();
          const { resources: after } = await target.importPaths([path.join(source.root, 'redacted.gz')]);
          const references = (found: typeof before, map: (id: string) => string) =>
            found.map(({ fact, references: ids }) => `${map(fact.id)} ${ids.length}`).sort();
          expect(references(after, (id) => id)).toEqual(references(before, (id) => other.get(id) ?? id));
        } finally {
          await Promise.all([source.close(), target.close()]);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('keeps of a cell nothing that a cloud or a person put into words', async () => {
    const writer = await from.facts.startRun({ source: 'live', clouds: ['aws'] });
    await writer.finishCell({
      scope: 'aws:account:111122223333',
      region: 'eu-central-1',
      kind: 'aws.ec2.subnet',
      status: 'denied',
      pages: 0,
      rows: 0,
      error: 'jane may not',
      permission: 'jane:Payroll',
      remedy: { do: 'grant', to: 'arn:aws:iam::444455556666:user/jane', on: 'arn:aws:iam::444455556666:role/jane' },
      vouchedBy: 'jane in 444455556666',
    });
    await writer.finish({ status: 'partial', error: null });
    for (const redact of redactions) {
      expect((await archived((await exportTo(`${redact}.gz`, [redact])).path)).text).not.toMatch(/jane|444455556666/);
    }
  });

  test('leaves what was not asked for as it is', async () => {
    await fill();
    const accounts = await archived((await exportTo('accounts.gz', ['accounts'])).path);
    expect(accounts.text).not.toContain('111122223333');
    expect(accounts.resources.find(({ kind }) => kind === 'aws.ec2.vpc')).toMatchObject({
      name: 'main',
      cidr: '10.20.0.0/16',
    });
    const names = await archived((await exportTo('names.gz', ['names'])).path);
    expect(names.text).toContain('111122223333');
    expect(names.resources.find(({ kind }) => kind === 'aws.ec2.vpc')?.name).not.toBe('main');
    const everything = await archived((await exportTo('all.gz', redactions)).path);
    expect(everything.text).not.toMatch(/jane|vpc-0a1b2c3d|10\.20\./);
  });
});
