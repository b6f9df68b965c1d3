import type { RootAnalysis } from '../source/analyse-root.ts';
import { isStateful } from './members.ts';
import { secretRepetitions, type SecretRepetition } from './secret-repetitions.ts';

/** What is known of the members of a root by their numbers, however they are divided. */
export interface MemberFacts {
  readonly numbers: ReadonlyMap<string, number>;
  /** Pairs of members: the first needs the second built before it, or beside it. */
  readonly needs: readonly (readonly [number, number])[];
  readonly stateful: readonly boolean[];
  /** Members that have to be in one part, because a secret tells the instances of one apart. */
  readonly repetitions: readonly SecretRepetition[];
}

/** Every step of a person asks anew; the facts of a root are computed once. */
const known = new WeakMap<RootAnalysis, MemberFacts>();

function computed(analysis: RootAnalysis): MemberFacts {
  const { graph, modules } = analysis;
  const numbers = new Map(graph.members.map((address, at) => [address, at] as const));
  const needs = graph.dependencies.flatMap(({ from, to, role }): (readonly [number, number])[] => {
    const pair = [numbers.get(from) ?? 0, numbers.get(to) ?? 0] as const;
    // A trigger works within one root only: each must not stand before the other.
    return role === 'trigger' ? [pair, [pair[1], pair[0]]] : [pair];
  });
  const repetitions = secretRepetitions(analysis);
  for (const { address, by } of repetitions) {
    // Neither may stand before the other.
    needs.push([numbers.get(by) ?? 0, numbers.get(address) ?? 0]);
  }
  const stateful = graph.members.map((address) => {
    const declaration = graph.declarations.get(address);
    return declaration !== undefined && isStateful(declaration, modules);
  });
  return { numbers, needs, stateful, repetitions };
}

/** The facts of a root's members. */
export function memberFacts(analysis: RootAnalysis): MemberFacts {
  const facts = known.get(analysis) ?? computed(analysis);
  known.set(analysis, facts);
  return facts;
}
