import { relationshipTypes } from '#shared/model/index.ts';
import { count, text } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';

/** Counts per relationship type between resources and addresses; types without any are left out. */
export async function relationshipCounts(graph: GraphAccess): Promise<ReadonlyMap<string, number>> {
  return graph.once('relationship-counts', async () => {
    // One count per table is answered from the table's size; one label-free pattern would walk all edges.
    const counts = relationshipTypes.map(
      (type) => `MATCH ()-[e:${type}]->() RETURN '${type}' AS type, count(*) AS number`,
    );
    const rows = await graph.rows(counts.join(' UNION ALL '));
    return new Map(
      rows.map((row) => [text(row, 'type'), count(row, 'number')] as const).filter(([, number]) => number > 0),
    );
  });
}

/**
 * The relationship types that occur, for patterns: `A|B|C`. Each type named costs a query about a millisecond, so
 * empty ones are not named; without any a type stands that never matches.
 */
export async function presentTypes(graph: GraphAccess): Promise<string> {
  const types = [...(await relationshipCounts(graph)).keys()];
  return types.length === 0 ? 'REFERENCES' : types.join('|');
}
