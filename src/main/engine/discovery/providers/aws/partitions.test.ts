import { expect, test } from 'vitest';
import { homeRegion, partitionOfRegion } from './partitions.ts';

test.each([
  ['eu-west-1', 'aws', 'us-east-1'],
  ['cn-northwest-1', 'aws-cn', 'cn-north-1'],
  ['us-gov-east-1', 'aws-us-gov', 'us-gov-west-1'],
  ['us-isob-east-1', 'aws-iso-b', 'us-isob-east-1'],
  ['us-iso-west-1', 'aws-iso', 'us-iso-east-1'],
  ['eusc-de-east-1', 'aws-eusc', 'eusc-de-east-1'],
])('%s lies in %s, whose global services answer in %s', (region, partition, home) => {
  expect(partitionOfRegion(region).name).toBe(partition);
  expect(homeRegion(partition)).toBe(home);
});
