import { FlowNetwork } from './max-flow.ts';

/** More than all moves together can cost. */
const never = 2 ** 40;

/** Who needs whom among members that are numbered from 0. */
export interface Needs {
  /** What each member needs. */
  readonly needed: readonly (readonly number[])[];
  /** Who needs each member. */
  readonly users: readonly (readonly number[])[];
}

/** Members to be put into places of a given order of groups. */
export interface Placing {
  /** Place of each member as it is; the group in place 0 is built first. A member must not stand before what it needs. */
  readonly present: readonly number[];
  readonly needs: Needs;
  /** What it costs to put a member into a place other than its own: a whole number, or infinity where it must stay. */
  cost(member: number, place: number): number;
}

export interface Placed {
  readonly cost: number;
  /** New places of the members that move. */
  readonly moves: ReadonlyMap<number, number>;
}

/** Needs as lists, from pairs of which the first needs the second. */
export function needsOf(size: number, pairs: Iterable<readonly [number, number]>): Needs {
  const needed = Array.from({ length: size }, (): number[] => []);
  const users = Array.from({ length: size }, (): number[] => []);
  for (const [from, to] of pairs) {
    needed[from]?.push(to);
    users[to]?.push(from);
  }
  return { needed, users };
}

/** The places that members may have to go to: from their own up to what they need, or down to who needs them. */
interface Ranges {
  readonly lowest: ReadonlyMap<number, number>;
  readonly highest: ReadonlyMap<number, number>;
}

/**
 * What the needs that point to a later place ask for: their own two members, and whoever would be passed by one of
 * these on its way. Nobody else has a reason to move.
 */
function rangesOf({ present, needs }: Placing): Ranges {
  const lowest = new Map<number, number>();
  const highest = new Map<number, number>();
  const at = (member: number): number => present[member] ?? 0;
  const left: (readonly [member: number, place: number, up: boolean])[] = [];
  for (const [member, needed] of needs.needed.entries()) {
    for (const other of needed) {
      if (at(member) < at(other)) left.push([member, at(other), true], [other, at(member), false]);
    }
  }
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [member, place, up] = next;
    const known = (up ? highest : lowest).get(member) ?? at(member);
    if (up ? place <= known : place >= known) continue;
    (up ? highest : lowest).set(member, place);
    const passed = up
      ? needs.users[member]?.filter((user) => at(user) < place)
      : needs.needed[member]?.filter((needed) => at(needed) > place);
    for (const other of passed ?? []) left.push([other, place, up]);
  }
  return { lowest, highest };
}

/**
 * Puts members into places so that nothing needs what comes later, at the least cost: a minimum cut. Each member that
 * may have to move is a chain of nodes from source to sink, one link per place in its range; which link is cut says
 * where the member goes, and an edge that cannot be cut between two chains says who must not stand before whom. Null
 * when pinned members contradict.
 */
export function fewestMoves(placing: Placing): Placed | null {
  const { present, needs } = placing;
  const { lowest, highest } = rangesOf(placing);
  const chains = new Map<number, { readonly low: number; readonly high: number; readonly first: number }>();
  let nodes = 2;
  for (const member of new Set([...lowest.keys(), ...highest.keys()])) {
    const own = present[member] ?? 0;
    const [low, high] = [lowest.get(member) ?? own, highest.get(member) ?? own];
    chains.set(member, { low, high, first: nodes });
    nodes += high - low;
  }
  const [source, sink] = [0, 1];
  const network = new FlowNetwork(nodes);
  // Node (member, i) lies on the source's side when the member stands after place i.
  const node = (member: number, i: number): number => {
    const chain = chains.get(member) ?? { low: 0, high: 0, first: 0 };
    return i < chain.low ? source : i >= chain.high ? sink : chain.first + i - chain.low;
  };
  for (const [member, { low, high }] of chains) {
    for (let place = low; place <= high; place += 1) {
      const cost = place === present[member] ? 0 : Math.min(placing.cost(member, place), never);
      // Nothing comes back over a cut: a member stands in one place.
      network.connect(
        [node(member, place - 1), node(member, place)],
        cost,
        place === low || place === high ? 0 : never,
      );
    }
    for (const needed of needs.needed[member] ?? []) {
      const other = chains.get(needed);
      // Who has no reason to move stands before every place that the member may go to.
      if (other === undefined) continue;
      for (let i = Math.min(low, other.low); i < Math.max(high, other.high); i += 1) {
        const [from, to] = [node(needed, i), node(member, i)];
        if (from !== to && from !== sink && to !== source) network.connect([from, to], never);
      }
    }
  }
  const { size, inside } = network.leastCut(source, sink);
  if (size >= never) return null;
  const moves = new Map<number, number>();
  for (const [member, { low, high }] of chains) {
    let place = low;
    while (place < high && inside[node(member, place)] === true) place += 1;
    if (place !== present[member]) moves.set(member, place);
  }
  return { cost: size, moves };
}
