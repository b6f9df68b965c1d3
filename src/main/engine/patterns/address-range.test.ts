import { expect, test } from 'vitest';
import { positionIn } from './address-range.ts';

test('says where a range lies in its network, as cidrsubnet takes it', () => {
  expect(positionIn('10.20.0.0/16', '10.20.101.0/24')).toEqual({ bits: 8, number: 101 });
  expect(positionIn('10.20.0.0/16', '10.20.0.0/20')).toEqual({ bits: 4, number: 0 });
  expect(positionIn('255.0.0.0/8', '255.255.255.254/31')).toEqual({ bits: 23, number: 8_388_607 });
});

test('gives nothing for ranges outside, for the network itself and for what is no range', () => {
  expect(positionIn('10.20.0.0/16', '10.21.0.0/24')).toBeNull();
  expect(positionIn('10.20.0.0/16', '10.20.0.0/16')).toBeNull();
  expect(positionIn('10.20.0.0/16', '10.20.0.0/8')).toBeNull();
  expect(positionIn('10.20.0.0/16', 'fd00::/64')).toBeNull();
  expect(positionIn('10.20.0.0/16', '10.20.0.300/24')).toBeNull();
});
