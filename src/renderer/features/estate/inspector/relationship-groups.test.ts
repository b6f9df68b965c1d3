import { describe, expect, it } from 'vitest';
import type { RelationshipRow } from '#shared/model/index.ts';
import { groupRelationships } from './relationship-groups.ts';

function relation(type: string, direction: 'in' | 'out', name: string): RelationshipRow {
  const other = { id: name, kind: 'aws.ec2.subnet', name, region: 'eu-west-1', isStub: false };
  return { type, direction, source: 'DescribeSubnets.VpcId', properties: {}, other };
}

describe('the relationships of a resource', () => {
  it('read as words from where the resource stands, leading out first', () => {
    const groups = groupRelationships([
      relation('CONTAINS', 'in', 'vpc'),
      relation('CONTAINS', 'out', 'b10'),
      relation('CONTAINS', 'out', 'b9'),
      relation('LIKES', 'in', 'x'),
    ]);
    expect(groups.map(({ title, rows }) => [title, rows.map((row) => row.other.name)])).toEqual([
      ['contains', ['b9', 'b10']],
      ['contained in', ['vpc']],
      ['LIKES (from)', ['x']],
    ]);
  });
});
