import { expect, test } from 'vitest';
import type { DriftItem, DriftReport } from '#shared/model/index.ts';
import { driftState } from './drift-state.ts';

const item: DriftItem = {
  id: '1',
  environment: 'eu',
  node: 'networking',
  address: 'aws_security_group.web',
  type: 'aws_security_group',
  cloudId: 'sg-1',
  resourceId: null,
  change: 'changed',
  side: 'reality',
  attributes: [],
  decision: null,
};
const report = (parts: Partial<DriftReport>): DriftReport => ({
  environment: 'eu',
  status: 'none',
  checkedAt: 0,
  items: [],
  failures: [],
  ...parts,
});

test('a report is only without drift when everything was read and nothing differs', () => {
  expect(driftState(null).text).toBe('Never checked');
  expect(driftState(report({})).text).toBe('No drift');
  expect(driftState(report({ failures: [{ node: 'data', message: 'denied' }] })).text).toBe('Not fully read');
  expect(driftState(report({ status: 'drifted', items: [item] })).text).toBe('1 difference');
  const decided = {
    ...item,
    decision: { action: 'ignore' as const, by: 'me', at: 0, reason: 'known', until: null, result: null },
  };
  expect(driftState(report({ status: 'drifted', items: [decided] })).text).toBe('All decided');
});
