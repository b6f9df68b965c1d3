import { setImmediate } from 'node:timers/promises';
import { relationshipTypeSchema, type Category, type Cloud, type RelationshipType } from '#shared/model/index.ts';
import { categoryOf, cloudOf, count, flag, text, type Row } from './cells.ts';
import type { GraphAccess } from './graph-access.ts';
import { relationshipCounts } from './graph-words.ts';

/** A resource as the walks and the drawing need it. */
export interface TopologyNode {
  readonly id: string;
  /** Its name, or its native id where it has none. */
  readonly label: string;
  readonly nativeId: string;
  readonly kind: string;
  readonly category: Category;
  readonly cloud: Cloud;
  readonly scopeId: string;
  readonly region: string;
  readonly isStub: boolean;
  readonly stale: boolean;
}

/** Relationships of one direction, by node: those of node `n` are `edges[start[n]] … edges[start[n + 1] - 1]`. */
export interface Adjacency {
  readonly start: Uint32Array;
  readonly edges: Uint32Array;
}

/**
 * The graph's shape in memory: nodes by their position in the database's table, relationships as three columns.
 * Every walk is a loop over numbers, so a hub costs its neighbours and nothing else, and nothing is asked of the
 * database but whole tables: joins with conditions on both ends have crashed it (Kùzu 0.11.3). 100,000 resources
 * with 300,000 relationships take about half a second to read, in slices, once per graph, and some 40 MB.
 */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly types: readonly RelationshipType[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Index into `types`. */
  readonly type: Uint8Array;
  readonly leaving: Adjacency;
  readonly arriving: Adjacency;
  position(id: string): number | undefined;
}

/** One exact number for two positions: 2^26 nodes are beyond what one desktop holds. */
const pairFactor = 2 ** 26;
const sliceRows = 20_000;

function createInterner(): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    const same = known.get(value);
    if (same !== undefined) return same;
    known.set(value, value);
    return value;
  };
}

async function readNodes(graph: GraphAccess): Promise<readonly TopologyNode[]> {
  const rows = await graph.rows(
    `MATCH (r:Resource) RETURN offset(id(r)) AS at, r.id AS id, r.name AS name, r.native_id AS native, r.kind AS kind,
     r.category AS category, r.cloud AS cloud, r.scope_id AS scope, r.region AS region, r.is_stub AS stub,
     r.stale AS stale`,
  );
  // Kinds, scopes and regions repeat a thousand times: one copy of each.
  const intern = createInterner();
  const nodes: TopologyNode[] = Array.from({ length: rows.length });
  for (const [index, row] of rows.entries()) {
    nodes[count(row, 'at')] = toNode(row, intern);
    if (index % sliceRows === 0) await setImmediate();
  }
  return nodes;
}

function toNode(row: Row, intern: (value: string) => string): TopologyNode {
  const name = text(row, 'name');
  const nativeId = text(row, 'native');
  return {
    id: text(row, 'id'),
    label: name === '' ? nativeId : name,
    nativeId,
    kind: intern(text(row, 'kind')),
    category: categoryOf(row, 'category'),
    cloud: cloudOf(row, 'cloud'),
    scopeId: intern(text(row, 'scope')),
    region: intern(text(row, 'region')),
    isStub: flag(row, 'stub'),
    stale: flag(row, 'stale'),
  };
}

/** Sorts edges by one end, by counting. */
function adjacency(nodes: number, ends: Uint32Array): Adjacency {
  const start = new Uint32Array(nodes + 1);
  for (const end of ends) start[end + 1] = (start[end + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node += 1) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice();
  const edges = new Uint32Array(ends.length);
  for (const [edge, end] of ends.entries()) {
    const place = next[end] ?? 0;
    edges[place] = edge;
    next[end] = place + 1;
  }
  return { start, edges };
}

/** Reads the shape of the current graph; kept until there is another. */
export async function readTopology(graph: GraphAccess): Promise<Topology> {
  return graph.once('topology', async () => {
    const nodes = await readNodes(graph);
    const counts = await relationshipCounts(graph);
    const types = [...counts.keys()].map((type) => relationshipTypeSchema.parse(type));
    const pairs: (readonly Row[])[] = [];
    for (const type of types) {
      // One number per row instead of two halves the cost of handing rows over.
      const pair = `offset(id(a)) * ${pairFactor} + offset(id(b)) AS pair`;
      pairs.push(await graph.rows(`MATCH (a:Resource)-[:${type}]->(b:Resource) RETURN ${pair}`));
    }
    const total = pairs.reduce((sum, rows) => sum + rows.length, 0);
    const [from, to, type] = [new Uint32Array(total), new Uint32Array(total), new Uint8Array(total)];
    let edge = 0;
    for (const [index, rows] of pairs.entries()) {
      for (const row of rows) {
        const pair = count(row, 'pair');
        from[edge] = Math.floor(pair / pairFactor);
        to[edge] = pair % pairFactor;
        type[edge] = index;
        edge += 1;
      }
      await setImmediate();
    }
    const positions = new Map(nodes.map((node, position) => [node.id, position]));
    return {
      nodes,
      types,
      from,
      to,
      type,
      leaving: adjacency(nodes.length, from),
      arriving: adjacency(nodes.length, to),
      position: (id) => positions.get(id),
    };
  });
}

/** The relationships of one node in one direction, as indexes into the edge columns. */
export function edgesOf({ start, edges }: Adjacency, node: number): Uint32Array {
  return edges.subarray(start[node] ?? 0, start[node + 1] ?? 0);
}
