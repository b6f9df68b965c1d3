import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readImportRecord } from './import-record.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-record-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('neither reads nor removes a file outside of the records, whatever the name', async () => {
  const settings = path.join(folder, 'settings.json');
  await writeFile(settings, '{ // with a comment\n}');
  const data = path.join(folder, '.groundplan');
  const workspace = { paths: { data } } as unknown as Parameters<typeof readImportRecord>[0];
  for (const name of ['../../settings', '..\\..\\settings', 'a/../../../settings', settings.slice(0, -5)]) {
    expect(await readImportRecord(workspace, name), name).toBeNull();
  }
  expect(await readFile(settings, 'utf8')).toContain('comment');
});
