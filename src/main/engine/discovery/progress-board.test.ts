import { expect, test } from 'vitest';
import type { Run, RunProgress } from '#shared/model/index.ts';
import type { CellTask } from './cell-task.ts';
import { ledgerRows, ProgressBoard } from './progress-board.ts';

const run: Run = {
  id: 7,
  source: 'live',
  clouds: ['aws'],
  status: 'running',
  startedAt: 0,
  finishedAt: null,
  appVersion: 'test',
  resources: 0,
  relationships: 0,
  cells: 0,
  incompleteCells: 0,
  error: null,
};

function task(scopeName: string, region: string, kind: string): CellTask {
  return {
    places: [{ scope: `aws:account:${scopeName}`, scopeName, region }],
    service: 'ec2',
    declaration: { id: kind, cloud: 'aws', kinds: [kind], relationships: [], permissions: [], apis: [], global: false },
    maximumRows: 1,
    failure: null,
    classify: () => ({ status: 'failed', message: '', permission: null, unreachable: false }),
    list: async function* () {},
  };
}

test('rows stand per scope and region, in a stable order, with counts and the worst outcome', () => {
  const board = new ProgressBoard(run);
  const tasks = [task('b', 'eu-west-1', 'vpc'), task('a', 'us-east-1', 'vpc'), task('a', 'us-east-1', 'subnet')];
  board.plan(tasks);
  const [, first, second] = tasks;
  if (first === undefined || second === undefined) throw new Error('tasks');
  board.started(first);
  const [place] = first.places;
  board.found(place, { resources: 3, relationships: 5 });
  board.finished(place, 'denied');
  board.started(second);
  const { cells, run: now } = board.snapshot();
  expect(now).toMatchObject({ cells: 3, resources: 3, relationships: 5, incompleteCells: 1 });
  expect(cells).toEqual([
    {
      scope: 'aws:account:a',
      scopeName: 'a',
      region: 'us-east-1',
      done: 1,
      total: 2,
      resources: 3,
      worst: 'denied',
      doing: 'subnet',
    },
    {
      scope: 'aws:account:b',
      scopeName: 'b',
      region: 'eu-west-1',
      done: 0,
      total: 1,
      resources: 0,
      worst: null,
      doing: null,
    },
  ]);
  board.finished(second.places[0], 'complete');
  expect(board.snapshot().cells[0]).toMatchObject({ done: 2, worst: 'denied', doing: null });
});

test('whoever watches sees the last state, however fast things change', async () => {
  const board = new ProgressBoard(run);
  const seen: RunProgress[] = [];
  const watching = (async () => {
    for await (const state of board.watch(new AbortController().signal)) seen.push(state);
  })();
  for (const phase of ['regions', 'listing', 'writing', 'graph', 'done'] as const) board.enter(phase);
  await watching;
  expect(seen.at(-1)?.phase).toBe('done');
  expect(seen.length).toBeLessThan(4);
});

test('a watcher that goes away ends at once', async () => {
  const board = new ProgressBoard(run);
  const gone = new AbortController();
  const states = board.watch(gone.signal);
  await states.next();
  const waiting = states.next();
  gone.abort();
  expect((await waiting).done).toBe(true);
});

test('a run that is over shows its rows from the ledger', () => {
  const cell = { run: 7, region: 'eu-west-1', pages: 1, error: null, permission: null };
  const rows = ledgerRows([
    { ...cell, scope: 'aws:account:2', kind: 'vpc', status: 'complete', rows: 2 },
    { ...cell, scope: 'aws:account:1', kind: 'vpc', status: 'complete', rows: 3 },
    { ...cell, scope: 'aws:account:1', kind: 'subnet', status: 'throttled', rows: 4 },
  ]);
  expect(
    rows.map(({ scopeName, done, total, resources, worst }) => ({ scopeName, done, total, resources, worst })),
  ).toEqual([
    { scopeName: '1', done: 2, total: 2, resources: 7, worst: 'throttled' },
    { scopeName: '2', done: 1, total: 1, resources: 2, worst: 'complete' },
  ]);
});

test('ten thousand subscriptions are told in few rows: what is wrong, some others, and the sum of the rest', () => {
  const board = new ProgressBoard(run);
  const places = Array.from({ length: 10_000 }, (_, index) => ({
    scope: `azure:subscription:${index}`,
    scopeName: `subscription ${String(index).padStart(5, '0')}`,
    region: '*',
  }));
  const [first, ...others] = places;
  if (first === undefined) throw new Error('places');
  const wide: CellTask = { ...task('azure', '*', 'vm'), places: [first, ...others] };
  board.plan([wide]);
  board.started(wide);
  for (const [index, place] of places.entries()) {
    board.found(place, { resources: 2, relationships: 1 });
    board.finished(place, index === 9_500 ? 'denied' : 'complete');
  }
  const { cells } = board.snapshot();
  expect(cells).toHaveLength(200);
  expect(cells.reduce((sum, { done }) => sum + done, 0)).toBe(10_000);
  expect(cells.reduce((sum, { resources }) => sum + resources, 0)).toBe(20_000);
  expect(cells.filter(({ worst }) => worst === 'denied').map(({ scopeName }) => scopeName)).toEqual([
    'subscription 09500',
  ]);
  expect(cells.at(-1)).toMatchObject({ scopeName: '9801 more places', worst: 'complete' });
});
