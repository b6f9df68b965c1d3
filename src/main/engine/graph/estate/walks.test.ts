import { array, assert, asyncProperty, constantFrom, integer, nat, record, subarray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { relationshipTypes, type RelationshipType } from '#shared/model/index.ts';
import { relationship, resource } from '#test/support/estate/small-estate.ts';
import { smallTopology, type SmallTopology } from '#test/support/estate/small-topology.ts';
import { dependentEnd } from './dependencies.ts';
import { findPaths } from './find-paths.ts';
import { createChains, walkDependents } from './walk-dependents.ts';

interface Edge {
  readonly type: RelationshipType;
  readonly from: number;
  readonly to: number;
}

const nodes = 14;
const edges = array(
  record({ type: constantFrom(...relationshipTypes), from: nat({ max: nodes - 1 }), to: nat({ max: nodes - 1 }) }),
  { maxLength: 40, size: 'max' },
);

async function topologyOf(list: readonly Edge[]): Promise<SmallTopology> {
  const idOf = (node: number): string => `arn:aws:ec2:eu-west-1:1:thing/${node}`;
  return smallTopology(
    Array.from({ length: nodes }, (_, node) => resource({ id: idOf(node), kind: 'aws.ec2.thing' })),
    list.map(({ type, from, to }) => relationship(idOf(from), type, idOf(to))),
  );
}

/** Steps from a node by the plain list of edges. */
function stepsOf(list: readonly Edge[], node: number, passes: (edge: Edge, end: 'from' | 'to') => boolean): number[] {
  return list.flatMap((edge) => [
    ...(edge.to === node && passes(edge, 'from') ? [edge.from] : []),
    ...(edge.from === node && passes(edge, 'to') ? [edge.to] : []),
  ]);
}

/** How far every node is from some, by waves over the plain list. */
function distancesFrom(starts: readonly number[], next: (node: number) => readonly number[]): Map<number, number> {
  const found = new Map(starts.map((start) => [start, 0]));
  let wave = [...found.keys()];
  for (let distance = 1; wave.length > 0; distance += 1) {
    wave = [...new Set(wave.flatMap(next))].filter((node) => !found.has(node));
    for (const node of wave) found.set(node, distance);
  }
  return found;
}

describe('dependents and dependencies', () => {
  test('are those a plain search finds, each at its distance with a chain that holds', async () => {
    await assert(
      asyncProperty(
        edges,
        subarray([0, 1, 2, 3], { minLength: 1 }),
        integer({ min: 1, max: 5 }),
        constantFrom('dependents', 'dependencies'),
        async (list, starts, hops, direction) => {
          const topology = await topologyOf(list);
          const reached = walkDependents(topology, starts, { hops, direction });
          const other = { from: 'to', to: 'from' } as const;
          const depends = ({ type }: Edge, end: 'from' | 'to'): boolean => {
            const wanted = direction === 'dependents' ? end : other[end];
            return dependentEnd[type] === wanted || dependentEnd[type] === 'both';
          };
          const wanted = distancesFrom(starts, (node) => stepsOf(list, node, depends));
          const within = [...wanted].filter(([, distance]) => distance > 0 && distance <= hops);
          expect(new Map(reached.map((one) => [one.position, one.hops]))).toEqual(new Map(within));
          const chainOf = createChains(reached);
          for (const one of reached) {
            const chain = chainOf(one);
            expect(chain).toHaveLength(one.hops);
            expect(starts).toContain(chain[0]?.via);
            for (const [index, { position, via, type, end }] of chain.entries()) {
              expect(via).toBe(index === 0 ? via : chain[index - 1]?.position);
              const [from, to] = end === 'from' ? [position, via] : [via, position];
              expect(list).toContainEqual({ type, from, to });
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('paths', () => {
  test('are all the shortest ways and no other', async () => {
    await assert(
      asyncProperty(
        edges,
        constantFrom('out', 'both'),
        subarray([...relationshipTypes]),
        async (list, direction, types) => {
          const topology = await topologyOf(list);
          const isWay = ({ type }: Edge, end: 'from' | 'to'): boolean =>
            (types.length === 0 || types.includes(type)) && (direction === 'both' || end === 'to');
          const steps = (node: number): number[] => stepsOf(list, node, isWay);
          const length = distancesFrom([0], steps).get(1);
          const { paths, more } = findPaths(topology, { from: 0, to: 1 }, { types, direction, limit: 1000 });
          expect(more).toBe(false);
          // Every walk of that length that ends there, one by one.
          let walks = [[0]];
          for (let hop = 0; hop < (length ?? 0); hop += 1) {
            walks = walks.flatMap((walk) => steps(walk.at(-1) ?? 0).map((node) => [...walk, node]));
          }
          const wanted = length === undefined ? [] : walks.filter((walk) => walk.at(-1) === 1);
          const sorted = (ways: readonly (readonly number[])[]): string[] => ways.map((way) => way.join(' ')).sort();
          expect(sorted(paths.map((path) => [0, ...path.map((step) => step.position)]))).toEqual(sorted(wanted));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('are no more than wanted, and it is said that there are more', async () => {
    const list = [2, 3, 4].flatMap((node): Edge[] => [
      { type: 'TARGETS', from: 0, to: node },
      { type: 'TARGETS', from: node, to: 1 },
    ]);
    const ways = findPaths(await topologyOf(list), { from: 0, to: 1 }, { types: [], direction: 'out', limit: 2 });
    expect(ways).toMatchObject({ more: true, paths: { length: 2 } });
  });
});
