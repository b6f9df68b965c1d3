import type { Json } from '#shared/base/json.ts';
import type { FactPlace } from '#engine/ports/index.ts';
import { readBodies, readChainResources, type CellResource } from './cell-reader.ts';
import { placeKey } from './chains.ts';
import type { FactIndex } from './fact-index.ts';
import { findFact } from './find-resource.ts';
import { createPartReader } from './parts.ts';

type Wanted = FactPlace & { readonly id: string };

function byPlace(wanted: readonly Wanted[]): ReadonlyMap<string, Set<string>> {
  const places = new Map<string, Set<string>>();
  for (const { id, ...place } of wanted) {
    const key = placeKey(place);
    const ids = places.get(key);
    if (ids === undefined) places.set(key, new Set([id]));
    else ids.add(id);
  }
  return places;
}

function isBetter(candidate: CellResource, known: CellResource): boolean {
  const full = candidate.fact.sparse !== true;
  return full === (known.fact.sparse !== true) ? candidate.record.age > known.record.age : full;
}

/**
 * Bodies of many resources. The cells of their places are read whole, each once; what another cell saw (a resource
 * shared by another account) is looked for one by one.
 */
export async function findBodies(
  index: FactIndex,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Json>> {
  const places = byPlace(wanted);
  const parts = createPartReader();
  const newest = new Map<string, CellResource>();
  for (const [place, ids] of places) {
    for (const chain of index.chains.get(place) ?? []) {
      signal.throwIfAborted();
      for (const resource of (await readChainResources(chain, parts)).facts) {
        const { id } = resource.fact;
        const known = newest.get(id);
        if (ids.has(id) && (known === undefined || isBetter(resource, known))) newest.set(id, resource);
      }
    }
  }
  const found = new Map<string, Json>();
  for (const record of new Set([...newest.values()].map((resource) => resource.record))) {
    signal.throwIfAborted();
    const { bodies } = await readBodies(record, parts, { has: (id) => newest.get(id)?.record === record });
    for (const [id, body] of bodies) found.set(id, body);
  }
  for (const { id } of wanted) {
    if (found.has(id)) continue;
    signal.throwIfAborted();
    const fact = await findFact(index, id);
    if (fact !== null) found.set(id, fact.raw);
  }
  return found;
}
