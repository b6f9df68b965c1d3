import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { snapshotOf, subnetItem, vpcItem } from '#test/support/imports/config-snapshot.ts';
import { createImportBench, type ImportBench } from '#test/support/imports/import-bench.ts';
import { zipOf } from '#test/support/imports/zip.ts';

let bench: ImportBench;
beforeAll(async () => {
  bench = await createImportBench();
});
afterAll(() => bench.close());

const group = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg';
const row = (name: string) => ({
  id: `${group}/providers/Microsoft.Network/virtualNetworks/${name}`,
  name,
  type: 'microsoft.network/virtualnetworks',
  properties: { addressSpace: { addressPrefixes: ['10.30.0.0/16'] }, subnets: [] },
});
const asset = (name: string) => ({
  name: `//compute.googleapis.com/projects/shop/global/networks/${name}`,
  assetType: 'compute.googleapis.com/Network',
  ancestors: ['projects/1'],
  resource: { data: { name } },
});
const entry = (name: string) => ({
  mode: 'managed',
  type: 'aws_vpc',
  name,
  provider: 'p',
  instances: [{ attributes: { id: `vpc-${name}`, arn: `arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-${name}` } }],
});
const shown = (name: string) => ({
  address: `aws_vpc.${name}`,
  mode: 'managed',
  type: 'aws_vpc',
  name,
  values: { id: `vpc-${name}`, arn: `arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-${name}` },
});

const names = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'];

interface Sample {
  readonly name: string;
  /** The whole text around some records. */
  readonly text: (records: readonly string[], indent: number) => string;
  readonly records: readonly unknown[];
}

/** Puts records, written already, where a list of them stands. */
function around(envelope: Record<string, unknown> | null, list: string): Sample['text'] {
  return (records, indent) => {
    const mark = '"@records@"';
    const whole: unknown = envelope === null ? ['@records@'] : { ...envelope, [list]: ['@records@'] };
    const separator = indent === 0 ? ',' : `,\n${' '.repeat(indent * (envelope === null ? 1 : 2))}`;
    return JSON.stringify(whole, null, indent).replace(mark, () => records.join(separator));
  };
}

const samples: readonly Sample[] = [
  {
    name: 'snapshot',
    text: around(snapshotOf([]), 'configurationItems'),
    records: names.map((name, index) =>
      index % 2 === 0 ? vpcItem(`vpc-${name}`) : subnetItem(`subnet-${name}`, 'vpc-a1'),
    ),
  },
  { name: 'query', text: around({ count: 6 }, 'data'), records: names.map(row) },
  { name: 'bare list', text: around(null, ''), records: names.map(row) },
  { name: 'asset list', text: around(null, ''), records: names.map(asset) },
  { name: 'asset lines', text: (records) => `${records.join('\n')}\n`, records: names.map(asset) },
  { name: 'state', text: around({ version: 4, lineage: 'l' }, 'resources'), records: names.map(entry) },
];

/** What may become of a record; each is one that no reader can use, and whose brackets still match. */
const wreck = fc.constantFrom(
  '{}',
  '{"x":[1,2]}',
  '{"a":tru}',
  '{"a" 1}',
  '{"a":"\\x"}',
  '{"id":7,"name":7,"type":7,"resourceType":7}',
);

describe('whatever a file holds', () => {
  test.each(samples.map((sample) => [sample.name, sample] as const))(
    '%s: every record is read or named as broken, wherever the broken ones stand',
    async (_name, { records, text }) => {
      await fc.assert(
        fc.asyncProperty(
          // The first is whole: a file must be known by something.
          fc.array(fc.option(wreck), { minLength: names.length - 1, maxLength: names.length - 1 }),
          fc.constantFrom(0, 2),
          async (wrecks, indent) => {
            const lines = text === samples[4]?.text;
            const written = records.map((record, index) => {
              const broken = index === 0 ? null : (wrecks[index - 1] ?? null);
              const whole = JSON.stringify(record, null, lines ? 0 : indent);
              return broken ?? whole.replaceAll('\n', `\n${' '.repeat(indent * 2)}`);
            });
            const { file } = await bench.importFiles({ 'sample.json': text(written, indent) });
            const broken = wrecks.filter((one) => one !== null).length;
            expect(file.records - file.broken).toBe(names.length - broken);
            expect(file).toMatchObject({ status: broken === 0 ? 'read' : 'partly', problems: { length: file.broken } });
            // In one line, nothing tells where a record ends that has no end: two such in a row may be named as one.
            const least = lines || indent > 0 ? broken : Math.min(1, broken);
            expect(file.broken).toBeGreaterThanOrEqual(least);
            expect(file.broken).toBeLessThanOrEqual(broken);
          },
        ),
        { numRuns: 12 },
      );
    },
    120_000,
  );

  test('bytes changed, lost, added or cut off anywhere: the import ends, and says what it could read', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      lose: fc.integer({ min: 0, max: 40 }),
      add: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('"', '}', ']', '{', '\\', '\u0000', ',,', '\uD800')),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        fc.constantFrom('plain', 'gzip', 'zip'),
        async ({ records, text }, changes, cut, packing) => {
          let written = text(
            records.map((record) => JSON.stringify(record)),
            0,
          );
          for (const { add, at, lose } of changes) {
            const place = Math.floor(at * written.length);
            written = written.slice(0, place) + add + written.slice(place + lose);
          }
          if (cut !== null) written = written.slice(0, Math.floor(cut * written.length));
          const content =
            packing === 'gzip'
              ? gzipSync(written)
              : packing === 'zip'
                ? zipOf([{ name: 'm.json', content: written }])
                : written;
          const { file, run } = await bench.importFiles({ 'sample.json': content });
          expect(['complete', 'partial', 'failed']).toContain(run.status);
          // Nothing in silence: what is not whole says why.
          expect(file.status === 'read' || file.error !== null || file.broken > 0).toBe(true);
          expect(file.problems.length).toBe(Math.min(200, file.broken));
          const passedOver = file.passedOver.reduce((sum, one) => sum + one.records, 0);
          expect(file.records).toBeGreaterThanOrEqual(file.broken + passedOver);
        },
      ),
      { numRuns: 150 },
    );
  }, 240_000);

  test('packed bytes changed anywhere: damage is told, and ends nothing else', async () => {
    const [sample] = samples;
    const whole =
      sample?.text(
        sample.records.map((record) => JSON.stringify(record)),
        0,
      ) ?? '';
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('gzip', 'zip'),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        async (packing, at, by) => {
          const packed = packing === 'gzip' ? gzipSync(whole) : zipOf([{ name: 'm.json', content: whole }]);
          const place = Math.floor(at * packed.length);
          packed[place] = (packed[place] ?? 0) ^ by;
          const { report } = await bench.importFiles({ 'damaged.bin': packed, 'whole.json': whole });
          expect(report.files.find(({ name }) => name === 'whole.json')).toMatchObject({
            status: 'read',
            records: names.length,
          });
          expect(report.files.length).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: 60 },
    );
  }, 240_000);

  test('a state shown as JSON is read through modules of modules', async () => {
    const nested = names.reduceRight<Record<string, unknown>>(
      (inner, name) => ({ address: `module.${name}`, resources: [shown(name)], child_modules: [inner] }),
      {},
    );
    const text = JSON.stringify({ format_version: '1.0', values: { root_module: nested } });
    const { file } = await bench.importFiles({ 'shown.json': text });
    expect(file).toMatchObject({ format: 'terraform-state', status: 'read', records: names.length });
  });
});
