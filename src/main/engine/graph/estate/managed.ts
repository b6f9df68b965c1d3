import type { StateClaim } from '#shared/model/index.ts';
import { jsonObject, text } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { readStateClaims, type StateClaims } from './managed-by-states.ts';
import { positionOf } from './topology.ts';

export interface ManagedBy {
  readonly environment: string;
  readonly blueprint: string;
  readonly version: string;
  readonly address: string;
}

/** Which environment or state manages a resource, by the resource's position. */
export interface ManagedResources {
  readonly byPosition: ReadonlyMap<number, ManagedBy>;
  readonly states: ReadonlyMap<number, readonly StateClaim[]>;
  readonly ofState: StateClaims['ofState'];
  readonly replaced: StateClaims['replaced'];
  /** What states manage and the newest complete listing of its place does not have. */
  readonly gone: ReadonlySet<number>;
  /** How many addresses of environments and states that are; one resource may stand at several. */
  readonly relationships: number;
  isManaged(position: number): boolean;
  /** The environment, or else the first of the states; null when nobody does. */
  managerOf(position: number): string | null;
}

export async function readManaged(graph: GraphAccess): Promise<ManagedResources> {
  return graph.once('managed', async () => {
    const environments = await readEnvironments(graph);
    const { byPosition: states, ofState, replaced, gone, count } = await readStateClaims(graph);
    const { byPosition } = environments;
    return {
      byPosition,
      states,
      ofState,
      replaced,
      gone,
      relationships: environments.addresses + count,
      isManaged: (position) => byPosition.has(position) || states.has(position),
      managerOf: (position) => byPosition.get(position)?.environment ?? states.get(position)?.[0]?.name ?? null,
    };
  });
}

async function readEnvironments(
  graph: GraphAccess,
): Promise<{ readonly byPosition: ReadonlyMap<number, ManagedBy>; readonly addresses: number }> {
  const rows = await graph.rows(
    `MATCH (r:Resource)-[e:MANAGED_BY]->(v:Environment)
     RETURN r.id AS id, v.name AS environment, v.blueprint AS blueprint, v.version AS version, e.props_json AS properties`,
  );
  const byPosition = new Map<number, ManagedBy>();
  for (const row of rows) {
    const position = await positionOf(graph, text(row, 'id'));
    if (position === undefined) continue;
    const { address, version } = jsonObject(row, 'properties');
    byPosition.set(position, {
      environment: text(row, 'environment'),
      blueprint: text(row, 'blueprint'),
      // The version that deployed the resource; the environment's own when that is not known.
      version: typeof version === 'string' && version !== '' ? version : text(row, 'version'),
      address: typeof address === 'string' ? address : '',
    });
  }
  return { byPosition, addresses: rows.length };
}
