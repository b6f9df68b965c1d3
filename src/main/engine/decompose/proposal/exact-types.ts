import { isCopied, isMember, type RootGraph } from '../graph/root-graph.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';
import type { Declaration } from '../source/declarations.ts';
import type { Wire } from './interface.ts';

/** Types with attributes that take any type, and keep in the state which one it was. */
const keepsAnyType = /^(terraform_data|kubernetes_manifest|azapi_\w+)$/;

/** Whether a change of a value's type alone is a change of it. */
function keepsType({ kind, type }: Declaration): boolean {
  return kind === 'output' || (kind === 'resource' && keepsAnyType.test(type));
}

/** By values of members, who keeps their exact types. */
const known = new WeakMap<RootAnalysis, ReadonlyMap<string, string>>();

/** Members' values that a declaration takes, over locals and whatever else is copied to its part. */
function valuesOf(graph: RootGraph, address: string): ReadonlySet<string> {
  const values = new Set<string>();
  const within = new Set([address]);
  // A set takes new items while it is walked.
  for (const one of within) {
    for (const { to, attribute, role, reference } of graph.uses(one)) {
      const target = graph.declarations.get(to);
      if (target === undefined || role !== 'value') continue;
      // One instance of a resource has the attribute's own type; only all of them together are but alike to a list.
      const isOne = target.kind === 'resource' && reference.steps[1]?.kind === 'index';
      if (isMember(target) && !isOne) values.add(keyOf({ address: to, attribute }));
      // What a data source takes has a type of its own.
      else if (isCopied(target) && target.kind !== 'data') within.add(to);
    }
  }
  return values;
}

function keyOf({ address, attribute }: Pick<Wire, 'address' | 'attribute'>): string {
  return `${address} ${attribute ?? ''}`;
}

function computed({ graph }: RootAnalysis): ReadonlyMap<string, string> {
  const keepers = new Map<string, string>();
  for (const declaration of graph.declarations.values()) {
    if (!keepsType(declaration)) continue;
    for (const value of valuesOf(graph, declaration.address)) {
      if (!keepers.has(value)) keepers.set(value, declaration.address);
    }
  }
  return keepers;
}

/** Who keeps the exact type of a member's value, so that even one that is alike would change the plan; null for nobody. */
export function keeperOf(analysis: RootAnalysis, value: Pick<Wire, 'address' | 'attribute'>): string | null {
  const keepers = known.get(analysis) ?? computed(analysis);
  known.set(analysis, keepers);
  return keepers.get(keyOf(value)) ?? null;
}
