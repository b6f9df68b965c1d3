import { expect, test } from 'vitest';
import { summariseMapping } from './summarise.ts';

type Runs = Parameters<typeof summariseMapping>[0];
const cells = (...statuses: ('complete' | 'denied' | 'disabled' | 'partial')[]) =>
  statuses.map((status) => ({ status }));

test('the newest run that left something says when, the newest cells say how much', () => {
  const runs: Runs = [
    { status: 'running', finishedAt: null, cells: 3, incompleteCells: 0 },
    { status: 'partial', finishedAt: 20, cells: 4, incompleteCells: 1 },
    { status: 'complete', finishedAt: 10, cells: 4, incompleteCells: 0 },
  ];
  expect(summariseMapping(runs, cells('complete', 'complete', 'complete', 'denied', 'disabled'))).toEqual({
    lastMappedAt: 20,
    coverage: 0.75,
  });
});

test('a first run that is under way, or that left nothing, is no mapping: there is no share either', () => {
  const nothing = { lastMappedAt: null, coverage: null };
  expect(summariseMapping([], [])).toEqual(nothing);
  const running: Runs = [{ status: 'running', finishedAt: null, cells: 2, incompleteCells: 0 }];
  expect(summariseMapping(running, cells('complete', 'complete'))).toEqual(nothing);
  const cancelled: Runs = [{ status: 'cancelled', finishedAt: 10, cells: 2, incompleteCells: 2 }];
  expect(summariseMapping(cancelled, cells('denied'))).toEqual(nothing);
});

test('a run that was cancelled after some of it was complete did map that', () => {
  const cancelled: Runs = [{ status: 'cancelled', finishedAt: 10, cells: 4, incompleteCells: 3 }];
  expect(summariseMapping(cancelled, cells('complete', 'denied'))).toEqual({ lastMappedAt: 10, coverage: 0.5 });
});

test('places that only a state or an export tells of count as not looked at', () => {
  const imported: Runs = [{ status: 'complete', finishedAt: 10, cells: 2, incompleteCells: 2 }];
  expect(summariseMapping(imported, cells('partial', 'partial'))).toEqual({ lastMappedAt: 10, coverage: 0 });
});
