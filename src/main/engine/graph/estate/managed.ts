import { jsonObject, text } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { positionOf } from './topology.ts';

export interface ManagedBy {
  readonly environment: string;
  readonly blueprint: string;
  readonly version: string;
  readonly address: string;
}

/** Which environment manages a resource, by the resource's position. */
export interface ManagedResources {
  readonly byPosition: ReadonlyMap<number, ManagedBy>;
  /** How many addresses of environments that are; one resource may stand at several. */
  readonly relationships: number;
}

export async function readManaged(graph: GraphAccess): Promise<ManagedResources> {
  return graph.once('managed', async () => {
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
    return { byPosition, relationships: rows.length };
  });
}
