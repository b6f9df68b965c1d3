import type { GraphShape } from '#engine/ports/index.ts';
import type { EstateStats } from '#shared/model/index.ts';
import { count } from './cells.ts';
import { createPauses } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readManaged, type ManagedResources } from './managed.ts';
import { flagsAt } from './node-columns.ts';
import { readScopes } from './scopes.ts';

/** What the graph holds. Resources are those that were seen; stubs are counted apart. */
export async function readStats(graph: GraphAccess): Promise<EstateStats> {
  return graph.once('stats', async () => {
    const [shape, runs, managed, scopes] = await Promise.all([
      graph.shape(),
      graph.rows('MATCH (n:Run) RETURN count(*) AS number'),
      readManaged(graph),
      readScopes(graph),
    ]);
    const { kinds, relationships } = shape;
    const pause = createPauses();
    const perKind = new Uint32Array(kinds.values.length);
    const sums = { resources: 0, stubs: 0, stale: 0 };
    for (let position = 0; position < shape.resources; position += 1) {
      if (position % 16_384 === 0) await pause();
      const { isStub, stale } = flagsAt(shape, position);
      if (isStub) sums.stubs += 1;
      else {
        const kind = kinds.codes[position] ?? 0;
        perKind[kind] = (perKind[kind] ?? 0) + 1;
        sums.resources += 1;
        if (stale) sums.stale += 1;
      }
    }
    const perType = new Uint32Array(relationships.types.length);
    for (let edge = 0; edge < relationships.type.length; edge += 1) {
      const type = relationships.type[edge] ?? 0;
      perType[type] = (perType[type] ?? 0) + 1;
      if (edge % 65_536 === 0) await pause();
    }
    const byType = new Map<string, number>(relationships.types.map((type, index) => [type, perType[index] ?? 0]));
    // Those to environments and states are laid over the shape.
    if (managed.relationships > 0) {
      byType.set('MANAGED_BY', (byType.get('MANAGED_BY') ?? 0) + managed.relationships);
    }
    const [runRow] = runs;
    return {
      ...sums,
      relationships: [...byType.values()].reduce((sum, number) => sum + number, 0),
      scopes: scopes.length,
      managed: countManaged(shape, managed),
      gone: managed.gone.size,
      byKind: sortedCounts(kinds.values.map((kind, code) => [kind, perKind[code] ?? 0] as const)),
      byRelationship: sortedCounts([...byType]),
      runs: runRow === undefined ? 0 : count(runRow, 'number'),
    };
  });
}

/** What is there and managed by an environment or a state. */
function countManaged({ resources }: GraphShape, managed: ManagedResources): number {
  let count = 0;
  for (let position = 0; position < resources; position += 1) {
    if (managed.isManaged(position) && !managed.gone.has(position)) count += 1;
  }
  return count;
}

function sortedCounts(counts: readonly (readonly [name: string, number: number])[]): Record<string, number> {
  const present = counts.filter(([, number]) => number > 0);
  return Object.fromEntries(present.sort(([left], [right]) => (left < right ? -1 : 1)));
}
