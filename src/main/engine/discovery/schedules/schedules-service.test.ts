import { hash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Call, Consents } from '#engine/ports/index.ts';
import { openConsents } from '#engine/workspace/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Connection, DiscoverRequest, Run, Schedule } from '#shared/model/index.ts';
import { createScheduleMemory } from './schedule-memory.ts';
import { createSchedules, type FollowedSchedules } from './schedules-service.ts';

const hour = 3_600_000;
const call: Call = { signal: new AbortController().signal, actor: { kind: 'command-line', name: 'test' } };
const shop: Connection = { name: 'shop', cloud: 'aws', profiles: ['shop'] };
const bank: Connection = { name: 'bank', cloud: 'gcp', scopes: ['projects/bank'] };

let folder: string;
/** Where the user's settings are, outside of the workspace. */
let settings: string;
let consents: Consents;
let connections: Connection[];
let schedules: Schedule[];
let time: number;
let clockStep: number;
let started: DiscoverRequest[];
let answer: () => Promise<{ run: number }>;
let notices: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundplan-schedules-'));
  settings = await mkdtemp(join(tmpdir(), 'groundplan-settings-'));
  consents = await openConsents(settings, folder);
  connections = [shop, bank];
  schedules = [];
  time = new Date(2026, 0, 5, 9).getTime();
  clockStep = 0;
  started = [];
  notices = [];
  answer = () => Promise.resolve({ run: started.length });
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await rm(settings, { recursive: true });
});

/** The schedules as a new start of the program finds them. */
function open(): FollowedSchedules {
  return createSchedules({
    workspace: {
      document: () => ({ groundplan: 1, name: 'test', schedules }),
      connections: () => connections,
      saveSchedules: (change) => {
        schedules = [...change(schedules)];
        return Promise.resolve();
      },
      notify: ({ title }) => notices.push(title),
      readOnly: null,
    },
    discovery: {
      start: (request) => {
        started.push(request);
        return answer();
      },
    },
    facts: { runs: () => Promise.resolve(started.map((_, index) => ({ id: index + 1, status: 'complete' }) as Run)) },
    memory: createScheduleMemory(join(folder, 'schedules.json'), consents),
    events: { changed: () => {} },
    clock: { now: () => (time += clockStep) },
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    timerOf: () => Promise.resolve(null),
    self: call,
  });
}

const save = (schedule: Schedule) => open().service.save(schedule, call);
const hourly: Schedule = { connection: 'shop', every: '1h', jitter: 0 };

describe('while the app runs', () => {
  test('a connection is mapped at once, and then after its interval', async () => {
    await save(hourly);
    const app = open();
    for (const minutes of [0, 30, 30, 30, 30]) {
      time += (minutes * hour) / 60;
      await app.tick();
    }
    expect(started).toEqual([1, 2, 3].map(() => ({ clouds: [{ cloud: 'aws', profiles: ['shop'] }], kinds: [] })));
    expect(await app.service.list(undefined, call)).toMatchObject([
      { nextAt: time + hour, lastAt: time, lastRun: { id: 3, status: 'complete' }, problem: null, followed: true },
    ]);
  });

  test('runs that were missed are made up by one', async () => {
    await save(hourly);
    await open().tick();
    time += 50 * hour;
    const later = open();
    await later.tick();
    await later.tick();
    expect(started).toHaveLength(2);
  });

  test('never two at once: while another run is under way all wait, and lose nothing', async () => {
    await save(hourly);
    answer = () => Promise.reject(new AppError('conflict', 'Discovery run 7 is under way.'));
    const app = open();
    await Promise.all([app.tick(), app.tick()]);
    expect((await app.service.list(undefined, call))[0]).toMatchObject({ lastAt: null, nextAt: time, problem: null });
    answer = () => Promise.resolve({ run: 1 });
    await app.tick();
    expect((await app.service.list(undefined, call))[0]).toMatchObject({ lastAt: time });
  });

  test('of several that are due the one that waits longest begins', async () => {
    await save(hourly);
    await save({ connection: 'bank', every: '2h', jitter: 0 });
    const app = open();
    for (let turn = 0; turn < 3; turn += 1) {
      await app.tick();
      time += 60_000;
    }
    expect(started.map(({ clouds }) => clouds[0]?.cloud)).toEqual(['aws', 'gcp']);
  });

  test('a failure is told, and the next one comes at its time', async () => {
    await save(hourly);
    answer = () =>
      Promise.reject(new AppError('credentials-expired', 'The token of shop has expired.', { advice: 'Sign in.' }));
    const app = open();
    await app.tick();
    await app.tick();
    expect(started).toHaveLength(1);
    expect(notices).toEqual(['shop could not be mapped as planned']);
    expect(await app.service.list(undefined, call)).toMatchObject([
      { problem: 'The token of shop has expired. Sign in.', lastRun: null, nextAt: time + hour },
    ]);
  });

  test('what is paused waits, and so do the quiet hours', async () => {
    await save({ ...hourly, paused: true });
    await open().tick();
    await save({ ...hourly, quiet: { from: '08:00', to: '10:00' } });
    await open().tick();
    expect(started).toEqual([]);
    time += hour;
    await open().tick();
    expect(started).toHaveLength(1);
  });
});

test('a clock that goes on while one looks keeps nothing from beginning', async () => {
  await save(hourly);
  const app = open();
  clockStep = 1;
  await app.tick();
  expect(started).toHaveLength(1);
});

describe('a schedule that nobody on this machine asked for', () => {
  test('is shown and not followed, also once its connection leads elsewhere', async () => {
    schedules = [hourly];
    await open().tick();
    expect(await open().service.list(undefined, call)).toMatchObject([{ followed: false, nextAt: null }]);
    await expect(open().service.startDue({ connection: 'shop' }, call)).rejects.toMatchObject({ code: 'conflict' });
    await save(hourly);
    connections = [{ ...shop, endpoint: 'http://127.0.0.1:1' }];
    await open().tick();
    expect(started).toEqual([]);
    expect(await open().service.list(undefined, call)).toMatchObject([{ followed: false, nextAt: null }]);
  });

  test('nor is one whose connection is gone', async () => {
    await save(hourly);
    connections = [];
    await open().tick();
    expect(started).toEqual([]);
    expect(await open().service.list(undefined, call)).toMatchObject([
      { problem: 'The workspace has no connection called shop.', nextAt: null },
    ]);
    await expect(save(hourly)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a timer of the system', () => {
  test('maps what is due and nothing else', async () => {
    await save(hourly);
    expect(await open().service.startDue({ connection: null }, call)).toEqual({
      run: 1,
      connection: 'shop',
      why: 'shop was due.',
    });
    expect(await open().service.startDue({ connection: 'shop' }, call)).toMatchObject({
      run: null,
      why: 'Nothing is due.',
    });
    expect(started).toHaveLength(1);
  });

  test('is told when it has no schedule', async () => {
    await expect(open().service.startDue({ connection: 'bank' }, call)).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('a memory of turns that is spoilt says that nothing ran', async () => {
  await save(hourly);
  await writeFile(join(folder, 'schedules.json'), '{"turns":');
  await open().tick();
  expect(started).toHaveLength(1);
});

describe('that a schedule is followed', () => {
  /** As the digest was made when it was kept in the workspace, where anybody can make it. */
  function digestOf(schedule: Schedule, connection: Connection): string {
    const ordered = (value: object) =>
      JSON.stringify(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
    return hash('sha256', `${ordered(schedule)}\n${ordered(connection)}`, 'hex');
  }

  test('is nothing that a file of the workspace can say', async () => {
    schedules = [hourly];
    const followed = { shop: digestOf(hourly, shop) };
    await writeFile(join(folder, 'schedules.json'), JSON.stringify({ turns: {}, followed }));
    await open().tick();
    expect(started).toEqual([]);
    expect(await open().service.list(undefined, call)).toMatchObject([{ followed: false, nextAt: null }]);
  });

  test('is kept in the settings of the user, for the workspace in this very place', async () => {
    await save(hourly);
    expect(await readFile(join(folder, 'schedules.json'), 'utf8').catch(() => null)).toBeNull();
    const copy = join(settings, 'copy');
    await mkdir(copy);
    consents = await openConsents(settings, copy);
    expect(await open().service.list(undefined, call)).toMatchObject([{ followed: false }]);
    consents = await openConsents(settings, folder);
    expect(await open().service.list(undefined, call)).toMatchObject([{ followed: true }]);
  });
});
