import { expect, test } from 'vitest';
import { awsKinds } from './kinds.ts';
import { awsDiscoveryPolicy } from './policy.ts';
import { awsSteps } from './steps.ts';

test('every kind has exactly one step, every step its permissions', () => {
  const kinds = awsSteps.flatMap(({ declaration }) => declaration.kinds);
  expect([...kinds].sort()).toEqual(Object.keys(awsKinds).sort());
  expect(new Set(awsSteps.map(({ declaration }) => declaration.id)).size).toBe(awsSteps.length);
  for (const { declaration } of awsSteps) expect(declaration.permissions.length).toBeGreaterThan(0);
});

test('the policy allows reading and nothing else', () => {
  const policy = JSON.parse(awsDiscoveryPolicy().text) as { Statement: { Action: string[]; Resource: string }[] };
  const actions = policy.Statement.flatMap(({ Action }) => Action);
  expect(actions).toContain('ec2:DescribeVpcs');
  const writing = actions.filter((action) => !/:(Describe|List|Get|GET|Search|Select)/u.test(action));
  expect(writing).toEqual(['sts:AssumeRole']);
  // Taking any role that would let one in is more than reading.
  const taking = policy.Statement.find(({ Action }) => Action.includes('sts:AssumeRole'));
  expect(taking).toMatchObject({ Action: ['sts:AssumeRole'], Resource: 'arn:aws:iam::*:role/GroundplanReader' });
});
