import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCsvFile } from './csv.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundplan-csv-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('rows are quoted where needed, and a line break is remembered', async () => {
  const file = createCsvFile(join(folder, 'rows.csv'));
  file.add(['plain', null, 5, true, 0.5]);
  file.add(['with, comma', 'a "quote"', 'back\\slash', '', -1]);
  expect(file.multiline).toBe(false);
  file.add(['two\nlines', null, 0, false, 1]);
  expect({ rows: file.rows, multiline: file.multiline }).toEqual({ rows: 3, multiline: true });
  file.end();
  expect(await readFile(file.path, 'utf8')).toBe(
    'plain,,5,true,0.5\n"with, comma","a ""quote""","back\\slash",,-1\n"two\nlines",,0,false,1\n',
  );
});

test('rows are written as they gather, also those that are larger than what gathers before they are written', async () => {
  const file = createCsvFile(join(folder, 'rows.csv'));
  const expected: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (let serial = 0; serial < 1000; serial += 1) {
      const text = `naïve ${'名'.repeat(serial % 90)} ${round}`;
      file.add([serial, text]);
      expected.push(`${serial},${text}\n`);
    }
    const large = String(round).repeat(round * 100_000);
    file.add([large]);
    expected.push(`${large}\n`);
  }
  file.end();
  expect(await readFile(file.path, 'utf8')).toBe(expected.join(''));
});
