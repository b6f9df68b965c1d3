import { AppError } from '#shared/errors/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readTopology, type Topology } from './topology.ts';

interface NameIndex {
  readonly native: ReadonlyMap<string, readonly number[]>;
  readonly lowerCase: ReadonlyMap<string, readonly number[]>;
}

function group(names: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [position, name] of names.entries()) {
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [position]);
    else known.push(position);
  }
  return groups;
}

async function readNames(graph: GraphAccess, { nodes }: Topology): Promise<NameIndex> {
  return graph.once('names', () =>
    Promise.resolve({
      native: group(nodes.map((node) => node.nativeId)),
      lowerCase: group(nodes.map((node) => node.id.toLowerCase())),
    }),
  );
}

/** Every resource an id may mean: the one with this canonical id, in any case, or all with this native id. */
export async function candidatesFor(graph: GraphAccess, id: string): Promise<readonly number[]> {
  const topology = await readTopology(graph);
  const exact = topology.position(id);
  if (exact !== undefined) return [exact];
  const { native, lowerCase } = await readNames(graph, topology);
  const found = native.get(id) ?? lowerCase.get(id.toLowerCase()) ?? [];
  // A stub that is also listed under its full id is the same thing seen from afar.
  const listed = found.filter((position) => topology.nodes[position]?.isStub === false);
  return listed.length > 0 ? listed : found;
}

/**
 * The position of the resource an id means: a canonical id, or a native id that only one resource has. Throws
 * `not-found`, or `conflict` naming the candidates.
 */
export async function resolveResource(graph: GraphAccess, id: string): Promise<number> {
  const { nodes } = await readTopology(graph);
  const [only, second, ...more] = await candidatesFor(graph, id);
  if (only === undefined) {
    throw new AppError('not-found', `No resource ${id} is in the graph.`, {
      advice: 'Search for a part of its name or id, or map its account and region again.',
      details: { id },
    });
  }
  if (second === undefined) return only;
  const ids = [only, second, ...more].map((position) => nodes[position]?.id ?? '').sort();
  throw new AppError('conflict', `${id} is the id of ${ids.length} resources.`, {
    advice: 'Use one of the full ids.',
    details: { candidates: ids.slice(0, 10) },
  });
}
