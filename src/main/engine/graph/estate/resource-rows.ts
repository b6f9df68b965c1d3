import type { GraphShape } from '#engine/ports/index.ts';
import type { ResourceRow, ScopeNode } from '#shared/model/index.ts';
import { codedAt, textAt } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readManaged, type ManagedResources } from './managed.ts';
import { flagsAt, nativeIdAt, tagsAt } from './node-columns.ts';
import { readScopes } from './scopes.ts';
import { matchReason, type SearchTerm } from './search-terms.ts';
import { addressesOf, nodeAt, readTopology } from './topology.ts';

interface RowContext {
  readonly shape: GraphShape;
  readonly scopeNames: ReadonlyMap<string, string>;
  readonly managed: ManagedResources;
}

function scopeNamesOf(scopes: readonly ScopeNode[]): ReadonlyMap<string, string> {
  return new Map(scopes.map((scope) => [scope.id, scope.name]));
}

function rowAt({ shape, scopeNames, managed }: RowContext, position: number): ResourceRow {
  const { id, cloud, kind, category, scopeId, region, isStub, stale } = nodeAt(shape, position);
  const createdAt = shape.createdAt[position] ?? Number.NaN;
  return {
    id,
    cloud,
    kind,
    category,
    name: textAt(shape.names, position),
    nativeId: nativeIdAt(shape, position),
    scopeId,
    scopeName: scopeNames.get(scopeId) ?? scopeId,
    region,
    zone: codedAt(shape.zones, position) || null,
    state: codedAt(shape.states, position) || null,
    createdAt: Number.isNaN(createdAt) ? null : createdAt,
    public: flagsAt(shape, position).public,
    cidr: textAt(shape.cidrs, position) || null,
    ip: textAt(shape.ips, position) || null,
    tags: tagsAt(shape, position),
    isStub,
    lastRun: shape.lastRun[position] ?? 0,
    firstRun: shape.firstRun[position] ?? 0,
    stale,
    managedBy: managed.byPosition.get(position) ?? null,
    states: [...(managed.states.get(position) ?? [])],
    gone: managed.gone.has(position),
    matched: null,
  };
}

/** The table's rows of the resources at some positions, each with why it matched a search. */
export async function readRowsAt(
  graph: GraphAccess,
  positions: readonly number[],
  terms: readonly SearchTerm[] = [],
): Promise<ResourceRow[]> {
  const [topology, scopes, managed] = await Promise.all([readTopology(graph), readScopes(graph), readManaged(graph)]);
  const context = { shape: topology.shape, scopeNames: scopeNamesOf(scopes), managed };
  return positions.map((position) => {
    const row = rowAt(context, position);
    const addresses = terms.length === 0 ? [] : addressesOf(topology, position);
    return { ...row, matched: matchReason({ ...row, addresses }, terms) };
  });
}
