import { describe, expect, it } from 'vitest';
import { completeShare, type CoverageCell } from '#shared/model/index.ts';
import { coverageMatrix, missingPermissions } from './coverage-matrix.ts';

function cell(region: string, kind: string, more: Partial<CoverageCell> = {}): CoverageCell {
  return {
    run: 1,
    scope: 'aws:account:1',
    region,
    kind,
    status: 'complete',
    pages: 1,
    rows: 3,
    error: null,
    permission: null,
    ...more,
  };
}

const denied = { status: 'denied', error: 'AccessDenied', permission: 'ec2:DescribeVpcs' } as const;
const cells = [
  cell('eu-west-1', 'aws.ec2.vpc', denied),
  cell('eu-west-1', 'aws.ec2.subnet'),
  cell('us-east-1', 'aws.ec2.vpc', denied),
  cell('us-east-1', 'aws.sqs.queue', { ...denied, permission: 'sqs:ListQueues' }),
  cell('af-south-1', 'aws.ec2.vpc', { status: 'disabled' }),
];

describe('coverage', () => {
  it('is a row for each scope and region and a column for each kind', () => {
    const { kinds, rows } = coverageMatrix(cells);
    expect(kinds).toEqual(['aws.ec2.subnet', 'aws.ec2.vpc', 'aws.sqs.queue']);
    expect(rows.map((row) => [row.region, row.cells.size, row.incomplete])).toEqual([
      ['eu-west-1', 2, 1],
      ['us-east-1', 2, 2],
      ['af-south-1', 1, 0],
    ]);
  });

  it('counts what could be read of what is switched on', () => {
    expect(completeShare(cells)).toBe(1 / 4);
    expect(completeShare([])).toBeNull();
  });

  it('counts every permission that is missing once', () => {
    expect(missingPermissions(cells)).toBe(2);
  });
});
