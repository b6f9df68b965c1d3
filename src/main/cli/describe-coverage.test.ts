import { expect, it } from 'vitest';
import { describeCoverage } from './describe-coverage.ts';

const cell = {
  scope: 'aws:account:1',
  region: 'eu-west-1',
  kind: 'aws.ec2.vpc',
  status: 'complete',
  pages: 1,
  rows: 3,
  error: null,
  permission: null,
} as const;
const denied = { ...cell, kind: 'aws.sqs.queue', status: 'denied', permission: 'sqs:ListQueues', error: 'no' } as const;
const off = { ...cell, region: 'af-south-1', status: 'disabled' } as const;
const places = [{ scope: cell.scope, region: cell.region }];

it('names what is not complete, and what would open it', () => {
  const advice = [{ text: 'Grant sqs:ListQueues to role reader in account 1.', copy: '{}', cells: 2, places }];
  expect(describeCoverage({ cells: [cell, denied, off], advice })).toBe(
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

it('is one sentence where all could be seen', () => {
  expect(describeCoverage({ cells: [cell], advice: [] })).toBe('1 of 1 cells are complete.');
  expect(describeCoverage({ cells: [], advice: [] })).toBe('Nothing was mapped yet.');
});
