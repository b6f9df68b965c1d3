import type { GraphShape } from '#engine/ports/index.ts';
import { categories, clouds, type Category, type Cloud, type RelationshipType } from '#shared/model/index.ts';
import { codedAt, createTextIndex, foldedAt, orderBy, startsOf, textAt, type TextIndex } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { flagsAt, nativeIdAt } from './node-columns.ts';

// Asked for every node of every answer: a schema would cost more than the walk.
const categoriesByName = new Map<string, Category>(categories.map((name) => [name, name]));
const cloudsByName = new Map<string, Cloud>(clouds.map((name) => [name, name]));

/** A resource as the walks and the drawing need it. */
export interface TopologyNode {
  readonly id: string;
  /** Its name, or its native id where it has none. */
  readonly label: string;
  readonly kind: string;
  readonly category: Category;
  readonly cloud: Cloud;
  readonly scopeId: string;
  readonly region: string;
  readonly isStub: boolean;
  readonly stale: boolean;
}

/**
 * The graph's shape with the ways through it. Every walk is a loop over numbers, so a hub costs its neighbours and
 * nothing else, and nothing is asked of the database: joins with conditions on both ends have crashed it (Kùzu 0.11.3).
 */
export interface Topology {
  readonly shape: GraphShape;
  /** Relationships that leave node `n`: `leaving[n] … leaving[n + 1] - 1`. */
  readonly leaving: Uint32Array;
  /** Relationships that arrive at node `n`: `order[starts[n]] … order[starts[n + 1] - 1]`. */
  readonly arriving: { readonly starts: Uint32Array; readonly order: Uint32Array };
}

/** Reads the ways through the current graph; kept until there is another. */
export async function readTopology(graph: GraphAccess): Promise<Topology> {
  return graph.once('topology', async () => topologyOf(await graph.shape()));
}

/** Finds the ways through a shape. */
export async function topologyOf(shape: GraphShape): Promise<Topology> {
  const { from, to } = shape.relationships;
  const starts = await startsOf(shape.nodes, to);
  return { shape, leaving: await startsOf(shape.nodes, from), arriving: { starts, order: await orderBy(to, starts) } };
}

/** A relationship seen from one of its ends. */
export interface Related {
  /** The relationship's position. */
  readonly edge: number;
  readonly type: RelationshipType;
  /** The node at the other end. */
  readonly other: number;
  /** At which end of the relationship the other node stands. */
  readonly end: 'from' | 'to';
}

export type Direction = 'out' | 'in' | 'both';

/** Tells every relationship between a node and other resources, those that arrive first; addresses are left out. */
export function eachRelated(
  { shape, leaving, arriving }: Topology,
  node: number,
  tell: (related: Related) => void,
): void {
  const { from, to } = shape.relationships;
  for (let place = arriving.starts[node] ?? 0; place < (arriving.starts[node + 1] ?? 0); place += 1) {
    const edge = arriving.order[place] ?? 0;
    const other = from[edge] ?? 0;
    if (other < shape.resources) tell({ edge, type: typeAt(shape, edge), other, end: 'from' });
  }
  for (let edge = leaving[node] ?? 0; edge < (leaving[node + 1] ?? 0); edge += 1) {
    const other = to[edge] ?? 0;
    if (other < shape.resources) tell({ edge, type: typeAt(shape, edge), other, end: 'to' });
  }
}

/** Tells every resource that has an address: those with a `HAS_ADDRESS` to the address node. */
export function eachAddressed({ shape, arriving }: Topology, address: number, tell: (resource: number) => void): void {
  for (let place = arriving.starts[address] ?? 0; place < (arriving.starts[address + 1] ?? 0); place += 1) {
    const edge = arriving.order[place] ?? 0;
    if (typeAt(shape, edge) === 'HAS_ADDRESS') tell(shape.relationships.from[edge] ?? 0);
  }
}

/** The addresses, networks and names a resource has that are nodes of their own. */
export function addressesOf({ shape, leaving }: Topology, resource: number): readonly string[] {
  const found: string[] = [];
  for (let edge = leaving[resource] ?? 0; edge < (leaving[resource + 1] ?? 0); edge += 1) {
    const other = shape.relationships.to[edge] ?? 0;
    if (other >= shape.resources && typeAt(shape, edge) === 'HAS_ADDRESS') found.push(textAt(shape.names, other));
  }
  return found;
}

export function typeAt({ relationships }: GraphShape, edge: number): RelationshipType {
  return relationships.types[relationships.type[edge] ?? 0] ?? 'REFERENCES';
}

/** What a resource is called: its name, or its native id where it has none. */
export function labelAt(shape: GraphShape, position: number): string {
  return textAt(shape.names, position) || nativeIdAt(shape, position);
}

export function nodeAt(shape: GraphShape, position: number): TopologyNode {
  const { isStub, stale } = flagsAt(shape, position);
  return {
    id: textAt(shape.ids, position),
    label: labelAt(shape, position),
    kind: codedAt(shape.kinds, position),
    category: categoriesByName.get(codedAt(shape.categories, position)) ?? 'other',
    cloud: cloudsByName.get(codedAt(shape.clouds, position)) ?? 'other',
    scopeId: codedAt(shape.scopes, position),
    region: codedAt(shape.regions, position),
    isStub,
    stale,
  };
}

/** Finds nodes by canonical id in any case. */
export async function readIdIndex(graph: GraphAccess): Promise<TextIndex> {
  return graph.once('id-index', async () => {
    const { nodes, ids } = await graph.shape();
    return createTextIndex(nodes, (position) => foldedAt(ids, position));
  });
}

/** The position of the resource with exactly this canonical id. */
export async function positionOf(graph: GraphAccess, id: string): Promise<number | undefined> {
  const [{ ids, resources }, index] = await Promise.all([graph.shape(), readIdIndex(graph)]);
  return index.find(id.toLowerCase()).find((position) => position < resources && textAt(ids, position) === id);
}
