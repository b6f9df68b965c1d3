import { jsonObject, text } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';

export interface ManagedBy {
  readonly environment: string;
  readonly blueprint: string;
  readonly version: string;
  readonly address: string;
}

/** Which environment manages a resource, by the resource's id. */
export async function managedResources(graph: GraphAccess): Promise<ReadonlyMap<string, ManagedBy>> {
  return graph.once('managed', async () => {
    const rows = await graph.rows(
      `MATCH (r:Resource)-[e:MANAGED_BY]->(v:Environment)
       RETURN r.id AS id, v.name AS environment, v.blueprint AS blueprint, v.version AS version, e.props_json AS properties`,
    );
    return new Map(
      rows.map((row) => {
        const { address, version } = jsonObject(row, 'properties');
        const managed = {
          environment: text(row, 'environment'),
          blueprint: text(row, 'blueprint'),
          // The version that deployed the resource; the environment's own when that is not known.
          version: typeof version === 'string' && version !== '' ? version : text(row, 'version'),
          address: typeof address === 'string' ? address : '',
        };
        return [text(row, 'id'), managed] as const;
      }),
    );
  });
}
