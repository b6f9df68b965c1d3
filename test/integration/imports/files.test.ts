import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { snapshotOf, subnetItem, vpcItem } from '#test/support/imports/config-snapshot.ts';
import { createImportBench, type ImportBench } from '#test/support/imports/import-bench.ts';
import { zipOf } from '#test/support/imports/zip.ts';

let bench: ImportBench;
beforeEach(async () => {
  bench = await createImportBench();
});
afterEach(() => bench.close());

const call = { signal: new AbortController().signal, actor: { kind: 'command-line', name: 'test' } } as const;
const snapshot = (region: string, ...ids: string[]) =>
  JSON.stringify(snapshotOf(ids.map((id) => vpcItem(id, { region }))), null, 2);
/** The first block of a tar archive with one member. */
function tarHeadOf(name: string): Buffer {
  const block = Buffer.alloc(1024);
  block.write(name, 0);
  block.write('ustar\u000000', 257);
  return block;
}
const nativeIds = (resources: readonly { readonly fact: { readonly nativeId: string } }[]) =>
  resources.map(({ fact }) => fact.nativeId).sort();

describe('a file is known by what is in it', () => {
  test('whatever its name: plain, gzipped, with a byte order mark, in UTF-16 as PowerShell writes it', async () => {
    const { report, resources } = await bench.importFiles({
      'plain.txt': snapshot('eu-west-1', 'vpc-1'),
      'packed.json': gzipSync(snapshot('eu-west-2', 'vpc-2')),
      'marked.json': `\uFEFF${snapshot('eu-west-3', 'vpc-3')}`,
      'wide.csv': Buffer.from(`\uFEFF${snapshot('eu-north-1', 'vpc-4')}`, 'utf16le'),
      'unmarked.json': Buffer.from(snapshot('eu-south-1', 'vpc-5'), 'utf16le'),
      'swapped.json': Buffer.from(snapshot('eu-south-2', 'vpc-6'), 'utf16le').swap16(),
      'windows.json': snapshot('eu-central-2', 'vpc-7').replaceAll('\n', '\r\n'),
    });
    expect(report.files.map(({ format, status }) => `${format} ${status}`)).toEqual(Array(7).fill('aws-config read'));
    expect(nativeIds(resources)).toEqual(['vpc-1', 'vpc-2', 'vpc-3', 'vpc-4', 'vpc-5', 'vpc-6', 'vpc-7']);
  });

  test('and is refused with a reason when it is nothing known; the others are read', async () => {
    const { report, resources, run } = await bench.importFiles({
      'notes.txt': 'Things to do',
      'other.json': '{"hello":"world"}',
      'empty.json': '',
      'empty.gz': gzipSync(''),
      'states.tar.gz': gzipSync(tarHeadOf('prod.tfstate')),
      'blank.json': ' \n\n',
      'nothing.json': '[]',
      'none.json': '{"count":0,"data":[],"skip_token":null,"total_records":0}',
      'snapshot.json': snapshot('eu-west-1', 'vpc-1'),
    });
    expect(report.files.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'notes.txt refused',
      'other.json refused',
      'empty.json refused',
      'empty refused',
      'states.tar refused',
      'blank.json refused',
      'nothing.json refused',
      'none.json refused',
      'snapshot.json read',
    ]);
    expect(report.files[0]?.error).toMatch('no JSON and no known table');
    expect(report.files[1]?.error).toMatch('JSON of a kind that is not known');
    expect(report.files[2]?.error).toMatch('It is empty.');
    expect(report.files[3]?.error).toMatch('It is empty.');
    expect(report.files[4]?.error).toMatch('It is a tar archive, which is not unpacked.');
    expect(report.files[5]?.error).toMatch('It is empty.');
    expect(report.files[6]?.error).toMatch('It is an empty result');
    expect(report.files[7]?.error).toMatch('It is an empty result');
    expect(nativeIds(resources)).toEqual(['vpc-1']);
    expect(run.status).toBe('partial');
  });

  test.each([
    ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]],
    ['a RAR archive', [...Buffer.from('Rar!'), 0x1a, 0x07, 0x01, 0]],
    ['packed with xz', [0xfd, ...Buffer.from('7zXZ'), 0, 0, 4]],
    ['packed with zstd', [0x28, 0xb5, 0x2f, 0xfd, 0x24, 0x01]],
    ['packed with bzip2', [...Buffer.from('BZh91AY&SY')]],
    ['gzipped more than once', [...gzipSync(gzipSync(snapshot('eu-west-1', 'vpc-1')))]],
    [
      'a zip archive inside of another archive',
      [...zipOf([{ name: 'a.zip', content: zipOf([{ name: 'a.json', content: snapshot('eu-west-1', 'vpc-1') }]) }])],
    ],
  ])('as %s, which is refused by name', async (what, bytes) => {
    const { report } = await bench.importFiles({ 'export.json': Buffer.from(bytes) });
    expect(report.files[0]).toMatchObject({
      status: 'refused',
      error: expect.stringContaining(`It is ${what}, which`),
    });
  });

  test('an import of nothing that can be read is a failed run that says why', async () => {
    const { run } = await bench.importFiles({ 'notes.txt': 'Things to do' });
    expect(run).toMatchObject({ status: 'failed', cells: 0 });
    expect(run.error).toMatch('notes.txt');
  });

  test('that is not there, or a folder, is told before anything is written', async () => {
    await expect(bench.importPaths(['/nowhere/at/all.json'])).rejects.toMatchObject({ code: 'not-found' });
    await expect(bench.importPaths([bench.root])).rejects.toMatchObject({ code: 'bad-input' });
    expect(await bench.facts.runs()).toEqual([]);
  });
});

describe('an archive', () => {
  test('gives each of its members, also gzipped ones; what a Mac adds is left out', async () => {
    const { report, resources } = await bench.importFiles({
      'all.zip': zipOf([
        { name: 'a/snapshot.json', content: snapshot('eu-west-1', 'vpc-1') },
        { name: 'b/snapshot.json.gz', content: gzipSync(snapshot('eu-west-2', 'vpc-2')) },
        { name: '__MACOSX/a/._snapshot.json', content: 'x' },
        { name: 'readme.md', content: '# Hello' },
      ]),
    });
    expect(report.files.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'all.zip › a/snapshot.json read',
      'all.zip › b/snapshot.json read',
      'all.zip › readme.md refused',
    ]);
    expect(nativeIds(resources)).toEqual(['vpc-1', 'vpc-2']);
  });

  test.each([
    ['leads out of it', [{ name: '../../outside.json', content: '{}' }], /invalid relative path/],
    ['is absolute', [{ name: '/etc/outside.json', content: '{}' }], /absolute path/],
    [
      'unpacks to more than it says',
      [{ name: 'a.json', content: snapshot('eu-west-1', 'vpc-1'), claims: 10 }],
      /too many bytes|size/,
    ],
  ])('with a member that %s is refused', async (_of, members, why) => {
    const { report } = await bench.importFiles({
      'bad.zip': zipOf(members),
      'good.json': snapshot('eu-west-9', 'vpc-9'),
    });
    expect(JSON.stringify(report.files[0])).toMatch(why);
    expect(report.files.find(({ name }) => name === 'good.json')).toMatchObject({ status: 'read' });
  });

  test('with a link in it does not follow the link, and the others are read', async () => {
    const { report, resources } = await bench.importFiles({
      'all.zip': zipOf([
        { name: 'link.json', content: '/etc/passwd', mode: 0o120777 },
        { name: 'snapshot.json', content: snapshot('eu-west-1', 'vpc-1') },
      ]),
    });
    expect(report.files[0]).toMatchObject({ status: 'refused', records: 0 });
    expect(report.files[0]?.error).toMatch('link.json is a link to another file, which is not followed');
    expect(nativeIds(resources)).toEqual(['vpc-1']);
  });

  test('that unpacks to far more than it is, is not unpacked to its end', async () => {
    const bomb = `{"fileVersion":"1.0","configurationItems":[${' '.repeat(200 * 2 ** 20)}]}`;
    const { report } = await bench.importFiles({
      'bomb.gz': gzipSync(bomb, { level: 9 }),
      'bomb.zip': zipOf([{ name: 'bomb.json', content: bomb }]),
    });
    for (const file of report.files) expect(file.error).toMatch(/unpacks to more than 300 times its size/);
  });

  test('whose packed data was cut off or damaged gives what comes before', async () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `vpc-${index}`);
    const packed = gzipSync(snapshot('eu-west-1', ...ids));
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, damaged.length / 2, damaged.length / 2 + 64);
    const { report } = await bench.importFiles({
      'cut.gz': packed.subarray(0, packed.length / 2),
      'damaged.gz': damaged,
    });
    expect(report.files[0]?.error).toMatch('cut off');
    expect(report.files[1]?.error).toMatch('damaged');
    for (const file of report.files) {
      expect(file.status).toBe('partly');
      expect(file.resources).toBeGreaterThan(5000);
    }
  });

  test('that is small and was cut off gives what comes before as well', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `vpc-${index}`);
    const packed = gzipSync(snapshot('eu-west-1', ...ids), { level: 0 });
    const { report } = await bench.importFiles({ 'cut.gz': packed.subarray(0, packed.length / 2) });
    expect(report.files[0]).toMatchObject({ format: 'aws-config', status: 'partly' });
    expect(report.files[0]?.error).toMatch('cut off');
    expect(report.files[0]?.resources).toBeGreaterThan(10);
  });
});

describe('an import', () => {
  test('that is cancelled leaves the estate as it was, and says so', async () => {
    const before = await bench.importFiles({ 'a.json': snapshot('eu-west-1', 'vpc-1') });
    const ids = Array.from({ length: 60_000 }, (_, index) => `vpc-${index}`);
    const cancelling = bench.importFiles({ 'large.json': snapshot('eu-west-1', ...ids) }, { cancelAfter: 300 });
    const { run, resources } = await cancelling;
    expect(run).toMatchObject({ status: 'cancelled', cells: 0, error: null });
    expect(nativeIds(resources)).toEqual(nativeIds(before.resources));
  });

  test('is one at a time', async () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `vpc-${index}`);
    const first = bench.importFiles({ 'large.json': snapshot('eu-west-1', ...ids) });
    await expect.poll(async () => (await bench.facts.runs()).length).toBe(1);
    await expect(bench.importFiles({ 'b.json': snapshot('eu-west-1', 'vpc-1') })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await first).run.status).toBe('complete');
  });

  test('of a kind of run that is no import has no report', async () => {
    const writer = await bench.facts.startRun({ source: 'live', clouds: ['aws'] });
    await writer.finish({ status: 'complete', error: null });
    await expect(bench.service.report({ run: 1 }, call)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('of several files that tell of the same cell removes nothing there', async () => {
    const { coverage } = await bench.importFiles({
      'monday.json': JSON.stringify(snapshotOf([vpcItem('vpc-1'), subnetItem('s', 'vpc-1')])),
      'tuesday.json': JSON.stringify(snapshotOf([vpcItem('vpc-2'), subnetItem('s', 'vpc-2')])),
    });
    expect(coverage.map(({ kind, status, error }) => [kind, status, error])).toEqual(
      ['aws.ec2.vpc', 'aws.ec2.subnet'].map((kind) => [kind, 'partial', expect.stringMatching('Several files')]),
    );
  });
});
