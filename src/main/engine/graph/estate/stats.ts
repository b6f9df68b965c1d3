import type { EstateStats } from '#shared/model/index.ts';
import { count, flag, text } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { relationshipCounts } from './graph-words.ts';
import { managedResources } from './managed.ts';
import { readScopes } from './scopes.ts';

/** What the graph holds. Resources are those that were seen; stubs are counted apart. */
export async function readStats(graph: GraphAccess): Promise<EstateStats> {
  return graph.once('stats', async () => {
    const [kinds, runs, byRelationship, managed, scopes] = await Promise.all([
      graph.rows(
        `MATCH (r:Resource) RETURN r.kind AS kind, r.is_stub AS stub, r.stale AS stale, count(*) AS number ORDER BY kind`,
      ),
      graph.rows('MATCH (n:Run) RETURN count(*) AS number'),
      relationshipCounts(graph),
      managedResources(graph),
      readScopes(graph),
    ]);
    const byKind: Record<string, number> = {};
    const sums = { resources: 0, stubs: 0, stale: 0 };
    for (const row of kinds) {
      const number = count(row, 'number');
      if (flag(row, 'stub')) {
        sums.stubs += number;
        continue;
      }
      const kind = text(row, 'kind');
      byKind[kind] = (byKind[kind] ?? 0) + number;
      sums.resources += number;
      if (flag(row, 'stale')) sums.stale += number;
    }
    const [runRow] = runs;
    return {
      ...sums,
      relationships: [...byRelationship.values()].reduce((sum, number) => sum + number, 0),
      scopes: scopes.length,
      managed: managed.size,
      byKind,
      byRelationship: Object.fromEntries(byRelationship),
      runs: runRow === undefined ? 0 : count(runRow, 'number'),
    };
  });
}
