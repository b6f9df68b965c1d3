import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { differencesOf } from './differences.ts';
import type { Member, Shape } from './shape.ts';

const leaf: Shape = { kind: 'leaf' };
const member = (shape: Shape, more: Partial<Member> = {}): Member => ({
  shape,
  computedOnly: false,
  sensitive: false,
  ...more,
});
const shape: Shape = {
  kind: 'object',
  members: new Map([
    ['size', member(leaf)],
    ['arn', member(leaf, { computedOnly: true })],
    ['secret', member(leaf, { sensitive: true })],
    ['zones', member({ kind: 'set', item: leaf })],
    ['tags', member({ kind: 'map', item: leaf })],
    ['disk', member({ kind: 'list', item: { kind: 'object', members: new Map([['iops', member(leaf)]]) } })],
  ]),
};
const compare = (deployed: Json, actual: Json, more: { wanted?: Json; unknown?: Json; sensitive?: Json[] } = {}) =>
  differencesOf(shape, { deployed, actual, wanted: deployed, unknown: false, sensitive: [], ...more });

describe('comparing what was deployed, what runs and what the code wants', () => {
  it('takes every form of "not set" for the same, sets as sets, and leaves computed values out', () => {
    const deployed = { size: '', zones: ['a', 'b'], tags: null, arn: 'x', disk: [] };
    const actual = { size: null, zones: ['b', 'a'], tags: {}, arn: 'y', disk: null };
    expect(compare(deployed, actual)).toEqual([]);
  });

  it('keeps an empty tag apart from no tag', () => {
    expect(compare({ tags: { Owner: '' } }, { tags: {} })).toMatchObject([{ path: ['tags', 'Owner'], moved: true }]);
  });

  it('walks into maps and blocks, and compares sets as wholes', () => {
    const found = compare(
      { tags: { A: '1', B: '2' }, disk: [{ iops: 100 }], zones: ['a'] },
      { tags: { A: '1', B: '3' }, disk: [{ iops: 200 }], zones: ['a', 'c'] },
    );
    expect(found.map(({ path }) => path)).toEqual([['zones'], ['tags', 'B'], ['disk', 0, 'iops']]);
  });

  it('tells who moved', () => {
    const sides = (deployed: number, actual: number, wanted: number) =>
      compare({ size: deployed }, { size: actual }, { wanted: { size: wanted } }).map(({ moved, asked, kept }) => ({
        moved,
        asked,
        kept,
      }));
    expect(sides(1, 2, 1)).toEqual([{ moved: true, asked: true, kept: true }]);
    expect(sides(1, 1, 3)).toEqual([{ moved: false, asked: true, kept: false }]);
    expect(sides(1, 2, 3)).toEqual([{ moved: true, asked: true, kept: false }]);
    expect(sides(1, 2, 2)).toEqual([{ moved: true, asked: false, kept: false }]);
  });

  it('says nothing of a value that only comes out later and did not move', () => {
    expect(compare({ size: 1 }, { size: 1 }, { wanted: {}, unknown: { size: true } })).toEqual([]);
  });

  it('marks what the schema or the tool calls sensitive', () => {
    expect(compare({ secret: 'a', size: 1 }, { secret: 'b', size: 2 }, { sensitive: [{ size: true }] })).toMatchObject([
      { path: ['size'], sensitive: true },
      { path: ['secret'], sensitive: true },
    ]);
  });
});
