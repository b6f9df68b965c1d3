import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { PairWeights, type Affinity } from './affinity.ts';
import { seeded } from './seeded.ts';

/** Group number per member. */
export type Partition = readonly number[];

const runs = 10;
const rounds = 6;
/** In how many of the runs two members must meet to be held together in the next round. */
const agreement = 0.5;

function louvainOnce(graph: UndirectedGraph, resolution: number, seed: number): Partition {
  const found = louvain(graph, { resolution, rng: seeded(seed), getEdgeWeight: 'weight' });
  return graph.mapNodes((node) => found[node] ?? 0);
}

function graphOf(affinity: Affinity): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (let member = 0; member < affinity.size; member += 1) graph.addNode(String(member));
  // With a key of our own none has to be made up.
  affinity.each((one, other, weight) => graph.addEdgeWithKey(`${one} ${other}`, one, other, { weight }));
  return graph;
}

/** The members of each group. */
export function groupsOf(partition: Partition): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  for (const [member, group] of partition.entries()) {
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [member]);
    else list.push(member);
  }
  return [...groups.values()];
}

/** Groups numbered by their first member, so that equal partitions are equal arrays. */
export function numbered(partition: Partition): Partition {
  const numbers = new Map<number, number>();
  return partition.map((group) => {
    const known = numbers.get(group) ?? numbers.size;
    numbers.set(group, known);
    return known;
  });
}

function meetings(
  partitions: readonly Partition[],
  size: number,
): { readonly pairs: PairWeights; readonly agreed: boolean } {
  const counts = new PairWeights(size);
  for (const partition of partitions) {
    for (const group of groupsOf(partition)) {
      for (const [at, one] of group.entries()) for (const other of group.slice(at + 1)) counts.add(one, other, 1);
    }
  }
  const pairs = new PairWeights(size);
  let agreed = true;
  counts.each((one, other, count) => {
    if (count < partitions.length) agreed = false;
    if (count >= agreement * partitions.length) pairs.add(one, other, count / partitions.length);
  });
  return { pairs, agreed };
}

function consensus(affinity: Affinity, start: UndirectedGraph, resolution: number): Partition {
  let graph = start;
  for (let round = 0; ; round += 1) {
    const partitions = Array.from({ length: runs }, (_, run) => louvainOnce(graph, resolution, 1 + run + 100 * round));
    const { pairs, agreed } = meetings(partitions, affinity.size);
    if (agreed || round === rounds) return numbered(partitions[0] ?? []);
    graph = graphOf(pairs);
  }
}

/** Communities of one affinity at any resolution. Seeds are fixed: the same affinity always gives the same answer. */
export interface Communities {
  /** Those of a single run: quick, and good enough to tell how many there are. */
  once(resolution: number): Partition;
  /**
   * Those on which several runs of Louvain agree: pairs that meet in at least half of the runs are clustered again
   * until all runs say the same.
   */
  agreed(resolution: number): Partition;
}

export function communitiesOf(affinity: Affinity): Communities {
  const graph = graphOf(affinity);
  return {
    once: (resolution) => numbered(louvainOnce(graph, resolution, 1)),
    agreed: (resolution) => consensus(affinity, graph, resolution),
  };
}
