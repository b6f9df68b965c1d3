import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPartReader, createPartWriter, isPageParts, pagePartsSchema } from './parts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundplan-parts-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Lines that hardly get smaller by packing. */
const noise = (bytes: number): string => randomBytes(bytes).toString('base64');

test.each([
  ['a few words', [['one'], ['two', 'three']]],
  ['pages of any size', [[noise(100)], [noise(5000), noise(5000)], [noise(40_000)]]],
  ['a file too large to be kept', Array.from({ length: 6 }, () => [noise(1_000_000)])],
])('%s are read as they were written, part by part', async (_what, groups) => {
  const path = join(folder, 'x', 'facts.ndjson.gz');
  const parts = await createPartWriter().append(path, groups);
  const reader = createPartReader();
  const texts = await Promise.all(parts.map((part) => reader.read(path, part)));
  expect(texts).toEqual(groups.map((lines) => `${lines.join('\n')}\n`));
});

test('a part that is cut off is refused, also at the end of a file too large to be kept', async () => {
  const path = join(folder, 'facts.ndjson.gz');
  const parts = await createPartWriter().append(
    path,
    Array.from({ length: 6 }, () => [noise(1_000_000)]),
  );
  await truncate(path, (await stat(path)).size - 10);
  const last = parts.at(-1);
  if (last === undefined) throw new Error('Nothing was written.');
  await expect(createPartReader().read(path, last)).rejects.toThrow('ends 10 bytes early');
});

const part = { offset: 0, length: 20, line: 1, lines: 3 };

test.each([
  [{}],
  [{ heads: part }],
  [{ heads: part, relationships: { ...part, offset: 20 }, bodies: { ...part, offset: 40 } }],
])('the quick look is sure of %j, and rightly so', (value) => {
  expect({ quick: isPageParts(value), parsed: pagePartsSchema.parse(value) }).toEqual({ quick: true, parsed: value });
});

test.each([
  [null],
  ['heads'],
  [{ heads: null }],
  [{ heads: { ...part, offset: -1 } }],
  [{ heads: { ...part, length: 0 } }],
  [{ heads: { ...part, line: 1.5 } }],
  [{ heads: { ...part, lines: '3' } }],
  [{ heads: { offset: 0, length: 20, line: 1 } }],
  [{ heads: { ...part, unknown: 1 } }],
  [{ tails: part }],
])('the quick look leaves %j to the schema', (value) => {
  expect(isPageParts(value)).toBe(false);
});
