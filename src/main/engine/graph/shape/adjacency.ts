import { createPauses } from './pauses.ts';

/** Where the relationships of each node begin in a list that is ordered by node: `starts[n] … starts[n + 1]`. */
export async function startsOf(nodes: number, ends: Uint32Array): Promise<Uint32Array> {
  const pause = createPauses();
  const starts = new Uint32Array(nodes + 1);
  for (let edge = 0; edge < ends.length; edge += 1) {
    const end = (ends[edge] ?? 0) + 1;
    starts[end] = (starts[end] ?? 0) + 1;
    if (edge % 65_536 === 0) await pause();
  }
  for (let node = 0; node < nodes; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  return starts;
}

/** The relationships in the order of one of their ends, by counting; those of one node keep their order. */
export async function orderBy(ends: Uint32Array, starts: Uint32Array): Promise<Uint32Array> {
  const pause = createPauses();
  const next = starts.slice();
  const order = new Uint32Array(ends.length);
  for (let edge = 0; edge < ends.length; edge += 1) {
    const end = ends[edge] ?? 0;
    const place = next[end] ?? 0;
    order[place] = edge;
    next[end] = place + 1;
    if (edge % 65_536 === 0) await pause();
  }
  return order;
}
