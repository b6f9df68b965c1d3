import { describe, expect, it } from 'vitest';
import type { AlignedResource, Comparison } from '#shared/model/index.ts';
import { countVerdicts, missingIn, sortAttributes, valueText } from './attribute-rows.ts';

const vpc: AlignedResource = {
  key: 'aws_vpc.main',
  kind: 'aws.ec2.vpc',
  boundary: 'networking',
  node: 'networking',
  address: 'aws_vpc.main',
  members: [
    { instance: 'us', id: 'arn:vpc-1', name: 'main' },
    { instance: 'eu', id: null, name: null },
  ],
  attributes: [
    { path: 'enable_dns_support', verdict: 'constant', values: { us: true, eu: true }, becomes: 'true' },
    { path: 'owner_id', verdict: 'ignored', values: { us: '1', eu: '1' }, becomes: null },
    { path: 'cidr_block', verdict: 'input', values: { us: '10.0.0.0/16', eu: '10.1.0.0/16' }, becomes: 'var.cidr' },
  ],
};
const comparison: Comparison = { instances: [], resources: [vpc], inputs: [], leftOut: [], problems: [] };

describe('instances side by side', () => {
  it('show what differs first', () => {
    expect(sortAttributes(vpc.attributes).map((attribute) => attribute.path)).toEqual([
      'cidr_block',
      'enable_dns_support',
      'owner_id',
    ]);
  });

  it('count every attribute once', () => {
    expect(countVerdicts(comparison)).toMatchObject({ constant: 1, input: 1, ignored: 1, derived: 0 });
  });

  it('name the instances that lack a resource', () => {
    expect(missingIn(vpc)).toEqual(['eu']);
  });

  it('write values in one line', () => {
    expect([valueText('a'), valueText(true), valueText({ a: [1] }), valueText(undefined)]).toEqual([
      'a',
      'true',
      '{"a":[1]}',
      '',
    ]);
  });
});
