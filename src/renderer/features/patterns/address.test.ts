import { describe, expect, it } from 'vitest';
import { patternsAddressOf, searchOfPatterns } from './address.ts';

describe('the address of the Patterns screen', () => {
  it('takes what the Estate hands over', () => {
    const search = { instances: [{ name: 'eu-west-1', scope: 'aws:account:1', region: 'eu-west-1', ids: [] }] };
    expect(patternsAddressOf(search).instances).toEqual([
      { name: 'eu-west-1', scope: 'aws:account:1', region: 'eu-west-1', tags: [], ids: [] },
    ]);
  });

  it('leaves out instances that make no sense and keeps the others', () => {
    const instances = [{ name: 'Not a name' }, 7, { name: 'us', scope: null, region: 'us-east-1' }];
    expect(patternsAddressOf({ instances, renames: 'x' })).toMatchObject({ instances: [{ name: 'us' }], renames: {} });
  });

  it('comes back unchanged', () => {
    const address = patternsAddressOf({
      instances: [{ name: 'us', scope: null, region: 'us-east-1' }],
      renames: { cidr_block: 'cidr' },
      view: 'inputs',
      blueprint: 'regional',
    });
    expect(patternsAddressOf(searchOfPatterns(address))).toEqual(address);
  });
});
