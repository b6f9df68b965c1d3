import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { PairWeights, type Affinity } from './affinity.ts';

/** Group number per member. */
export type Partition = readonly number[];

const runs = 10;
const rounds = 6;
/** In how many of the runs two members must meet to be held together in the next round. */
const agreement = 0.5;

/** A random source that gives the same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function louvainOnce(graph: UndirectedGraph, resolution: number, seed: number): Partition {
  const found = louvain(graph, { resolution, rng: seeded(seed), getEdgeWeight: 'weight' });
  return graph.mapNodes((node) => found[node] ?? 0);
}

function graphOf(affinity: Affinity): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (let member = 0; member < affinity.size; member += 1) graph.addNode(String(member));
  affinity.each((one, other, weight) => graph.addEdge(String(one), String(other), { weight }));
  return graph;
}

/** The communities of a single run: quick, and good enough to tell how many there are. */
export function communitiesOnce(affinity: Affinity, resolution: number): Partition {
  return numbered(louvainOnce(graphOf(affinity), resolution, 1));
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

/**
 * Communities on which several runs of Louvain agree: pairs that meet in at least half of the runs are clustered again
 * until all runs say the same. Seeds are fixed, so the same affinity always gives the same answer.
 */
export function consensusCommunities(affinity: Affinity, resolution: number): Partition {
  let current = affinity;
  for (let round = 0; ; round += 1) {
    const graph = graphOf(current);
    const partitions = Array.from({ length: runs }, (_, run) => louvainOnce(graph, resolution, 1 + run + 100 * round));
    const { pairs, agreed } = meetings(partitions, affinity.size);
    if (agreed || round === rounds) return numbered(partitions[0] ?? []);
    current = pairs;
  }
}
