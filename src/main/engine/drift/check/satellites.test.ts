import { expect, test } from 'vitest';
import { isAccountedFor } from './satellites.ts';

const rule = (from: number, source: object) => ({
  from_port: from,
  to_port: from,
  protocol: 'tcp',
  cidr_blocks: [],
  security_groups: [],
  self: false,
  ...source,
});
const group = {
  type: 'aws_security_group',
  attribute: 'ingress',
  values: { id: 'sg-1' },
  deployed: [],
  actual: [rule(80, { cidr_blocks: ['10.0.0.0/8', '192.168.0.0/16'] }), rule(22, { self: true })],
};
const managed = (values: object) => ({
  type: 'aws_security_group_rule',
  values: { security_group_id: 'sg-1', type: 'ingress', ...values },
});

test('separate rules account for a group source by source, however the cloud groups them', () => {
  const one = managed(rule(80, { cidr_blocks: ['10.0.0.0/8'] }));
  const other = managed(rule(80, { cidr_blocks: ['192.168.0.0/16'] }));
  const self = managed(rule(22, { self: true }));
  expect(isAccountedFor(group, [one, other, self])).toBe(true);
  expect(isAccountedFor(group, [one, self])).toBe(false);
  expect(isAccountedFor({ ...group, values: { id: 'sg-2' } }, [one, other, self])).toBe(false);
});

test('a policy of its own accounts for the attribute that repeats it', () => {
  const topic = { type: 'aws_sns_topic', attribute: 'policy', values: { arn: 'arn:t' }, deployed: 'a', actual: 'b' };
  expect(isAccountedFor(topic, [{ type: 'aws_sns_topic_policy', values: { arn: 'arn:t' } }])).toBe(true);
  expect(isAccountedFor(topic, [{ type: 'aws_sns_topic_policy', values: { arn: 'arn:u' } }])).toBe(false);
});
