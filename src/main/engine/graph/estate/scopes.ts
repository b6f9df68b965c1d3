import { scopeKindSchema, type ScopeNode } from '#shared/model/index.ts';
import { nodeFlags } from '#engine/ports/index.ts';
import { cloudOf, flag, text, textOrNull } from './cells.ts';
import { compareTexts, createPauses } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';

/** How many resources each region of each scope holds, stubs apart, regions by name. */
async function countPlaces(graph: GraphAccess): Promise<ReadonlyMap<string, ScopeNode['regions']>> {
  const { resources, scopes, regions, flags } = await graph.shape();
  const pause = createPauses();
  const counts = new Map<number, number>();
  for (let position = 0; position < resources; position += 1) {
    if (position % 16_384 === 0) await pause();
    if (((flags[position] ?? 0) & nodeFlags.stub) !== 0) continue;
    const place = (scopes.codes[position] ?? 0) * regions.values.length + (regions.codes[position] ?? 0);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const places = new Map<string, ScopeNode['regions']>();
  for (const [place, number] of counts) {
    const region = place % regions.values.length;
    const scope = scopes.values[(place - region) / regions.values.length] ?? '';
    const entry = { region: regions.values[region] ?? '', resources: number };
    const known = places.get(scope);
    if (known === undefined) places.set(scope, [entry]);
    else known.push(entry);
  }
  for (const own of places.values()) own.sort((left, right) => compareTexts(left.region, right.region));
  return places;
}

/** The tree with its counts, parents before children by name. Scopes that only a reference names and that hold
 * nothing are left out. */
export async function readScopes(graph: GraphAccess): Promise<readonly ScopeNode[]> {
  return graph.once('scopes', async () => {
    const [scopes, regions] = await Promise.all([
      graph.rows(
        `MATCH (s:Scope) RETURN s.id AS id, s.cloud AS cloud, s.kind AS kind, s.name AS name, s.native_id AS native,
         s.parent_id AS parent, s.is_stub AS stub ORDER BY s.name, s.id`,
      ),
      countPlaces(graph),
    ]);
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
