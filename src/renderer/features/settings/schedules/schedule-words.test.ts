import { expect, test } from 'vitest';
import type { ScheduleState } from '#shared/model/index.ts';
import { describeSchedule, installCommand, waitingFor } from './schedule-words.ts';

const state: ScheduleState = {
  schedule: { connection: 'shop', every: '6h' },
  followed: true,
  nextAt: 5,
  lastAt: null,
  lastRun: null,
  problem: null,
  timer: null,
};

test('a schedule in words', () => {
  expect(describeSchedule(state.schedule)).toBe('every 6 hours');
  expect(describeSchedule({ ...state.schedule, every: '1d', quiet: { from: '08:00', to: '17:00' } })).toBe(
    'every day, not from 08:00 to 17:00',
  );
});

test.each<[string | null, Partial<ScheduleState>]>([
  [null, {}],
  ['paused', { schedule: { ...state.schedule, paused: true }, followed: false }],
  ['not followed on this machine', { followed: false, nextAt: null }],
  ['cannot run', { nextAt: null, problem: 'The workspace has no connection called shop.' }],
])('it waits for %s', (word, changes) => {
  expect(waitingFor({ ...state, ...changes })).toBe(word);
});

test('the command that installs it can be pasted whatever the name', () => {
  expect(installCommand('shop-1')).toBe('groundplan schedule install shop-1');
  expect(installCommand("ada's; rm")).toBe(String.raw`groundplan schedule install 'ada'\''s; rm'`);
});
