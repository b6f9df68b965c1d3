import { expect, test } from 'vitest';
import { CallCounter } from './call-counter.ts';

const answer = { $metadata: { requestId: 'r' } };

test.each([
  [{ ...answer, Vpcs: [] }, 1],
  [{ ...answer, Vpcs: [{ VpcId: 'vpc-1' }] }, 0],
  [{ ...answer }, 1],
  [{ ...answer, DistributionList: { Quantity: 0, IsTruncated: false } }, 1],
  [{ ...answer, DistributionList: { Quantity: 1, Items: [{ Id: 'd' }] } }, 0],
  [{ ...answer, Users: [], Roles: [{}], Policies: [] }, 0],
])('a page %j counts %i times as empty', (page, empty) => {
  const counter = new CallCounter();
  counter.listed(page);
  expect(counter.counts.empty).toBe(empty);
});
