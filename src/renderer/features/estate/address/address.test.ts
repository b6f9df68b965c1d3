import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOfSearch, searchOfAddress, showing, tagOfText, textOfTag } from './address.ts';
import { chipsOfFilter, isUnfiltered } from './chips.ts';

describe('the address of the Estate', () => {
  it('is empty for the plain table', () => {
    expect(searchOfAddress(addressOfSearch({}))).toEqual({});
  });

  it('keeps a filter, a view and a selection', () => {
    const search = {
      text: 'env=prod',
      scope: ['aws:account:123456789012'],
      region: ['eu-west-1'],
      kind: ['aws.ec2.vpc'],
      tag: ['team=core', 'temporary'],
      managed: 'unmanaged',
      stubs: true,
      stale: true,
      since: 4,
      view: 'graph',
      selected: 'arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1',
      ask: 'path',
      towards: 'vpc-2',
      open: ['aws:account:123456789012|eu-west-1'],
    };
    expect(searchOfAddress(addressOfSearch(search))).toEqual(search);
  });

  it('opens an old or mistyped link with what still makes sense', () => {
    const address = addressOfSearch({
      text: 10,
      region: 'eu-west-1',
      tab: 'tree',
      since: 'x',
      category: ['spoon', 'disk'],
    });
    expect(address).toMatchObject({
      tab: 'resources',
      filter: { text: '10', regions: ['eu-west-1'], categories: ['disk'], changedSinceRun: null },
    });
  });

  it('shows the next resource under the same question, and the facts of one out of a set', () => {
    const one = addressOfSearch({ selected: 'a', ask: 'uses' });
    expect(searchOfAddress({ ...one, ...showing(one, 'b') })).toEqual({ selected: 'b', ask: 'uses' });
    const set = addressOfSearch({ of: 'estate', ask: 'internet' });
    expect(searchOfAddress({ ...set, ...showing(set, 'b') })).toEqual({ selected: 'b' });
  });

  it('comes back unchanged whatever is filtered', () => {
    const word = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(
        fc.record({
          text: fc.string(),
          scope: fc.array(word),
          region: fc.array(word),
          kind: fc.array(word),
          id: fc.array(word),
        }),
        (search) => {
          const address = addressOfSearch(search);
          expect(addressOfSearch(searchOfAddress(address))).toEqual(address);
        },
      ),
    );
  });

  it('reads tags with and without a value', () => {
    expect([tagOfText('env=a=b'), tagOfText('env'), tagOfText('env=')]).toEqual([
      { key: 'env', value: 'a=b' },
      { key: 'env', value: null },
      { key: 'env', value: '' },
    ]);
    expect(textOfTag({ key: 'env', value: '' })).toBe('env=');
    const odd = [
      { key: 'a=b', value: 'c=d' },
      { key: '100%3D', value: null },
    ];
    expect(odd.map(textOfTag).map(tagOfText)).toEqual(odd);
  });
});

describe('filter chips', () => {
  const { filter } = addressOfSearch({
    scope: ['a'],
    region: ['r1', 'r2'],
    tag: ['env=prod'],
    managed: 'managed',
    since: 3,
  });

  it('name every restriction in words', () => {
    expect(chipsOfFilter(filter, () => 'production').map((chip) => chip.label)).toEqual([
      'scope production',
      'region r1',
      'region r2',
      'tag env=prod',
      'managed',
      'changed since run 3',
    ]);
  });

  it('take away exactly their own restriction', () => {
    const chip = chipsOfFilter(filter, String).find(({ id }) => id === 'region r1');
    expect(chip?.without).toEqual({ ...filter, regions: ['r2'] });
  });

  it('tell an unfiltered estate', () => {
    expect(isUnfiltered(filter)).toBe(false);
    expect(isUnfiltered(addressOfSearch({}).filter)).toBe(true);
  });
});
