import { expect, it } from 'vitest';
import { endedBy, jsonOfLists, type OpenPart } from './json-lists.ts';

async function* pages(...all: (readonly unknown[])[]): AsyncGenerator<readonly unknown[]> {
  for (const page of all) yield await Promise.resolve(page);
}

async function written(lists: Parameters<typeof jsonOfLists>[0]): Promise<string> {
  let text = '';
  for await (const piece of jsonOfLists(lists)) text += piece.text;
  return text;
}

it('writes lists in pages as the whole would be written', async () => {
  const row = { kind: 'aws.ec2.vpc', note: 'a\nb', tags: ['x'] };
  expect(await written({ cells: pages([row], [], [row, 2]), advice: pages(), more: pages([null]) })).toBe(
    `${JSON.stringify({ cells: [row, row, 2], advice: [], more: [null] }, null, 2)}\n`,
  );
  expect(await written({ cells: pages(), advice: pages([]) })).toBe('{\n  "cells": [],\n  "advice": []\n}\n');
});

it.each<[string, AsyncIterable<readonly unknown[]>[], object]>([
  ['in the first list', [pages([1], [2]), pages([3])], { first: [1] }],
  ['between two pages', [pages([1, 2], [3])], { first: [1, 2] }],
  ['after a list', [pages([1]), pages([2])], { first: [1] }],
  ['after an empty list', [pages(), pages([2])], { first: [] }],
])('a text that breaks off %s is ended as one object that says why', async (where, [first, second], left) => {
  const lists = { first: first ?? pages(), ...(second === undefined ? {} : { second }) };
  const pieces = jsonOfLists(lists);
  let text = '';
  let open: OpenPart = 'nothing';
  for (let count = where.startsWith('after a list') ? 2 : 1; count > 0; count -= 1) {
    const { value } = (await pieces.next()) as IteratorYieldResult<{ text: string; open: OpenPart }>;
    text += value.text;
    open = value.open;
  }
  if (open === 'nothing') throw new Error('Nothing was left open.');
  const error = { code: 'engine-gone', message: 'It has gone.', details: {} };
  expect(`${text}${endedBy(error, open)}`).toBe(`${JSON.stringify({ ...left, error }, null, 2)}\n`);
});

it('writes nothing before the first page is there, so that a refusal stands alone', async () => {
  async function* refused(): AsyncGenerator<readonly unknown[]> {
    yield await Promise.reject(new Error('no such run'));
  }
  await expect(jsonOfLists({ cells: refused() }).next()).rejects.toThrow('no such run');
});
