import type { EstateFilter, ScopeNode } from '#shared/model/index.ts';
import { count } from './cells.ts';
import { compileFilter, matching } from './compile-filter.ts';
import type { GraphAccess } from './graph-access.ts';
import { managedResources, type ManagedBy } from './managed.ts';
import { readScopes, withDescendants } from './scopes.ts';
import { readTopology, type Topology, type TopologyNode } from './topology.ts';

/** True when the nodes themselves say whether they are selected, without their tags and texts. */
function isPlain(filter: EstateFilter): boolean {
  return filter.text.trim() === '' && filter.tags.length === 0 && filter.changedSinceRun === null;
}

function plainTest(
  filter: EstateFilter,
  scopes: readonly ScopeNode[],
  managed: ReadonlyMap<string, ManagedBy>,
): (node: TopologyNode) => boolean {
  const setOf = (values: readonly string[]): ReadonlySet<string> | null =>
    values.length === 0 ? null : new Set(values);
  const [ids, kinds, regions] = [setOf(filter.ids), setOf(filter.kinds), setOf(filter.regions)];
  const [categories, clouds] = [setOf(filter.categories), setOf(filter.clouds)];
  const places = setOf(withDescendants(filter.scopes, scopes));
  const allows = (values: ReadonlySet<string> | null, value: string): boolean => values === null || values.has(value);
  return (node) =>
    (filter.includeStubs || !node.isStub) &&
    allows(ids, node.id) &&
    allows(places, node.scopeId) &&
    allows(regions, node.region) &&
    allows(kinds, node.kind) &&
    allows(categories, node.category) &&
    allows(clouds, node.cloud) &&
    (filter.managed === 'any' || (filter.managed === 'managed') === managed.has(node.id));
}

/** Which nodes a filter selects: 1 at their positions. */
export async function selectNodes(graph: GraphAccess, filter: EstateFilter): Promise<Uint8Array> {
  const [topology, scopes, managed]: [Topology, readonly ScopeNode[], ReadonlyMap<string, ManagedBy>] =
    await Promise.all([readTopology(graph), readScopes(graph), managedResources(graph)]);
  const selected = new Uint8Array(topology.nodes.length);
  if (isPlain(filter)) {
    const test = plainTest(filter, scopes, managed);
    for (const [position, node] of topology.nodes.entries()) if (test(node)) selected[position] = 1;
    return selected;
  }
  const compiled = compileFilter(filter, scopes);
  const rows = await graph.rows(`${matching(compiled)} RETURN offset(id(r)) AS at`, compiled.parameters);
  for (const row of rows) selected[count(row, 'at')] = 1;
  return selected;
}
