import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { splitDecisionsSchema } from '#shared/model/index.ts';
import { pinsText } from './pins-text.ts';

it('decisions are written as a file that says the same', () => {
  const decisions = splitDecisionsSchema.parse({
    fineness: 'fine',
    groups: 4,
    files: false,
    pins: { 'aws_vpc.main': 'network', 'aws_subnet.*': 'network' },
    names: { 'vpc-main': 'network' },
    boundaries: { network: 'security' },
  });
  expect(splitDecisionsSchema.parse(parse(pinsText(decisions)))).toEqual(decisions);
  const none = splitDecisionsSchema.parse({});
  expect(splitDecisionsSchema.parse(parse(pinsText(none)))).toEqual(none);
});
