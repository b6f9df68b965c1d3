import { describe, expect, test } from 'vitest';
import type { Run } from '#shared/model/index.ts';
import { createRunsUnderWay, type RunUnderWay } from './runs-under-way.ts';

/** A run that looks until `looked` is called, and whose graph is built until `built` is. */
function controlled(id: number) {
  const finished = Promise.withResolvers<Run>();
  const settled = Promise.withResolvers<void>();
  const run = { id } as Run;
  const underWay: RunUnderWay = {
    board: { run, watch: async function* watch() {} },
    cancel: () => finished.resolve(run),
    finished: finished.promise,
    settled: settled.promise,
  };
  return { underWay, looked: () => finished.resolve(run), built: () => settled.resolve() };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('a run that is started', () => {
  test('is refused while another one looks', async () => {
    const runs = createRunsUnderWay();
    await runs.start(async () => controlled(1).underWay);
    await expect(runs.start(async () => controlled(2).underWay)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Discovery run 1 is under way.',
    });
  });

  test('waits for the graph of one that has looked, and for the tidying after it', async () => {
    const order: string[] = [];
    const runs = createRunsUnderWay({ afterRun: () => runs.alone(async () => void order.push('tidied')) });
    const first = controlled(1);
    await runs.start(async () => first.underWay);
    first.looked();
    await turns();
    const second = runs.start(async () => {
      order.push('begun');
      return controlled(2).underWay;
    });
    await turns();
    expect(order).toEqual([]);
    await expect(runs.start(async () => controlled(3).underWay)).rejects.toMatchObject({ code: 'conflict' });
    first.built();
    expect(await second).toBe(2);
    expect(order).toEqual(['tidied', 'begun']);
  });

  test('does not begin any more once the workspace closes', async () => {
    const runs = createRunsUnderWay();
    const first = controlled(1);
    await runs.start(async () => first.underWay);
    first.looked();
    await turns();
    let begun = false;
    const second = runs.start(async () => {
      begun = true;
      return controlled(2).underWay;
    });
    const outcome = Promise.allSettled([second]);
    const closed = runs.close();
    first.built();
    await closed;
    expect(await outcome).toMatchObject([{ reason: { code: 'cancelled' } }]);
    expect(begun).toBe(false);
  });

  test('is cancelled when the workspace closes while it begins', async () => {
    const runs = createRunsUnderWay();
    const run = controlled(1);
    const gate = Promise.withResolvers<void>();
    const started = runs.start(async () => {
      await gate.promise;
      return { ...run.underWay, cancel: () => run.built() };
    });
    await turns();
    const closed = runs.close();
    gate.resolve();
    expect(await started).toBe(1);
    await closed;
  });

  test('leaves the next one free to start when it could not', async () => {
    const runs = createRunsUnderWay();
    await expect(runs.start(() => Promise.reject(new Error('no credentials')))).rejects.toThrow('no credentials');
    expect(await runs.start(async () => controlled(1).underWay)).toBe(1);
  });
});
