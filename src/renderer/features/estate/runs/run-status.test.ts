import { expect, test } from 'vitest';
import type { RunFocus } from '#shared/model/index.ts';
import { callsInBrief, callsText, focusText } from './run-status.ts';

test.each([
  [{ made: 1204, empty: 313, throttled: 0, spared: 0 }, '1204, 313 of them empty (26 %)'],
  [
    { made: 900, empty: 45, throttled: 2, spared: 310 },
    '900, 45 of them empty (5 %), 310 spared by a census, 2 refused as too many',
  ],
  [{ made: 0, empty: 0, throttled: 0, spared: 0 }, 'none'],
])('%j is told as %s', (calls, text) => {
  expect(callsText(calls)).toBe(text);
});

test.each([
  [{ made: 1204, empty: 313, throttled: 0, spared: 9 }, '1,204, 26 % empty'],
  [{ made: 900, empty: 45, throttled: 2, spared: 310 }, '900, 5 % empty'],
  [{ made: 0, empty: 0, throttled: 0, spared: 0 }, 'none'],
])('%j is told in brief as %s', (calls, text) => {
  expect(callsInBrief(calls)).toBe(text);
});

test('what a run was narrowed to names the first kinds and counts the others', () => {
  const kinds = ['gcp.compute.disk', 'gcp.compute.network', 'gcp.dns.managedzone', 'gcp.sql.instance'];
  const focus: RunFocus[] = [
    { cloud: 'azure', kinds: ['azure.compute.disks'], at: null },
    { cloud: 'gcp', kinds, at: 5 },
  ];
  expect(focusText(focus, (at) => `moment ${at}`)).toBe(
    'Azure: only azure.compute.disks; ' +
      'Google Cloud: only gcp.compute.disk, gcp.compute.network, gcp.dns.managedzone and 1 more, as of moment 5',
  );
});
