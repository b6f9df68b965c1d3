import type { RelationshipType } from '#shared/model/index.ts';
import { eachRelated, type Topology } from './topology.ts';
import type { Reached } from './walk-dependents.ts';

export interface PathsWalk {
  /** Only over these relationships; empty means all. */
  readonly types: readonly RelationshipType[];
  /** `out` follows relationships only the way they point. */
  readonly direction: 'out' | 'both';
  /** How many ways are wanted. */
  readonly limit: number;
}

/** A step of a way: like a walk's, without how far it is. */
export type Step = Omit<Reached, 'hops'>;

export interface FoundPaths {
  /** Ways of the shortest length, each from the first step to the last. Empty when there is none. */
  readonly paths: readonly (readonly Step[])[];
  readonly more: boolean;
}

const notSeen = -1;

/**
 * The shortest ways from one resource to another: breadth-first from the end, so that from the beginning every step
 * that comes nearer is part of a shortest way.
 */
export function findPaths(
  topology: Topology,
  { from, to }: { readonly from: number; readonly to: number },
  { types, direction, limit }: PathsWalk,
): FoundPaths {
  const allowed = types.length === 0 ? null : new Set(types);
  const distances = measure();
  const length = distances[from] ?? notSeen;
  if (length === notSeen || length === 0) return { paths: length === 0 ? [[]] : [], more: false };
  const paths: Step[][] = [];
  collect(from, []);
  return { paths: paths.slice(0, limit), more: paths.length > limit };

  /** Steps that lead away from a node, or with `backwards` those that lead to it. */
  function eachStep(node: number, backwards: boolean, tell: (step: Step) => void): void {
    eachRelated(topology, node, ({ type, other, end }) => {
      if (allowed !== null && !allowed.has(type)) return;
      if (direction === 'out' && end !== (backwards ? 'from' : 'to')) return;
      tell({ position: other, via: node, type, end });
    });
  }

  /** How far every node is from the end, as far as the beginning. */
  function measure(): Int32Array {
    const found = new Int32Array(topology.shape.resources).fill(notSeen);
    found[to] = 0;
    let ring = [to];
    for (let distance = 1; ring.length > 0 && found[from] === notSeen; distance += 1) {
      const next: number[] = [];
      for (const node of ring) {
        eachStep(node, true, ({ position }) => {
          if (found[position] !== notSeen) return;
          found[position] = distance;
          next.push(position);
        });
      }
      ring = next;
    }
    return found;
  }

  /** Goes on by every step that comes nearer to the end, until there is one way more than is wanted. */
  function collect(node: number, taken: readonly Step[]): void {
    if (node === to) {
      paths.push([...taken]);
      return;
    }
    const nearer = (distances[node] ?? 0) - 1;
    const steps: Step[] = [];
    eachStep(node, false, (step) => {
      if (distances[step.position] === nearer) steps.push(step);
    });
    for (const step of steps) {
      if (paths.length > limit) return;
      collect(step.position, [...taken, step]);
    }
  }
}
