import type { GraphTables } from '#shared/model/index.ts';
import { nodeTables, relationshipTables } from '../schema/tables.ts';
import { count as countIn } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';

/** The tables of the graph as they are declared, with how many rows each has. Counted once per graph. */
export async function readTables(graph: GraphAccess): Promise<GraphTables> {
  return graph.once('tables', async () => {
    const count = async (pattern: string): Promise<number> => {
      const [row] = await graph.rows(`MATCH ${pattern} RETURN count(*) AS number`);
      return row === undefined ? 0 : countIn(row, 'number');
    };
    const properties = (columns: readonly (readonly [string, string])[]) =>
      columns.map(([name, type]) => ({ name, type }));
    const nodes: GraphTables['nodes'] = [];
    for (const { name, columns } of nodeTables) {
      nodes.push({ name, count: await count(`(n:${name})`), properties: properties(columns) });
    }
    const relationships: GraphTables['relationships'] = [];
    for (const { name, pairs, columns } of relationshipTables) {
      relationships.push({
        name,
        count: await count(`()-[e:${name}]->()`),
        pairs: pairs.map(([from, to]) => ({ from, to })),
        properties: properties(columns),
      });
    }
    return { nodes, relationships };
  });
}
