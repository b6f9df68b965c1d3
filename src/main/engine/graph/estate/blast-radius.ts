import type { BlastRadius } from '#shared/model/index.ts';
import type { GraphAccess } from './graph-access.ts';
import { readManaged } from './managed.ts';
import { resolveAll } from './resolve.ts';
import { nodeAt, readTopology } from './topology.ts';
import { becauseOf, createChains, walkDependents, type DependentsWalk } from './walk-dependents.ts';

export interface AffectedInput extends Partial<DependentsWalk> {
  /** Canonical ids, or native ids: every resource that carries one is taken. */
  readonly ids: readonly string[];
  /** Resources told at most; `truncated` says when there are more. Default 2000. */
  readonly limit?: number;
}

export interface Affected {
  readonly affected: BlastRadius['affected'];
  /** Given ids that are not in the graph. */
  readonly unknown: readonly string[];
  readonly truncated: boolean;
}

/** The existing resources a change of the given ones reaches, nearest first: by default three hops of dependence. */
export async function readAffected(graph: GraphAccess, input: AffectedInput): Promise<Affected> {
  const { hops = 3, limit = 2000, direction = 'dependents' } = input;
  const [topology, managed] = await Promise.all([readTopology(graph), readManaged(graph)]);
  const { positions, unknown } = await resolveAll(graph, input.ids);
  const reached = walkDependents(topology, positions, { hops, direction });
  const chainOf = createChains(reached);
  const affected = reached.slice(0, limit).map((one) => {
    const node = nodeAt(topology.shape, one.position);
    return {
      id: node.id,
      kind: node.kind,
      name: node.label,
      managedBy: managed.managerOf(one.position),
      hops: one.hops,
      path: chainOf(one).map((link) => link.type),
      because: becauseOf(topology.shape, one),
    };
  });
  return { affected, unknown, truncated: reached.length > limit };
}
