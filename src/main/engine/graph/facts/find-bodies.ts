import type { Json } from '#shared/base/json.ts';
import type { FactPlace } from '#engine/ports/index.ts';
import { readBodies, readCellResources, type CellResource } from './cell-reader.ts';
import type { CellChain, CellRecord, FactIndex } from './fact-index.ts';
import { findFact } from './find-resource.ts';
import { createPartReader } from './parts.ts';

type Wanted = FactPlace & { readonly id: string };

function byPlace(wanted: readonly Wanted[]): ReadonlyMap<string, Set<string>> {
  const places = new Map<string, Set<string>>();
  for (const { id, scope, kind } of wanted) {
    const key = `${scope}\n${kind}`;
    const ids = places.get(key);
    if (ids === undefined) places.set(key, new Set([id]));
    else ids.add(id);
  }
  return places;
}

function placeOf(chain: CellChain): string {
  const cell = chain[0]?.sealed.cell;
  return `${cell?.scope ?? ''}\n${cell?.kind ?? ''}`;
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
  for (const chain of index.chains.values()) {
    const ids = places.get(placeOf(chain));
    if (ids === undefined) continue;
    signal.throwIfAborted();
    for (const resource of (await readCellResources(chain, parts)).facts) {
      const { id } = resource.fact;
      const known = newest.get(id);
      if (ids.has(id) && (known === undefined || known.lastRun < resource.lastRun)) newest.set(id, resource);
    }
  }
  const found = new Map<string, Json>();
  for (const record of new Set([...newest.values()].map((resource) => resource.record))) {
    signal.throwIfAborted();
    for (const [id, body] of await bodiesOf(record)) if (newest.get(id)?.record === record) found.set(id, body);
  }
  for (const { id } of wanted) {
    if (found.has(id)) continue;
    signal.throwIfAborted();
    const fact = await findFact(index, id);
    if (fact !== null) found.set(id, fact.raw);
  }
  return found;

  async function bodiesOf(record: CellRecord): Promise<ReadonlyMap<string, Json>> {
    return (await readBodies(record, parts)).bodies;
  }
}
