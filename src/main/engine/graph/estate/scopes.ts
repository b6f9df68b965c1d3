import { scopeKindSchema, type ScopeNode } from '#shared/model/index.ts';
import { cloudOf, count, flag, text, textOrNull } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';

/** The tree with its counts, parents before children by name. Scopes that only a reference names and that hold
 * nothing are left out. */
export async function readScopes(graph: GraphAccess): Promise<readonly ScopeNode[]> {
  return graph.once('scopes', async () => {
    const [scopes, places] = await Promise.all([
      graph.rows(
        `MATCH (s:Scope) RETURN s.id AS id, s.cloud AS cloud, s.kind AS kind, s.name AS name, s.native_id AS native,
         s.parent_id AS parent, s.is_stub AS stub ORDER BY s.name, s.id`,
      ),
      graph.rows(
        `MATCH (r:Resource) WHERE NOT r.is_stub
         RETURN r.scope_id AS scope, r.region AS region, count(*) AS number ORDER BY region`,
      ),
    ]);
    const regions = new Map<string, { region: string; resources: number }[]>();
    for (const row of places) {
      const entry = { region: text(row, 'region'), resources: count(row, 'number') };
      const known = regions.get(text(row, 'scope'));
      if (known === undefined) regions.set(text(row, 'scope'), [entry]);
      else known.push(entry);
    }
    const parents = new Set(scopes.map((row) => textOrNull(row, 'parent')));
    return scopes
      .filter((row) => !flag(row, 'stub') || regions.has(text(row, 'id')) || parents.has(text(row, 'id')))
      .map((row) => {
        const own = regions.get(text(row, 'id')) ?? [];
        return {
          id: text(row, 'id'),
          cloud: cloudOf(row, 'cloud'),
          kind: scopeKindSchema.catch('account').parse(row['kind']),
          name: text(row, 'name'),
          nativeId: text(row, 'native'),
          parentId: textOrNull(row, 'parent'),
          resources: own.reduce((sum, region) => sum + region.resources, 0),
          regions: own,
        };
      });
  });
}

/** The given scopes with everything below them. */
export function withDescendants(wanted: readonly string[], scopes: readonly ScopeNode[]): readonly string[] {
  const children = new Map<string, string[]>();
  for (const { id, parentId } of scopes) {
    if (parentId === null) continue;
    const known = children.get(parentId);
    if (known === undefined) children.set(parentId, [id]);
    else known.push(id);
  }
  const all = new Set<string>();
  const open = [...wanted];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (all.has(id)) continue;
    all.add(id);
    open.push(...(children.get(id) ?? []));
  }
  return [...all];
}
