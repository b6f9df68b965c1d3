import type { FactReader } from '#engine/ports/index.ts';
import { stateKind, type ResourceDetail } from '#shared/model/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readRelationships } from './relationship-rows.ts';
import { resolveResource } from './resolve.ts';
import { readRowsAt } from './resource-rows.ts';
import { readStateContents } from './state-contents.ts';

/** Everything about one resource: its row, its newest body, what it relates to, and when its body changed. */
export async function readResource(
  { graph, facts }: { readonly graph: GraphAccess; readonly facts: FactReader },
  id: string,
): Promise<ResourceDetail> {
  const position = await resolveResource(graph, id);
  const [[row], relationships] = await Promise.all([readRowsAt(graph, [position]), readRelationships(graph, position)]);
  if (row === undefined) throw new RangeError(`The graph has no row at ${position}.`);
  if (row.isStub) {
    return { row, raw: null, relationships, manages: null, unfollowedReferences: 0, history: [], unseenBy: null };
  }
  const place = { scope: row.scopeId, kind: row.kind };
  const [fact, history, unseenBy, manages] = await Promise.all([
    facts.raw(row.id, place),
    facts.history(row.id, place),
    row.stale ? facts.lookedSince(row.id, place) : null,
    row.kind === stateKind ? readStateContents(graph, row.id) : null,
  ]);
  return {
    row,
    raw: fact?.raw ?? null,
    relationships,
    manages,
    unfollowedReferences: fact?.unfollowed ?? 0,
    history: [...history],
    unseenBy,
  };
}
