import { describe, expect, it } from 'vitest';
import type { ScopeNode } from '#shared/model/index.ts';
import { addressOfSearch } from '../address/address.ts';
import { filterForEngine, scopeRows, titleOfScope } from './scope-rows.ts';

function scope(id: string, parentId: string | null, more: Partial<ScopeNode> = {}): ScopeNode {
  return { id, cloud: 'aws', kind: 'account', name: id, nativeId: id, parentId, resources: 0, regions: [], ...more };
}

const scopes = [
  scope('production', 'company', { resources: 5, regions: [{ region: 'eu-west-1', resources: 5 }] }),
  scope('company', 'unseen parent', { kind: 'organization' }),
  scope('staging', 'company', { resources: 2 }),
];

describe('the scope tree', () => {
  it('hangs accounts and regions on their organisation, with what lies below', () => {
    expect(scopeRows(scopes, new Set()).map((row) => [row.depth, row.id, row.resources])).toEqual([
      [0, 'company', 7],
      [1, 'production', 5],
      [2, 'production|eu-west-1', 5],
      [1, 'staging', 2],
    ]);
  });

  it('leaves out what lies below a closed node, but not its count', () => {
    expect(scopeRows(scopes, new Set(['company'])).map((row) => [row.id, row.resources])).toEqual([['company', 7]]);
  });

  it('says that an organisation without a name is one', () => {
    expect(titleOfScope(scope('o-1', null, { kind: 'organization' }))).toBe('organisation o-1');
    expect(titleOfScope(scope('o-1', null, { kind: 'organization', name: 'Example Ltd' }))).toBe('Example Ltd');
    expect(titleOfScope(scope('210987654321', null, { name: '' }))).toBe('210987654321');
  });

  it('lets a scope stand for all below it when the engine is asked', () => {
    const { filter } = addressOfSearch({ scope: ['company'] });
    expect(filterForEngine(filter, scopes).scopes).toEqual(['company', 'production', 'staging']);
  });
});
