import { expect, test } from 'vitest';
import { awsScopeId, canonicalId } from './canonical-id.ts';

test('an ARN stays as the cloud gave it', () => {
  const arn = 'arn:aws:sqs:eu-west-1:111122223333:orders';
  expect(canonicalId({ cloud: 'aws', arn })).toBe(arn);
});

test('where the API gives none an ARN is made with the owner, not the caller', () => {
  expect(
    canonicalId({
      cloud: 'aws',
      partition: 'aws-cn',
      service: 'ec2',
      region: 'cn-north-1',
      owner: '444455556666',
      resource: 'subnet/subnet-1',
    }),
  ).toBe('arn:aws-cn:ec2:cn-north-1:444455556666:subnet/subnet-1');
});

test('addresses and ranges have a space of their own', () => {
  expect(canonicalId({ cloud: 'other', space: 'ip', value: '192.0.2.1' })).toBe('ip:192.0.2.1');
  expect(canonicalId({ cloud: 'other', space: 'cidr', value: '10.0.0.0/8' })).toBe('cidr:10.0.0.0/8');
});

test('scopes are named by kind', () => {
  expect(awsScopeId('account', '111122223333')).toBe('aws:account:111122223333');
});
