import { describe, expect, test } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { attributeChanges, type ResourceSide } from './attribute-changes.ts';

function side(raw: Json, more: Partial<ResourceSide> = {}): ResourceSide {
  return { kind: 'aws.ec2.instance', state: null, tags: {}, raw, ...more };
}

describe('what changed inside a resource', () => {
  test('is told field by field, also where a field came or went', () => {
    const before = side({ Placement: { Zone: 'a' }, Old: 1, Same: [1, { b: 2 }] });
    const after = side({ Placement: { Zone: 'b' }, New: { deep: true }, Same: [{ b: 2 }, 1] });
    expect(attributeChanges(before, after)).toEqual([
      { path: 'New', before: null, after: { deep: true } },
      { path: 'Old', before: 1, after: null },
      { path: 'Placement.Zone', before: 'a', after: 'b' },
    ]);
  });

  test('leaves out what changes by itself, by name and by value', () => {
    const before = side({ Etag: 'a', LaunchTime: '2025-01-01T00:00:00Z', LastStatus: { ItemCount: 1 }, Size: 1 });
    const after = side({ Etag: 'b', LaunchTime: '2025-06-01T00:00:00Z', LastStatus: { ItemCount: 9 }, Size: 2 });
    expect(attributeChanges(before, after)).toEqual([{ path: 'Size', before: 1, after: 2 }]);
  });

  test('of a list is what one side alone has', () => {
    const before = side({ Subnets: ['a', 'b', 'b'] });
    const after = side({ Subnets: ['b', 'c', 'a'] });
    expect(attributeChanges(before, after)).toEqual([{ path: 'Subnets', before: ['b'], after: ['c'] }]);
  });

  test('of the one object of a list that differs is told inside it', () => {
    const before = side({ Rules: [{ Port: 80 }, { Port: 443, From: '10.0.0.0/8' }] });
    const after = side({ Rules: [{ Port: 443, From: '0.0.0.0/0' }, { Port: 80 }] });
    expect(attributeChanges(before, after)).toEqual([
      { path: 'Rules[0].From', before: '10.0.0.0/8', after: '0.0.0.0/0' },
    ]);
  });

  test('pairs the objects of lists by the field that names them', () => {
    const before = side({ Rules: [rule('a', 1), rule('b', 1), rule('c', 1)] });
    const after = side({ Rules: [rule('b', 2), rule('a', 2), rule('d', 1)] });
    expect(attributeChanges(before, after)).toEqual([
      { path: 'Rules["GroupId=a"].Port', before: 1, after: 2 },
      { path: 'Rules["GroupId=b"].Port', before: 1, after: 2 },
      { path: 'Rules["GroupId=c"]', before: rule('c', 1), after: null },
      { path: 'Rules["GroupId=d"]', before: null, after: rule('d', 1) },
    ]);
  });

  test('of tags and state is told once, however often the body repeats them', () => {
    const before = side(
      { Tags: [{ Key: 'env', Value: 'test' }], State: { Name: 'running' } },
      { tags: { env: 'test' }, state: 'running' },
    );
    const after = side(
      { Tags: [{ Key: 'env', Value: 'prod' }], State: { Name: 'stopped' } },
      { tags: { env: 'prod', etag: '1' }, state: 'stopped' },
    );
    expect(attributeChanges(before, after)).toEqual([
      { path: 'tags.env', before: 'test', after: 'prod' },
      { path: 'tags.etag', before: null, after: '1' },
      { path: 'State.Name', before: 'running', after: 'stopped' },
    ]);
    const stateAlone = attributeChanges(side({}, { state: 'up' }), side({}, { state: 'down' }));
    expect(stateAlone).toEqual([{ path: 'state', before: 'up', after: 'down' }]);
  });
});

function rule(group: string, port: number): Json {
  return { GroupId: group, Port: port };
}
