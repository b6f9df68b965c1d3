import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import type { FactStore, GraphRelationship, GraphResourceHead } from '#engine/ports/index.ts';
import { relationship, resource } from '#test/support/estate/small-estate.ts';
import { recordingLogger } from '#test/support/estate/recording-logger.ts';
import { createFactStore } from './index.ts';

const kind = 'aws.ec2.vpc';
const cell = { scope: 'aws:account:111111111111', region: 'eu-west-1', kind };
const pageSize = 4000;
const pageCount = 3;

let root: string;
let store: FactStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'groundplan-facts-'));
  store = createFactStore({ root, clock: { now: () => 1000 }, logger: recordingLogger(), appVersion: '1' });
});
afterEach(() => rm(root, { recursive: true }));

function named(id: string, name: string, more: Partial<ResourceFact> = {}): ResourceFact {
  return resource({ id, kind, name, ...more });
}

const fillers = Array.from({ length: pageCount }, (_, page) =>
  Array.from({ length: pageSize }, (_, serial) => named(`arn:vpc/${page}-${serial}`, 'filler')),
);
const onPage = (page: number, ...more: readonly ResourceFact[]): readonly ResourceFact[] => [
  ...(fillers[page] ?? []),
  ...more,
];
const pages = [
  onPage(
    0,
    named('arn:vpc/twice', 'old'),
    named('arn:vpc/full-first', 'full'),
    named('arn:vpc/part', 'old part', { sparse: true }),
  ),
  onPage(1, named('arn:vpc/full-last', 'part', { sparse: true }), named('arn:vpc/part', 'new part', { sparse: true })),
  onPage(
    2,
    named('arn:vpc/twice', 'new'),
    named('arn:vpc/full-first', 'part', { sparse: true }),
    named('arn:vpc/full-last', 'full'),
  ),
];
const between = (page: number): RelationshipFact[] =>
  (fillers[page] ?? []).map(({ id }) => relationship(id, 'CONTAINS', 'arn:vpc/twice'));

async function writeCell(status: 'complete' | 'partial'): Promise<void> {
  const writer = await store.startRun({ source: 'import', clouds: ['aws'] });
  for (const [page, resources] of pages.entries()) {
    await writer.page(cell, { resources, relationships: between(page) });
  }
  const rows = pages.flat().length;
  await writer.finishCell({ ...cell, status, pages: pageCount, rows, error: null, permission: null });
  await writer.finish({ status: 'complete', error: null });
}

async function told(): Promise<{
  readonly resources: readonly GraphResourceHead[];
  readonly relationships: readonly GraphRelationship[];
}> {
  const view = await store.view(new AbortController().signal);
  const [resources, relationships]: [GraphResourceHead[], GraphRelationship[]] = [[], []];
  for await (const batch of view.heads()) resources.push(...batch);
  for await (const batch of view.relationships()) relationships.push(...batch);
  return { resources, relationships };
}

test.each(['complete', 'partial'] as const)(
  'a %s cell that is told page by page says of each resource what its last and fullest line says',
  async (status) => {
    await writeCell(status);
    const { resources, relationships } = await told();
    const byId = new Map(resources.map(({ fact, lastRun, stale }) => [fact.id, { name: fact.name, lastRun, stale }]));
    const fresh = { lastRun: 1, stale: false };
    expect({ resources: resources.length, ids: byId.size }).toEqual({ resources: 12_004, ids: 12_004 });
    expect(['twice', 'full-first', 'full-last', 'part', '1-7'].map((id) => byId.get(`arn:vpc/${id}`))).toEqual([
      { name: 'new', ...fresh },
      { name: 'full', ...fresh },
      { name: 'full', ...fresh },
      { name: 'new part', ...fresh },
      { name: 'filler', ...fresh },
    ]);
    const expected = [0, 1, 2].flatMap((page) => between(page).map((fact) => ({ fact, run: 1 })));
    expect(relationships).toEqual(expected);
  },
);

test('a later run of a large cell is told together with what it left out', async () => {
  await writeCell('complete');
  const writer = await store.startRun({ source: 'import', clouds: ['aws'] });
  await writer.page(cell, { resources: [named('arn:vpc/twice', 'newest')], relationships: [] });
  const counts = { pages: 1, rows: 1, error: 'cut off', permission: null };
  await writer.finishCell({ ...cell, status: 'truncated', ...counts });
  await writer.finish({ status: 'partial', error: null });
  const { resources, relationships } = await told();
  const twice = resources.filter(({ fact }) => fact.id === 'arn:vpc/twice');
  expect(twice.map(({ fact, lastRun, stale }) => ({ name: fact.name, lastRun, stale }))).toEqual([
    { name: 'newest', lastRun: 2, stale: false },
  ]);
  expect([resources.length, resources.filter(({ stale }) => stale).length, relationships.length]).toEqual([
    12_004, 12_003, 12_000,
  ]);
});
