import { describe, expect, it } from 'vitest';
import { boundaryOfType, proposeBoundary } from './boundary-table.ts';

describe('the boundary of a resource type', () => {
  it('follows from the longest prefix of whole words', () => {
    expect(boundaryOfType('aws_lb_listener_rule')).toEqual({ boundary: 'application', companion: false });
    expect(boundaryOfType('aws_network_interface')).toEqual({ boundary: 'networking', companion: true });
    expect(boundaryOfType('aws_route53_record')).toEqual({ boundary: 'networking', companion: true });
    expect(boundaryOfType('aws_lbx')).toBeNull();
    expect(boundaryOfType('unheard_of')).toBeNull();
  });
});

describe('the boundary proposed for an artifact', () => {
  it('is that of most of its resources; what accompanies others counts only alone', () => {
    expect(proposeBoundary({ aws_security_group: 9, aws_iam_role: 3, aws_db_instance: 1 }).boundary).toBe('data');
    expect(proposeBoundary({ aws_vpc: 1, aws_subnet: 4, aws_instance: 2 }).boundary).toBe('networking');
    expect(proposeBoundary({ aws_iam_role: 2, aws_kms_key: 1 }).boundary).toBe('identity');
    expect(proposeBoundary({ aws_lb: 1, aws_db_instance: 1 }).boundary).toBe('application');
    expect(proposeBoundary({ unheard_of: 5 }).boundary).toBe('platform');
    expect(proposeBoundary({}).boundary).toBe('platform');
  });

  it('says what it follows from', () => {
    expect(proposeBoundary({ aws_vpc: 1, aws_subnet: 4, aws_instance: 2 }).because).toBe(
      'it creates aws_vpc, aws_subnet',
    );
    expect(proposeBoundary({ unheard_of: 5 }).because).toBe('nothing that it creates is known');
    expect(proposeBoundary({}).because).toBe('it creates nothing itself');
  });
});
