import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLineWriter } from './line-writer.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundplan-lines-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('lines stand in the order in which they were asked for, whoever waits for them', async () => {
  const path = join(folder, 'lines');
  const writer = createLineWriter(path);
  const numbers = Array.from({ length: 500 }, (_, index) => String(index));
  const early = writer.append('first');
  const rest = numbers.map((number) => writer.append(number));
  await early;
  await Promise.all(rest);
  await writer.append('last');
  expect((await readFile(path, 'utf8')).split('\n')).toEqual(['first', ...numbers, 'last', '']);
});

test('what could not be written is told, and later lines are tried again', async () => {
  const writer = createLineWriter(join(folder, 'not', 'there'));
  await expect(writer.append('lost')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(writer.append('lost too')).rejects.toMatchObject({ code: 'ENOENT' });
  await writer.settled();
});
