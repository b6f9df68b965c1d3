import { AppError } from '#shared/errors/index.ts';
import { createTextIndex, textAt, type TextIndex } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { flagsAt, nativeIdAt } from './node-columns.ts';
import { positionOf, readIdIndex } from './topology.ts';

/** Finds resources by native id. */
export async function readNativeIndex(graph: GraphAccess): Promise<TextIndex> {
  return graph.once('native-index', async () => {
    const shape = await graph.shape();
    return createTextIndex(shape.resources, (position) => nativeIdAt(shape, position));
  });
}

/** Every resource an id may mean: the one with this canonical id, in any case, or all with this native id. */
async function candidatesFor(graph: GraphAccess, id: string): Promise<readonly number[]> {
  const exact = await positionOf(graph, id);
  if (exact !== undefined) return [exact];
  const [shape, ids, natives] = await Promise.all([graph.shape(), readIdIndex(graph), readNativeIndex(graph)]);
  const named = natives.find(id);
  const found = named.length > 0 ? named : ids.find(id.toLowerCase()).filter((position) => position < shape.resources);
  // A stub that is also listed under its full id is the same thing seen from afar.
  const listed = found.filter((position) => !flagsAt(shape, position).isStub);
  return listed.length > 0 ? listed : found;
}

/**
 * The position of the resource an id means: a canonical id, or a native id that only one resource has. Throws
 * `not-found`, or `conflict` naming the candidates.
 */
export async function resolveResource(graph: GraphAccess, id: string): Promise<number> {
  const candidates = await candidatesFor(graph, id);
  const [only, second] = candidates;
  if (only === undefined) {
    throw new AppError('not-found', `No resource ${id} is in the graph.`, {
      advice: 'Search for a part of its name or id, or map its account and region again.',
      details: { id },
    });
  }
  if (second === undefined) return only;
  const { ids } = await graph.shape();
  const named = candidates.map((position) => textAt(ids, position)).sort();
  throw new AppError('conflict', `${id} is the id of ${named.length} resources.`, {
    advice: 'Use one of the full ids.',
    details: { candidates: named.slice(0, 10) },
  });
}

/** The positions of everything some ids may mean, and those that mean nothing. */
export async function resolveAll(
  graph: GraphAccess,
  ids: readonly string[],
): Promise<{ readonly positions: readonly number[]; readonly unknown: readonly string[] }> {
  const positions = new Set<number>();
  const unknown: string[] = [];
  for (const id of ids) {
    const candidates = await candidatesFor(graph, id);
    if (candidates.length === 0) unknown.push(id);
    for (const position of candidates) positions.add(position);
  }
  return { positions: [...positions], unknown };
}
