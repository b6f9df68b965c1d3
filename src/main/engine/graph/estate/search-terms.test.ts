import { describe, expect, test } from 'vitest';
import { matchReason, parseSearch } from './search-terms.ts';

const row = {
  id: 'arn:aws:ec2:eu-west-1:1:subnet/subnet-9',
  name: 'orders-private',
  nativeId: 'subnet-9',
  kind: 'aws.ec2.subnet',
  region: 'eu-west-1',
  ip: null,
  cidr: '10.1.2.0/24',
  tags: { env: 'prod', Team: 'Orders', 'a=b': 'c', owner: 'Ada Lovelace' },
};

describe('why a row matches', () => {
  test.each([
    ['Orders-Private', 'name'],
    ['subnet-9', 'id subnet-9'],
    ['ec2.subnet', 'kind aws.ec2.subnet'],
    ['eu-west-1', 'region eu-west-1'],
    ['env=PROD', 'tag env=prod'],
    ['team=', 'tag Team=Orders'],
    ['prod', 'tag env=prod'],
    ['10.1.2.7', 'network 10.1.2.0/24 holds 10.1.2.7'],
    ['10.1.0.0/16', 'network 10.1.2.0/24 lies in 10.1.0.0/16'],
    ['10.1.2.0/24', 'network 10.1.2.0/24'],
    ['10.1.2', 'network 10.1.2.0/24'],
    ['arn:aws:ec2', 'id'],
    ['private env=prod', 'name, tag env=prod'],
    ['a=b=c', 'tag a=b=c'],
    ['a=b=', 'tag a=b=c'],
    ['a=b=d', null],
    ['owner="Ada Lovelace"', 'tag owner=Ada Lovelace'],
    ['"owner=ada lovelace" private', 'tag owner=Ada Lovelace, name'],
    ['owner="ada', null],
    ['::ffff:10.1.2.7', 'network 10.1.2.0/24 holds ::ffff:10.1.2.7'],
    ['elsewhere', null],
    ['', null],
  ])('%s: %s', (searched, reason) => {
    expect(matchReason(row, parseSearch(searched))).toBe(reason);
  });
});
