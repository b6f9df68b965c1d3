import { expect, test } from 'vitest';
import { runSchema, type Retention, type Run } from '#shared/model/index.ts';
import { runsKept } from './retention.ts';

const day = 86_400_000;
const now = 100 * day;

function run(id: number, daysAgo: number, status: Run['status'] = 'complete'): Run {
  return runSchema.parse({
    id,
    source: 'live',
    clouds: ['aws'],
    status,
    startedAt: now - daysAgo * day,
    finishedAt: now - daysAgo * day,
    appVersion: '1',
    resources: 0,
    relationships: 0,
    cells: 0,
    incompleteCells: 0,
    error: null,
  });
}

const runs = [run(5, 0.1), run(4, 2), run(3, 8), run(2, 30, 'running'), run(1, 90)];

test.each<[string, Retention, number[]]>([
  ['no rule keeps all', { runs: null, days: null }, [5, 4, 3, 2, 1]],
  ['a number keeps the newest, and what runs', { runs: 2, days: null }, [5, 4, 2]],
  ['days keep what is younger', { runs: null, days: 8 }, [5, 4, 3, 2]],
  ['either is enough', { runs: 1, days: 3 }, [5, 4, 2]],
  ['more than there are keeps all', { runs: 9, days: null }, [5, 4, 3, 2, 1]],
])('%s', (_what, retention, kept) => {
  expect([...runsKept(runs, retention, now)]).toEqual(kept);
});

test('the newest is kept however old it is', () => {
  expect([...runsKept([run(1, 90)], { runs: null, days: 1 }, now)]).toEqual([1]);
});
