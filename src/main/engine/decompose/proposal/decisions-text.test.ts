import { expect, it } from 'vitest';
import { splitDecisionsSchema } from '#shared/model/index.ts';
import { decisionsText } from './decisions-text.ts';

it('decisions are told by the names they have in a file of pins, and only those that were made', () => {
  expect(decisionsText(splitDecisionsSchema.parse({}))).toBe('fineness medium');
  const made = splitDecisionsSchema.parse({
    groups: 4,
    files: false,
    pins: { 'aws_vpc.main': 'network', 'aws_subnet.*': 'network' },
    names: { 'vpc-main': 'network' },
    boundaries: { network: 'security' },
  });
  expect(decisionsText(made)).toBe(
    'groups 4; files false; pins aws_vpc.main: network, aws_subnet.*: network; names vpc-main: network; boundaries network: security',
  );
});
