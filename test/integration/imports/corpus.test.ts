import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createImportBench, type ImportBench, type Imported } from '#test/support/imports/import-bench.ts';

const corpus = path.resolve(process.env['GROUNDPLAN_CORPUS'] ?? '../shared/corpus');

async function filesIn(folder: string, ends: RegExp): Promise<string[]> {
  const names = await readdir(path.join(corpus, folder));
  return names.filter((name) => ends.test(name)).map((name) => path.join(corpus, folder, name));
}

/** What was read, for whoever looks at the output: records, kinds, and whether what resources name is there as well. */
function summary({ report, resources, relationships }: Imported): Record<string, number> {
  const known = new Set(resources.map(({ fact }) => fact.id));
  const isOther = (id: string) => /^(?:ip|cidr|dns|principal|internet)\b/.test(id);
  const ends = relationships.flatMap(({ fact }) => [fact.from, fact.to]).filter((id) => !isOther(id));
  const sum = (of: 'records' | 'broken' | 'resources') => report.files.reduce((total, file) => total + file[of], 0);
  return {
    files: report.files.length,
    records: sum('records'),
    broken: sum('broken'),
    resources: sum('resources'),
    kinds: new Set(report.files.flatMap(({ kinds }) => kinds.map(({ kind }) => kind))).size,
    resolved: ends.filter((id) => known.has(id)).length,
    unresolved: ends.filter((id) => !known.has(id)).length,
  };
}

describe.skipIf(!existsSync(corpus))('the exports of the corpus (GROUNDPLAN_CORPUS)', () => {
  let bench: ImportBench;
  beforeAll(async () => {
    bench = await createImportBench();
  });
  afterAll(() => bench.close());

  test.each([
    { folder: 'exports', ends: /^(?:aws-config|az-graph|azure).*\.(?:json|csv)$/, files: 7, records: 27 },
    { folder: 'exports', ends: /^terraform.*\.(?:json|tfstate)$/, files: 2, records: 13 },
    { folder: 'azure-arm', ends: /\.json$/, files: 52, records: 58 },
    { folder: 'gcp-assets', ends: /\.json$/, files: 63, records: 93 },
  ])('in $folder are read whole, every record of them', async ({ folder, ends, files, records }) => {
    const imported = await bench.importPaths(await filesIn(folder, ends));
    const told = summary(imported);
    for (const { broken, kinds, name, records, resources } of imported.report.files) {
      process.stdout.write(`  ${name}: ${JSON.stringify({ records, broken, resources, kinds: kinds.length })}\n`);
    }
    process.stdout.write(`${folder}: ${JSON.stringify(told)}\n`);
    const unread = imported.report.files.filter(({ status }) => status !== 'read');
    expect(unread.map(({ name, error, problems }) => ({ name, error, problems }))).toEqual([]);
    expect(told).toMatchObject({ files, records, broken: 0 });
  });

  test('answers of a tool that is not read are refused by name, and nothing of them is kept', async () => {
    const files = await filesIn('exports', /^steampipe.*\.json$/);
    const { report } = await bench.importPaths(files);
    expect(report.files.map(({ name, status, records }) => ({ name, status, records }))).toEqual(
      files.map((file) => ({ name: path.basename(file), status: 'refused', records: 0 })),
    );
    expect(report.files.map(({ error }) => error)).toEqual(files.map(() => expect.any(String) as string));
  });
});
