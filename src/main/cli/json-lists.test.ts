import { expect, it } from 'vitest';
import { jsonOfLists } from './json-lists.ts';

async function* pages(...all: (readonly unknown[])[]): AsyncGenerator<readonly unknown[]> {
  for (const page of all) yield await Promise.resolve(page);
}

async function written(lists: Parameters<typeof jsonOfLists>[0]): Promise<string> {
  let text = '';
  for await (const piece of jsonOfLists(lists)) text += piece;
  return text;
}

it('writes lists in pages as the whole would be written', async () => {
  const row = { kind: 'aws.ec2.vpc', note: 'a\nb', tags: ['x'] };
  expect(await written({ cells: pages([row], [], [row, 2]), advice: pages(), more: pages([null]) })).toBe(
    `${JSON.stringify({ cells: [row, row, 2], advice: [], more: [null] }, null, 2)}\n`,
  );
  expect(await written({ cells: pages(), advice: pages([]) })).toBe('{\n  "cells": [],\n  "advice": []\n}\n');
});

it('writes nothing before the first page is there, so that a refusal stands alone', async () => {
  async function* refused(): AsyncGenerator<readonly unknown[]> {
    yield await Promise.reject(new Error('no such run'));
  }
  await expect(jsonOfLists({ cells: refused() }).next()).rejects.toThrow('no such run');
});
