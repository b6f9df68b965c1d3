import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPartWriter, type Part } from './parts.ts';
import { readPacked } from './read-packed.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundplan-packed-'));
  path = join(folder, 'facts.ndjson.gz');
});
afterEach(() => rm(folder, { recursive: true }));

function write(sizes: readonly number[]): Promise<readonly Part[]> {
  return createPartWriter().append(
    path,
    sizes.map((size) => [randomBytes(size).toString('base64')]),
  );
}

async function bytesOf(parts: readonly Part[]): Promise<readonly Buffer[]> {
  const file = await readFile(path);
  return parts.map(({ offset, length }) => file.subarray(offset, offset + length));
}

test.each([
  ['small ones', [10, 200, 3000]],
  ['more than are read at once', [1_500_000, 10, 1_500_000, 10, 2_500_000, 6_000_000, 10]],
])('parts are the bytes of the file, in whatever order they are asked for: %s', async (_what, sizes) => {
  const parts = (await write(sizes)).filter((_, at) => at !== 1).toReversed();
  expect(await readPacked(path, parts)).toEqual(await bytesOf(parts));
  expect(await readPacked(path, [])).toEqual([]);
});

test('a part of which bytes are missing is told, and the others are read', async () => {
  const [first, second, third] = await write([1000, 1000, 1000]);
  if (first === undefined || second === undefined || third === undefined) throw new Error('Nothing was written.');
  await truncate(path, second.offset + second.length - 1);
  expect(await readPacked(path, [first, second, third])).toEqual([...(await bytesOf([first])), null, null]);
});

test('nothing is there of a file that is not', async () => {
  const parts = await write([10, 10]);
  await rm(path);
  expect(await readPacked(path, parts)).toEqual([null, null]);
});
