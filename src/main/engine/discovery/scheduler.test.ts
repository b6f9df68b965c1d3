import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createMemoryFactStore, type MemoryFactStore } from '#test/support/facts/memory-fact-store.ts';
import type { ResourceFact, ScopeFact } from '#shared/model/index.ts';
import type { CellTask } from './cell-task.ts';
import { ProgressBoard } from './progress-board.ts';
import { openTasks, runTasks, type SchedulerLimits } from './scheduler.ts';
import type { CellFailure, StepPage } from './step.ts';

const limits: SchedulerLimits = { concurrency: 4, perQueue: 1, cellMilliseconds: 5000 };

function fact(id: string, kind: string): ResourceFact {
  return {
    id,
    cloud: 'aws',
    kind,
    category: 'other',
    name: id,
    nativeId: id,
    scopeId: 'aws:account:1',
    region: 'eu-west-1',
    zone: null,
    state: null,
    createdAt: null,
    public: null,
    cidr: null,
    ip: null,
    tags: {},
    raw: {},
  };
}

function pageOf(kind: string, ids: readonly string[], gap?: CellFailure): StepPage {
  return {
    kind,
    resources: ids.map((id) => fact(id, kind)),
    relationships: [],
    ...(gap === undefined ? {} : { gap }),
  };
}

const failed: CellFailure = { status: 'failed', message: 'broken', permission: null, unreachable: false };

function task(kind: string, list: CellTask['list'], rest: Partial<CellTask> = {}): CellTask {
  return {
    places: [{ scope: 'aws:account:1', scopeName: 'one', region: 'eu-west-1' }],
    service: kind,
    declaration: { id: kind, cloud: 'aws', kinds: [kind], relationships: [], permissions: [], apis: [], global: false },
    maximumRows: 100,
    failure: null,
    classify: (thrown) => ({ ...failed, message: String(thrown) }),
    list,
    ...rest,
  };
}

async function run(
  tasks: readonly CellTask[],
  options: { readonly signal?: AbortSignal; readonly facts?: MemoryFactStore; readonly limits?: SchedulerLimits } = {},
) {
  const facts = options.facts ?? createMemoryFactStore();
  const writer = await facts.startRun({ source: 'live', clouds: ['aws'] });
  const board = new ProgressBoard(writer.run);
  board.plan(tasks);
  await runTasks(tasks, {
    writer,
    board,
    limits: options.limits ?? limits,
    signal: options.signal ?? new AbortController().signal,
  });
  return { facts, board, statuses: Object.fromEntries(facts.cells.map(({ kind, status }) => [kind, status])) };
}

test('every cell is sealed with its pages, rows and outcome; a failure touches no other cell', async () => {
  const { facts } = await run([
    task('good', async function* () {
      yield pageOf('good', ['a', 'b']);
      yield pageOf('good', ['c']);
    }),
    task('bad', async function* () {
      yield pageOf('bad', ['d']);
      await Promise.reject(new Error('no'));
    }),
    task('empty', async function* () {}),
  ]);
  const sealed = facts.cells.map(({ kind, status, pages, rows, error }) => ({ kind, status, pages, rows, error }));
  expect(sealed.sort((a, b) => a.kind.localeCompare(b.kind))).toEqual([
    { kind: 'bad', status: 'failed', pages: 1, rows: 1, error: 'Error: no' },
    { kind: 'empty', status: 'complete', pages: 0, rows: 0, error: null },
    { kind: 'good', status: 'complete', pages: 2, rows: 3, error: null },
  ]);
});

test('a gap keeps its rows and the cell from being complete', async () => {
  const gap: CellFailure = { status: 'denied', message: 'no', permission: 'x:Get', unreachable: false };
  const { facts } = await run([
    task('kind', async function* () {
      yield pageOf('kind', ['a'], gap);
      yield pageOf('kind', ['b']);
    }),
  ]);
  expect(facts.cells[0]).toMatchObject({ status: 'denied', permission: 'x:Get', rows: 2 });
});

test('rows beyond the cap close the cell as truncated, never silently', async () => {
  const { facts } = await run([
    task(
      'kind',
      async function* () {
        yield pageOf('kind', ['a', 'b']);
        yield pageOf('kind', ['c']);
      },
      { maximumRows: 2 },
    ),
  ]);
  expect(facts.cells[0]).toMatchObject({ status: 'truncated', rows: 2 });
});

test('a place that comes up in a listing has cells like the others, and shares the end of the listing', async () => {
  const found = { scope: 'aws:account:2', scopeName: 'two', region: 'eu-west-1' };
  const { facts } = await run([
    task('kind', async function* () {
      yield { found };
      yield { ...pageOf('kind', ['a']), place: found };
    }),
    task('broken', async function* () {
      yield { found };
      await Promise.reject(new Error('no'));
    }),
  ]);
  expect(facts.cells.map(({ scope, kind, status, rows }) => `${scope} ${kind} ${status} ${rows}`).sort()).toEqual([
    'aws:account:1 broken failed 0',
    'aws:account:1 kind complete 0',
    'aws:account:2 broken failed 0',
    'aws:account:2 kind complete 1',
  ]);
});

test('tasks of one queue run one after the other, queues side by side within the bound', async () => {
  let running = 0;
  let most = 0;
  const perQueue = new Map<string, number>();
  let mostPerQueue = 0;
  const counted = (service: string, kind: string) =>
    task(
      kind,
      async function* () {
        running += 1;
        perQueue.set(service, (perQueue.get(service) ?? 0) + 1);
        most = Math.max(most, running);
        mostPerQueue = Math.max(mostPerQueue, ...perQueue.values());
        await delay(10);
        running -= 1;
        perQueue.set(service, (perQueue.get(service) ?? 0) - 1);
        yield pageOf(kind, [kind]);
      },
      { service },
    );
  const services = ['a', 'b', 'c', 'd', 'e', 'f'];
  await run(services.flatMap((service) => [1, 2, 3].map((number) => counted(service, `${service}${number}`))));
  expect(most).toBe(4);
  expect(mostPerQueue).toBe(1);
});

test('after nobody answered, the rest of the queue is not tried; other queues are', async () => {
  const silent: CellFailure = { status: 'timed-out', message: 'silence', permission: null, unreachable: true };
  const throwing = async function* (): AsyncGenerator<StepPage> {
    yield await Promise.reject(new Error('silence'));
  };
  const { statuses, facts } = await run([
    task('first', throwing, { service: 'ec2', classify: () => silent }),
    task('second', throwing, { service: 'ec2', classify: () => silent }),
    task('third', async function* () {}, { service: 'sqs' }),
  ]);
  expect(statuses).toEqual({ first: 'timed-out', second: 'not-tried', third: 'complete' });
  expect(facts.cells.find(({ kind }) => kind === 'second')?.error).toBe('Not tried, because: silence');
});

test('cancelling keeps complete cells and tells the others as not tried', async () => {
  const stop = new AbortController();
  const { statuses } = await run(
    [
      task(
        'done',
        async function* () {
          yield pageOf('done', ['a']);
        },
        { service: 'one' },
      ),
      task(
        'hanging',
        async function* (signal) {
          yield pageOf('hanging', ['b']);
          stop.abort();
          await delay(60_000, undefined, { signal });
        },
        { service: 'one' },
      ),
      task('waiting', async function* () {}, { service: 'one' }),
    ],
    { signal: stop.signal },
  );
  expect(statuses).toEqual({ done: 'complete', hanging: 'not-tried', waiting: 'not-tried' });
});

test('a cell that takes too long is closed as timed out', async () => {
  const { facts } = await run(
    [
      task('slow', async function* (signal) {
        await delay(60_000, undefined, { signal });
        yield pageOf('slow', []);
      }),
    ],
    { limits: { ...limits, cellMilliseconds: 50 } },
  );
  expect(facts.cells[0]).toMatchObject({ status: 'timed-out' });
});

test('when facts cannot be written the run ends with that error, not with a false ledger', async () => {
  const facts = createMemoryFactStore({
    beforePage: () => {
      throw new Error('disk full');
    },
  });
  const listing = task('kind', async function* () {
    yield pageOf('kind', ['a']);
  });
  await expect(run([listing], { facts })).rejects.toThrow('disk full');
  expect(facts.cells).toEqual([]);
});

describe('a listing over several places', () => {
  const places: CellTask['places'] = [
    { scope: 'azure:subscription:1', scopeName: 'one', region: '*' },
    { scope: 'azure:subscription:2', scopeName: 'two', region: '*' },
  ];
  const at = (page: StepPage, scope: string): StepPage => ({ ...page, place: { scope, region: '*' } });

  test('seals a cell for every place and kind, and a gap only where it is', async () => {
    const wide = task(
      'vm',
      async function* () {
        yield at(pageOf('vm', ['a']), 'azure:subscription:1');
        yield at(pageOf('vm', ['b'], { ...failed, message: 'a body could not be read' }), 'azure:subscription:2');
      },
      { places },
    );
    const { facts, board } = await run([wide]);
    expect(facts.cells.map(({ scope, rows, status }) => [scope, rows, status])).toEqual([
      ['azure:subscription:1', 1, 'complete'],
      ['azure:subscription:2', 1, 'failed'],
    ]);
    expect(board.snapshot().cells.map(({ scopeName, done, total, worst }) => [scopeName, done, total, worst])).toEqual([
      ['one', 1, 1, 'complete'],
      ['two', 1, 1, 'failed'],
    ]);
  });

  test('a listing that breaks off leaves none of its cells complete', async () => {
    const wide = task(
      'vm',
      async function* () {
        yield at(pageOf('vm', ['a']), 'azure:subscription:1');
        throw new Error('cut');
      },
      { places },
    );
    const { facts } = await run([wide]);
    expect(facts.cells.map(({ status }) => status)).toEqual(['failed', 'failed']);
  });

  test('a place that is done keeps its outcome, whatever happens to the rest', async () => {
    const denied: CellFailure = { ...failed, status: 'denied', message: 'not readable' };
    const [first, second] = places.map(({ scope, region }) => ({ scope, region }));
    const third = { scope: 'azure:subscription:3', scopeName: 'three', region: '*' };
    if (first === undefined || second === undefined) throw new Error('places');
    const wide = task(
      'vm',
      async function* () {
        yield at(pageOf('vm', ['a']), first.scope);
        yield { done: first, failure: null };
        yield { done: second, failure: denied };
        yield at(pageOf('vm', ['c']), third.scope);
        throw new Error('cut');
      },
      { places: [...places, third] },
    );
    const { facts, board } = await run([wide]);
    expect(facts.cells.map(({ scope, rows, status }) => [scope, rows, status])).toEqual([
      [first.scope, 1, 'complete'],
      [second.scope, 0, 'denied'],
      [third.scope, 1, 'failed'],
    ]);
    expect(board.snapshot().run).toMatchObject({ incompleteCells: 2 });
  });

  test('scopes that only the listing tells are kept', async () => {
    const group: ScopeFact = {
      id: 'azure:resource-group:1/shop',
      cloud: 'azure',
      kind: 'resource-group',
      name: 'shop',
      nativeId: 'shop',
      parentId: 'azure:subscription:1',
    };
    const wide = task(
      'vm',
      async function* () {
        yield { ...at(pageOf('vm', ['a']), 'azure:subscription:1'), scopes: [group] };
      },
      { places },
    );
    expect((await run([wide])).facts.scopes).toEqual([group]);
  });
});

test('tasks that share a queue of their own wait for each other, wherever they look', async () => {
  let running = 0;
  let most = 0;
  const counted = (kind: string, scope: string) =>
    task(
      kind,
      async function* () {
        running += 1;
        most = Math.max(most, running);
        await delay(10);
        running -= 1;
        yield pageOf(kind, []);
      },
      { queue: 'azure tenant', places: [{ scope, scopeName: scope, region: '*' }] },
    );
  await run([counted('one', 'a'), counted('two', 'b'), counted('three', 'c')]);
  expect(most).toBe(1);
});

test('a listing that keeps bringing rows is not overdue, one that brings none is', async () => {
  const steady = task('steady', async function* () {
    for (let page = 0; page < 6; page += 1) {
      await delay(60);
      yield pageOf('steady', [`r${page}`]);
    }
  });
  const endless = task('endless', async function* (signal) {
    for (;;) {
      await delay(20, undefined, { signal });
      yield pageOf('endless', []);
    }
  });
  const { statuses } = await run([steady, endless], { limits: { ...limits, cellMilliseconds: 250 } });
  expect(statuses).toEqual({ steady: 'complete', endless: 'timed-out' });
});

describe('a run that is taken up again', () => {
  const isDone = ({ kind }: { readonly kind: string }) => kind === 'done';

  test('leaves out what has nothing left', () => {
    const tasks = [task('done', () => never()), task('open', () => never())];
    expect(openTasks(tasks, isDone).map(({ service }) => service)).toEqual(['open']);
  });

  test('seals of a listing only the cells that were not complete', async () => {
    const both = task('both', async function* () {
      yield pageOf('done', ['a']);
      yield pageOf('open', ['b']);
      throw new Error('cut off');
    });
    const facts = createMemoryFactStore();
    const writer = await facts.startRun({ source: 'live', clouds: ['aws'] });
    const board = new ProgressBoard(writer.run);
    const tasks = [{ ...both, declaration: { ...both.declaration, kinds: ['done', 'open'] } }];
    board.plan(tasks);
    await runTasks(tasks, { writer, board, limits, isDone, signal: new AbortController().signal });
    expect(facts.cells).toMatchObject([{ kind: 'open', status: 'failed' }]);
    expect(facts.resources.map(({ id }) => id)).toEqual(['b']);
    expect(board.snapshot().cells).toMatchObject([{ done: 2, total: 2, worst: 'failed' }]);
  });

  function never(): AsyncIterable<StepPage> {
    throw new Error('It is not listed.');
  }
});

test('what takes long begins first, within its queue and over all', async () => {
  const begun: string[] = [];
  const noting = (kind: string, queue: string, expectedSeconds?: number): CellTask =>
    task(
      kind,
      async function* () {
        begun.push(kind);
        await delay(1);
        yield pageOf(kind, []);
      },
      { queue, ...(expectedSeconds === undefined ? {} : { expectedSeconds }) },
    );
  await run([noting('first', 'a'), noting('short', 'a', 0.1), noting('long', 'b', 2), noting('longest', 'a', 3)], {
    limits: { ...limits, concurrency: 1 },
  });
  expect(begun).toEqual(['first', 'long', 'longest', 'short']);
});
