import type { GraphShape } from '#engine/ports/index.ts';
import { compareTexts, foldedAt, orderByCode, orderPositions } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { nativeIdAt } from './node-columns.ts';

export type SortColumn = 'name' | 'kind' | 'region' | 'scope' | 'nativeId' | 'state' | 'createdAt' | 'lastRun';

export interface SortOrder {
  readonly by: SortColumn;
  readonly descending: boolean;
}

/** Resources by name in any case, then by id. */
async function orderByName(graph: GraphAccess): Promise<Uint32Array> {
  return graph.once('order name', async () => {
    const { resources, names, ids } = await graph.shape();
    return orderPositions(
      resources,
      (left, right) =>
        compareTexts(foldedAt(names, left), foldedAt(names, right)) ||
        compareTexts(foldedAt(ids, left), foldedAt(ids, right)),
    );
  });
}

/** By a number, or text, that may be missing; what has none stands at the end either way. */
async function orderByValue<Value>(
  base: Uint32Array,
  valueOf: (position: number) => Value | null,
  options: { readonly descending: boolean; readonly compare: (left: Value, right: Value) => number },
): Promise<Uint32Array> {
  const sign = options.descending ? -1 : 1;
  const places = await orderPositions(base.length, (left, right) => {
    const [one, other] = [valueOf(base[left] ?? 0), valueOf(base[right] ?? 0)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * options.compare(one, other);
  });
  return places.map((place) => base[place] ?? 0);
}

async function makeOrder(graph: GraphAccess, { by, descending }: SortOrder): Promise<Uint32Array> {
  const [shape, byName] = await Promise.all([graph.shape(), orderByName(graph)]);
  const byKind = (): Promise<Uint32Array> => orderByCode(byName, shape.kinds, { descending: false });
  const difference = (left: number, right: number): number => left - right;
  switch (by) {
    case 'name':
      return descending ? byName.toReversed() : byName;
    case 'kind':
      return orderByCode(byName, shape.kinds, { descending });
    case 'region':
      return orderByCode(await byKind(), shape.regions, { descending });
    case 'scope':
      return orderByCode(await byKind(), shape.scopes, { descending });
    case 'state':
      return orderByCode(await byKind(), shape.states, { descending });
    case 'nativeId': {
      const nativeOf = (position: number): string => nativeIdAt(shape, position);
      return orderByValue(byName, nativeOf, { descending, compare: compareTexts });
    }
    case 'createdAt':
      return orderByValue(await byKind(), momentOf(shape), { descending, compare: difference });
    case 'lastRun':
      return orderByValue(await byKind(), (position) => shape.lastRun[position] ?? 0, {
        descending,
        compare: difference,
      });
  }
}

function momentOf({ createdAt }: GraphShape): (position: number) => number | null {
  return (position) => {
    const moment = createdAt[position] ?? Number.NaN;
    return Number.isNaN(moment) ? null : moment;
  };
}

/** All resources in an order, by position; ties fall by name and id, so that pages never overlap. Kept per graph. */
export async function readOrder(graph: GraphAccess, order: SortOrder): Promise<Uint32Array> {
  return graph.once(`order ${order.by} ${order.descending}`, () => makeOrder(graph, order));
}

/** The place of each resource in the order by name and id: comparing two names becomes comparing two numbers. */
export async function readNameRanks(graph: GraphAccess): Promise<Uint32Array> {
  return graph.once('name-ranks', async () => {
    const byName = await orderByName(graph);
    const ranks = new Uint32Array(byName.length);
    for (const [rank, position] of byName.entries()) ranks[position] = rank;
    return ranks;
  });
}
