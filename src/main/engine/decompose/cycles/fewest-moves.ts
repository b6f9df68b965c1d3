import { FlowNetwork } from './max-flow.ts';

/** More than all moves together can cost. */
const never = 2 ** 40;

/** Members to be put into places of a given order of groups. */
export interface Placing {
  /** Number of places; the group in place 0 is built first. */
  readonly places: number;
  /** Place of each member as it is. */
  readonly present: readonly number[];
  /** Pairs of members: the first needs the second, so it must not stand in an earlier place. */
  readonly needs: readonly (readonly [number, number])[];
  /** What it costs to put a member into a place other than its own: a whole number, or infinity where it must stay. */
  cost(member: number, place: number): number;
}

/**
 * Puts members into places so that nothing needs what comes later, at the least cost: a minimum cut. Each member is a
 * chain of nodes from source to sink, one link per place; which link is cut says where the member goes, and an edge
 * that cannot be cut between two chains says who must not stand before whom. Null when pinned members contradict.
 */
export function fewestMoves(placing: Placing): { readonly cost: number; readonly places: readonly number[] } | null {
  const { places, present, needs } = placing;
  const width = places - 1;
  const source = present.length * width;
  const sink = source + 1;
  const network = new FlowNetwork(sink + 1);
  // Node (member, i) lies on the source's side when the member stands after place i.
  const node = (member: number, i: number): number => (i < 0 ? source : i >= width ? sink : member * width + i);
  for (const [member, own] of present.entries()) {
    for (let place = 0; place < places; place += 1) {
      const cost = place === own ? 0 : Math.min(placing.cost(member, place), never);
      // Nothing comes back over a cut: a member stands in one place.
      network.connect([node(member, place - 1), node(member, place)], cost, place === 0 || place === width ? 0 : never);
    }
  }
  for (const [member, needed] of needs) {
    for (let i = 0; i < width; i += 1) network.connect([node(needed, i), node(member, i)], never);
  }
  const { size, inside } = network.leastCut(source, sink);
  if (size >= never) return null;
  return {
    cost: size,
    places: present.map((_own, member) => {
      let place = 0;
      while (place < width && inside[node(member, place)] === true) place += 1;
      return place;
    }),
  };
}
