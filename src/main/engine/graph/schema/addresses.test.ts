import { describe, expect, test } from 'vitest';
import { addressRange, contains } from './addresses.ts';

describe('addressRange', () => {
  test.each([
    ['10.0.0.1', '40a000001', '40a000001'],
    ['10.0.0.0/8', '40a000000', '40affffff'],
    ['10.1.2.3/16', '40a010000', '40a01ffff'],
    ['0.0.0.0/0', '400000000', '4ffffffff'],
    ['::1', `6${'0'.repeat(31)}1`, `6${'0'.repeat(31)}1`],
    ['2001:db8::/32', `620010db8${'0'.repeat(24)}`, `620010db8${'f'.repeat(24)}`],
    ['::ffff:10.0.0.1', '40a000001', '40a000001'],
    ['::ffff:a00:1', '40a000001', '40a000001'],
    ['0:0:0:0:0:ffff:a00:1', '40a000001', '40a000001'],
    ['::ffff:10.1.2.3/112', '40a010000', '40a01ffff'],
    // Half of what lies here is no IPv4.
    ['::ffff:10.0.0.1/90', `6${'0'.repeat(20)}ffc0${'0'.repeat(8)}`, `6${'0'.repeat(20)}ffff${'f'.repeat(8)}`],
  ])('reads %s', (text, first, last) => {
    expect(addressRange(text)).toEqual({ first, last });
  });

  test.each([
    '',
    'vpc-1',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '010.0.0.1',
    '1.2.3.4.5',
    '1..2.3',
    '1.2.3.',
    '00.0.0.0',
    'a::b::c',
  ])('is null for %j', (text) => {
    expect(addressRange(text)).toBeNull();
  });

  test('puts a smaller network inside a larger one, and never across families', () => {
    const [large, small, other] = ['10.0.0.0/8', '10.9.0.0/16', '::/0'].map(addressRange);
    expect(large && small && contains(large, small)).toBe(true);
    expect(large && small && contains(small, large)).toBe(false);
    expect(small && other && contains(other, small)).toBe(false);
  });
});
