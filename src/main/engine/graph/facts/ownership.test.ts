import { expect, test } from 'vitest';
import type { ScopeFact } from '#shared/model/index.ts';
import { createOwnership } from './ownership.ts';

function scope(id: string, parentId: string | null): ScopeFact {
  return { id, cloud: 'azure', kind: 'resource-group', name: id, nativeId: id, parentId };
}

test('a scope owns itself and what lies below it, whatever the tree looks like', () => {
  const owns = createOwnership([scope('sub', null), scope('group', 'sub'), scope('a', 'b'), scope('b', 'a')]);
  expect(owns('sub', 'group')).toBe(true);
  expect(owns('group', 'group')).toBe(true);
  expect(owns('unlisted', 'unlisted')).toBe(true);
  expect(owns('group', 'sub')).toBe(false);
  expect(owns('sub', 'a')).toBe(false);
});
