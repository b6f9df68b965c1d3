import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FactStore } from '#engine/ports/index.ts';
import { resource } from '#test/support/estate/small-estate.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { createFactStore } from './index.ts';

const kind = 'aws.ec2.vpc';
const cell = { scope: 'aws:account:111111111111', region: 'eu-west-1', kind };
const signal = new AbortController().signal;

let root: string;
let store: FactStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'groundplan-bodies-'));
  store = createFactStore({ root, clock: { now: () => 1000 }, logger: recordingLogger(), appVersion: '1' });
});
afterEach(() => rm(root, { recursive: true }));

/** Writes a cell of pages; each resource has its page in its body. */
async function writePages(...pages: readonly (readonly string[])[]): Promise<void> {
  const writer = await store.startRun({ source: 'import', clouds: ['aws'] });
  for (const [page, ids] of pages.entries()) {
    await writer.page(cell, { resources: ids.map((id) => resource({ id, kind, raw: { page } })), relationships: [] });
  }
  await writer.finishCell({ ...cell, status: 'complete', pages: pages.length, rows: 0, error: null, permission: null });
  await writer.finish({ status: 'complete', error: null });
}

async function bodiesOf(isWanted?: (id: string) => boolean): Promise<readonly (readonly [string, unknown])[]> {
  const view = await store.view(signal);
  const bodies: (readonly [string, unknown])[] = [];
  for await (const { fact } of view.resources(({ id }) => isWanted?.(id) ?? true)) bodies.push([fact.id, fact.raw]);
  return bodies;
}

test('resources come once with their latest body, all of them or those that are wanted', async () => {
  await writePages(['a', 'b'], ['c', 'a'], ['d']);
  const all = { a: { page: 1 }, b: { page: 0 }, c: { page: 1 }, d: { page: 2 } };
  expect(await bodiesOf()).toEqual(Object.entries(all));
  expect(await bodiesOf((id) => ['a', 'd', 'unknown'].includes(id))).toEqual([
    ['a', all.a],
    ['d', all.d],
  ]);
  expect(await bodiesOf(() => false)).toEqual([]);
  expect(await store.bodies([{ id: 'c', ...cell }], signal)).toEqual(new Map([['c', all.c]]));
});

test('what is wanted of a large cell comes once with its body, whichever page it stands on', async () => {
  const pages = Array.from({ length: 12 }, (_, page) => Array.from({ length: 1000 }, (_, at) => `vpc/${page}/${at}`));
  await writePages(...pages);
  const isWanted = (id: string): boolean => id.endsWith('7');
  const wanted = pages.flatMap((ids, page) => ids.filter(isWanted).map((id) => [id, { page }] as const));
  const found = await bodiesOf(isWanted);
  expect(found).toHaveLength(wanted.length);
  expect(new Map(found)).toEqual(new Map<string, unknown>(wanted));
  // More than wait at once.
  expect(new Set((await bodiesOf()).map(([id]) => id))).toEqual(new Set(pages.flat()));
});
