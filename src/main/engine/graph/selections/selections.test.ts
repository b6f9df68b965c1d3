import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countIds } from '#shared/model/index.ts';
import { createSelections } from './selections.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'groundplan-selections-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const many = Array.from({ length: 20_000 }, (_, index) => `arn:aws:ec2:eu-west-1:1:instance/i-${index}`);

test('one short id stands for many, in any order, also after a new start', async () => {
  const selections = createSelections(folder);
  const id = await selections.keep(many);
  expect(id.length).toBeLessThan(60);
  expect(await selections.keep(many.toReversed())).toBe(id);
  expect(countIds([id, 'vpc-1'])).toBe(20_001);
  const later = await createSelections(folder).expand(['vpc-1', id]);
  expect(later).toEqual(['vpc-1', ...many.toSorted()]);
});

test('ids that are none of its own stay as they are', async () => {
  expect(await createSelections(folder).expand(['a', 'selection:b', 'a'])).toEqual(['a', 'selection:b', 'a']);
});

test('a selection is made of another and more', async () => {
  const selections = createSelections(folder);
  const id = await selections.keep(['a', 'b']);
  expect(await selections.expand([await selections.keep([id, 'c'])])).toEqual(['a', 'b', 'c']);
});

test('the oldest go, and one that went is told', async () => {
  const selections = createSelections(folder);
  const first = await selections.keep(['first']);
  for (let index = 0; index < 45; index += 1) await selections.keep([`id-${index}`]);
  expect((await readdir(folder)).length).toBeLessThanOrEqual(40);
  await expect(createSelections(folder).expand([first])).rejects.toMatchObject({
    code: 'not-found',
    message: 'That selection is not kept any more.',
  });
});
