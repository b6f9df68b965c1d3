import { expect, it } from 'vitest';
import { describeCoverage } from './describe-coverage.ts';

const denied = {
  scope: 'aws:account:1',
  region: 'eu-west-1',
  kind: 'aws.sqs.queue',
  status: 'denied',
  permission: 'sqs:ListQueues',
  error: 'no',
} as const;
const places = [{ scope: denied.scope, region: denied.region }];
const advice = { text: 'Grant sqs:ListQueues to role reader in account 1.', copy: '{}', cells: 2, places };
const nothing = { total: 0, rows: [] };

it('names what is not complete, and what would open it', () => {
  const summary = { cells: 3, byStatus: { complete: 1, denied: 1, disabled: 1 } };
  const told = describeCoverage({
    summary,
    cells: { total: 1, rows: [denied] },
    advice: { total: 1, rows: [advice] },
  });
  expect(told).toBe(
    [
      '1 of 3 cells are complete, 1 of regions or services that are not enabled.',
      '',
      'scope          region     kind           status  permission      error',
      'aws:account:1  eu-west-1  aws.sqs.queue  denied  sqs:ListQueues  no',
      '',
      'To see more (`--json` has what to paste):',
      '  Grant sqs:ListQueues to role reader in account 1. (2 cells)',
    ].join('\n'),
  );
});

it('counts what is too much to name', () => {
  const summary = { cells: 700_000, byStatus: { denied: 700_000 } };
  const told = describeCoverage({
    summary,
    cells: { total: 700_000, rows: [denied] },
    advice: { total: 1000, rows: [advice] },
  });
  expect(told).toContain('0 of 700,000 cells are complete.');
  expect(told).toContain('and 699999 more, which `--json` has.');
  expect(told).toContain('and 999 more, which `--json` has.');
});

it('is one sentence where all could be seen', () => {
  const all = (cells: number) =>
    describeCoverage({ summary: { cells, byStatus: { complete: cells } }, cells: nothing, advice: nothing });
  expect(all(1)).toBe('1 of 1 cell is complete.');
  expect(all(2)).toBe('2 of 2 cells are complete.');
  expect(all(0)).toBe('Nothing was mapped yet.');
});
