import type { ScopeFact } from '#shared/model/index.ts';

/** Whether what a cell of `cellScope` saw in `resourceScope` is its own: the same scope, or one below it. */
export type OwnsScope = (cellScope: string, resourceScope: string) => boolean;

/** Ownership in the given tree: Azure lists by subscription what lies in resource groups. */
export function createOwnership(scopes: readonly ScopeFact[]): OwnsScope {
  const parents = new Map(scopes.map(({ id, parentId }) => [id, parentId]));
  const known = new Map<string, ReadonlySet<string>>();

  function lineOf(scope: string): ReadonlySet<string> {
    const found = known.get(scope);
    if (found !== undefined) return found;
    const line = new Set<string>();
    // A set, so that a tree that bites its tail ends too.
    for (let at: string | null = scope; at !== null && !line.has(at); at = parents.get(at) ?? null) line.add(at);
    known.set(scope, line);
    return line;
  }

  return (cellScope, resourceScope) => cellScope === resourceScope || lineOf(resourceScope).has(cellScope);
}
