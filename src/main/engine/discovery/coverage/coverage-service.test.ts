import { describe, expect, test } from 'vitest';
import type { Call } from '#engine/ports/index.ts';
import {
  coverageFilterSchema,
  type CoverageCell,
  type CoverageFilter,
  type CoverageStatus,
  type ScopeFact,
} from '#shared/model/index.ts';
import { createMemoryFactStore } from '#test/support/facts/memory-fact-store.ts';
import { awsAdvice } from '../providers/aws/advice.ts';
import { awsSteps } from '../providers/aws/steps.ts';
import type { Adviser } from './coverage-advice.ts';
import { createCoverageService, type CoverageServiceDeps } from './coverage-service.ts';

const adviser: Adviser = { cloud: 'aws', steps: awsSteps.map(({ declaration }) => declaration), advise: awsAdvice };
const call: Call = { signal: new AbortController().signal, actor: { kind: 'person', name: 'test' } };

const accounts = 400;
const regions = Array.from({ length: 10 }, (_, index) => `eu-test-${index + 1}`);
const kinds = [
  'aws.ec2.vpc',
  'aws.ec2.subnet',
  'aws.sqs.queue',
  ...Array.from({ length: 27 }, (_, n) => `aws.kind.k${n}`),
];
const scopes = Array.from({ length: accounts }, (_, index): ScopeFact => {
  const nativeId = String(100_000_000_000 + index);
  return {
    id: `aws:account:${nativeId}`,
    cloud: 'aws',
    kind: 'account',
    name: `team ${index}`,
    nativeId,
    parentId: null,
  };
});
const denied = { status: 'denied', error: 'AccessDenied', permission: 'sqs:ListQueues' } as const;

/** 120,000 cells: the queues of every second account are denied, one region is off. */
const company = scopes.flatMap(({ id: scope }, account) =>
  regions.flatMap((region) =>
    kinds.map((kind): CoverageCell => {
      const cell = { run: 1, scope, region, kind, pages: 1, rows: 2, error: null, permission: null };
      if (region === 'eu-test-10') return { ...cell, status: 'disabled' };
      if (kind === 'aws.sqs.queue' && account % 2 === 1) return { ...cell, ...denied };
      return { ...cell, status: 'complete' };
    }),
  ),
);

function serviceOf(cells: readonly CoverageCell[]) {
  const reader = { ...createMemoryFactStore(), coverage: async () => cells, knownScopes: async () => scopes };
  const facts = { ...reader, asOf: () => reader } as unknown as CoverageServiceDeps['facts'];
  return createCoverageService({ facts, advisers: [adviser] });
}

const ask = (filter: Partial<CoverageFilter> = {}) => ({
  run: null,
  asOf: null,
  filter: coverageFilterSchema.parse(filter),
  offset: 0,
  limit: 5,
});
const byScope = { by: 'scope', descending: false } as const;

describe('coverage of 120,000 cells', () => {
  const service = serviceOf(company);

  test('is counted', async () => {
    expect(company).toHaveLength(120_000);
    expect(await service.summary(ask(), call)).toEqual({
      cells: 120_000,
      byStatus: { complete: 106_200, denied: 1800, disabled: 12_000 },
      incomplete: 1800,
      share: 106_200 / 108_000,
      missingPermissions: 1,
    });
    expect(await service.summary(ask({ text: 'TEAM 399', onlyIncomplete: true }), call)).toMatchObject({ cells: 9 });
  });

  test('is grouped by scope, region, kind and missing permission, in the order of people', async () => {
    const by = (grouping: 'scope' | 'region' | 'kind' | 'permission', text = '') =>
      service.groups({ ...ask(), by: grouping, text }, call);
    expect((await by('scope')).rows.slice(0, 3)).toEqual([
      { value: scopes[0]?.id, cells: 300, incomplete: 0 },
      { value: scopes[1]?.id, cells: 300, incomplete: 9 },
      { value: scopes[2]?.id, cells: 300, incomplete: 0 },
    ]);
    expect(await by('region')).toMatchObject({
      total: 10,
      rows: [{ value: 'eu-test-1', incomplete: 200 }, {}, {}, {}, {}],
    });
    expect(await by('kind', 'QUEUE')).toEqual({
      total: 1,
      rows: [{ value: 'aws.sqs.queue', cells: 4000, incomplete: 1800 }],
    });
    expect(await by('permission')).toEqual({
      total: 1,
      rows: [{ value: 'sqs:ListQueues', cells: 1800, incomplete: 1800 }],
    });
    expect((await by('scope', 'team 399')).rows).toEqual([{ value: scopes[399]?.id, cells: 300, incomplete: 9 }]);
  });

  test('comes in pages that hold each cell once', async () => {
    const seen = new Set<string>();
    const sizes: number[] = [];
    for (let offset = 0; offset < 1800; offset += 1000) {
      const page = await service.cells(
        { ...ask({ statuses: ['denied'] }), sort: { by: 'region', descending: true }, offset, limit: 1000 },
        call,
      );
      expect(page.total).toBe(1800);
      sizes.push(page.rows.length);
      for (const { scope, region, kind } of page.rows) seen.add(`${scope} ${region} ${kind}`);
    }
    expect(sizes).toEqual([1000, 800]);
    expect(seen.size).toBe(1800);
  });

  test('is put in order by scope, region and kind as people sort them, while others get their turn', async () => {
    const mixed = company
      .map((_, index) => company[(index * 7919) % company.length])
      .filter((cell) => cell !== undefined);
    let turns = 0;
    let isDone = false;
    const takeTurns = (): void => {
      turns += 1;
      if (!isDone) setImmediate(takeTurns);
    };
    setImmediate(takeTurns);
    const ordered = serviceOf(mixed);
    // The second waits for the order that the first is making.
    const first = ordered.cells({ ...ask(), sort: byScope, limit: 1000 }, call);
    const last = await ordered.cells({ ...ask(), sort: byScope, offset: 119_000, limit: 1000 }, call);
    const { rows } = await first;
    isDone = true;
    expect(turns).toBeGreaterThan(2);
    // Team 0 to team 399, eu-test-1 to eu-test-10: as the company is listed, its kinds sorted.
    const collator = new Intl.Collator('en', { numeric: true });
    const places = new Map(company.map(({ scope, region }, index) => [`${scope} ${region}`, index]));
    const place = ({ scope, region }: CoverageCell) => places.get(`${scope} ${region}`) ?? 0;
    const inOrder = (cells: readonly CoverageCell[]) =>
      cells.toSorted((one, other) => place(one) - place(other) || collator.compare(one.kind, other.kind));
    expect(rows).toEqual(inOrder(rows));
    expect(rows[0]).toMatchObject({ scope: scopes[0]?.id, region: 'eu-test-1', kind: 'aws.ec2.subnet' });
    expect(last.rows).toEqual(inOrder(last.rows));
    expect(last.rows.at(-1)).toMatchObject({ scope: scopes[399]?.id, region: 'eu-test-10', kind: 'aws.sqs.queue' });
  });

  test('streams all of it as it stood', async () => {
    let cells = 0;
    for await (const page of (await service.all(ask(), call)) as AsyncIterable<readonly CoverageCell[]>) {
      expect(page.length).toBeLessThanOrEqual(1000);
      cells += page.length;
    }
    expect(cells).toBe(120_000);
  });

  test('says of the cells of a page what opens them, and of all of them act by act', async () => {
    const queues = { kinds: ['aws.sqs.queue'], scopes: [scopes[1]?.id ?? ''] };
    const { rows } = await service.cells({ ...ask(queues), sort: { by: 'status', descending: true } }, call);
    expect(rows.map(({ status, advice }) => [status, advice === undefined])).toEqual([
      ['disabled', true],
      ...Array.from({ length: 4 }, () => ['denied', false]),
    ]);
    const acts = await service.advice({ ...ask(), offset: 199 }, call);
    expect(acts).toMatchObject({ total: 200, rows: [{ cells: 9 }] });
    expect((await service.advice(ask({ permissions: ['ec2:DescribeVpcs'] }), call)).total).toBe(0);
  });

  test('is a table of scope × region with the cells of each kind', async () => {
    const sort = { by: 'incomplete', descending: true } as const;
    const { total, rows } = await service.places({ ...ask(), sort }, call);
    expect(total).toBe(4000);
    expect(rows[0]).toMatchObject({ cloud: 'aws', scope: scopes[1]?.id, region: 'eu-test-1', incomplete: 1 });
    expect(rows[0]?.cells).toHaveLength(30);
    const filtered = await service.places({ ...ask({ regions: ['eu-test-2'], text: 'queue' }), sort: byScope }, call);
    expect(filtered.total).toBe(400);
    expect(filtered.rows[1]?.cells.map(({ kind, status }) => [kind, status])).toEqual([['aws.sqs.queue', 'denied']]);
  });
});

test('the places of a cloud stand together when asked for', async () => {
  const ids = ['azure:subscription:s', 'aws:account:1', 'gcp:project:p', 'other'];
  const cells = ids.flatMap((scope) => company.slice(0, 1).map((cell) => ({ ...cell, scope })));
  const sort = { by: 'cloud', descending: false } as const;
  const { rows } = await serviceOf(cells).places({ ...ask(), sort }, call);
  expect(rows.map(({ cloud, scope }) => [cloud, scope])).toEqual([
    ['aws', 'aws:account:1'],
    ['azure', 'azure:subscription:s'],
    ['gcp', 'gcp:project:p'],
    ['other', 'other'],
  ]);
});

test('an empty ledger has no share', async () => {
  expect(await serviceOf([]).summary(ask(), call)).toEqual({
    cells: 0,
    byStatus: {},
    incomplete: 0,
    share: null,
    missingPermissions: 0,
  });
  expect(await serviceOf([]).places({ ...ask(), sort: byScope }, call)).toEqual({ total: 0, rows: [] });
});

test('every status but complete and disabled is incomplete', async () => {
  const statuses: CoverageStatus[] = ['complete', 'disabled', 'denied', 'partial', 'not-tried', 'truncated'];
  const cells = statuses.flatMap((status) => company.slice(0, 1).map((cell) => ({ ...cell, status, kind: status })));
  const { rows } = await serviceOf(cells).cells({ ...ask({ onlyIncomplete: true }), sort: byScope }, call);
  expect(rows.map(({ status }) => status)).toEqual(['denied', 'not-tried', 'partial', 'truncated']);
});

test('what was closed in the past is not to be granted now', async () => {
  const past = { ...ask({ statuses: ['denied'] }), asOf: 1 };
  const { rows } = await serviceOf(company).cells({ ...past, sort: byScope }, call);
  expect(rows.map(({ advice }) => advice)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(await serviceOf(company).advice(past, call)).toEqual({ total: 0, rows: [] });
});

test('one run and a moment at once are refused', async () => {
  await expect(serviceOf([]).summary({ ...ask(), run: 1, asOf: 1 }, call)).rejects.toMatchObject({ code: 'bad-input' });
});
