import { describe, expect, it } from 'vitest';
import { AppError, toWireError } from '#shared/errors/index.ts';
import { compareValues } from './data-table/use-rows.ts';
import { durationText, relativeText } from './relative-time.tsx';
import { shortenMiddle } from './short-id.tsx';
import { errorDetails } from './states.tsx';

const minute = 60_000;

describe('texts of the interface', () => {
  it('shortens ids in the middle, where the end tells most', () => {
    expect(shortenMiddle('vpc-0a1b', 20)).toBe('vpc-0a1b');
    const short = shortenMiddle('arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0a1b2c3d', 20);
    expect(short).toHaveLength(20);
    expect(short).toMatch(/^arn:aws….*2c3d$/);
  });

  it.each([
    [-20, 'just now'],
    [15_000, 'just now'],
    [40_000, 'in a moment'],
    [-12 * minute, '12 min. ago'],
    [-3 * 60 * minute, '3 hr. ago'],
    [2 * minute, 'in 2 min.'],
  ])('says %i ms from now as %s', (offset, text) => {
    expect(relativeText(1_000_000_000 + offset, 1_000_000_000)).toBe(text);
  });

  it.each([
    [400, '0.4 s'],
    [31_200, '31 s'],
    [192_000, '3 min 12 s'],
    [3_720_000, '1 h 02 min'],
  ])('says %i ms as %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });

  it('copies an error with its code, its advice and its place, and no stack', () => {
    const error = new AppError('access-denied', 'Listing was denied.', {
      advice: 'Ask for ec2:DescribeVpcs.',
      details: { region: 'eu-west-1' },
    });
    expect(errorDetails(toWireError(error))).toBe(
      'access-denied: Listing was denied.\nAsk for ec2:DescribeVpcs.\nregion: "eu-west-1"',
    );
  });

  it('sorts as people do, empty values last', () => {
    expect(['b10', null, 'b9', 'a'].toSorted(compareValues)).toEqual(['a', 'b9', 'b10', null]);
    expect([10, 9, null].toSorted(compareValues)).toEqual([9, 10, null]);
  });
});
