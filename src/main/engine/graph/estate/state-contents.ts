import type { StateContents } from '#shared/model/index.ts';
import { textAt } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readManaged } from './managed.ts';
import { labelAt, nodeAt, positionOf } from './topology.ts';

/** As many as an inspector can show; the table lists all. */
const shownRows = 500;

/** What a state manages, by address. */
export async function readStateContents(graph: GraphAccess, state: string): Promise<StateContents> {
  const [shape, { ofState, replaced, gone }] = await Promise.all([graph.shape(), readManaged(graph)]);
  const claims = ofState.get(state) ?? [];
  const shown = claims.toSorted((one, other) => compare(one.claim.address, other.claim.address)).slice(0, shownRows);
  const newer = replaced.get(state);
  const place = newer === undefined ? undefined : await positionOf(graph, newer);
  return {
    total: claims.length,
    gone: claims.filter(({ position }) => gone.has(position)).length,
    rows: shown.map(({ position, claim: { address } }) => {
      const { id, kind, isStub } = nodeAt(shape, position);
      return { id, kind, name: labelAt(shape, position), address, isStub, gone: gone.has(position) };
    }),
    replacedBy: place === undefined ? null : { id: textAt(shape.ids, place), name: labelAt(shape, place) },
  };
}

function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
