import type { BlastRadius, RelationshipType } from '#shared/model/index.ts';
import { dependentEnd, relationshipWords } from './dependencies.ts';
import type { GraphAccess } from './graph-access.ts';
import { managedResources } from './managed.ts';
import { candidatesFor } from './resolve.ts';
import { edgesOf, readTopology, type Topology } from './topology.ts';

export interface AffectedInput {
  /** Canonical ids, or native ids: every resource that carries one is taken. */
  readonly ids: readonly string[];
  /** How far to walk. Default 3. */
  readonly hops?: number;
  /** Resources told at most; `truncated` says when there are more. Default 2000. */
  readonly limit?: number;
  /** `dependents`: what feels a change of the given (the default). `both`: also what the given themselves rest on. */
  readonly direction?: 'dependents' | 'both';
}

export interface Affected {
  readonly affected: BlastRadius['affected'];
  /** Given ids that are not in the graph. */
  readonly unknown: readonly string[];
  readonly truncated: boolean;
}

/** A resource that was reached, and over what. */
interface Step {
  readonly position: number;
  readonly via: number;
  readonly type: RelationshipType;
  /** At which end of the relationship the reached resource stands. */
  readonly end: 'from' | 'to';
}

/** Everything that depends directly on a node, or, with `both`, is related to it at all. */
function stepsFrom(topology: Topology, via: number, direction: 'dependents' | 'both'): readonly Step[] {
  const { types, type, from, to, leaving, arriving } = topology;
  const steps: Step[] = [];
  function add(edge: number, end: 'from' | 'to'): void {
    const name = types[type[edge] ?? 0];
    const position = end === 'from' ? from[edge] : to[edge];
    if (name === undefined || position === undefined) return;
    const depends = dependentEnd[name] === end || dependentEnd[name] === 'both';
    if (depends || direction === 'both') steps.push({ position, via, type: name, end });
  }
  for (const edge of edgesOf(arriving, via)) add(edge, 'from');
  for (const edge of edgesOf(leaving, via)) add(edge, 'to');
  return steps;
}

/**
 * The existing resources a change of the given ones reaches, nearest first: breadth-first over the relationships in
 * the direction of dependence, so a changed machine does not affect its network, but a changed network its machines.
 */
export async function readAffected(graph: GraphAccess, input: AffectedInput): Promise<Affected> {
  const { hops = 3, limit = 2000, direction = 'dependents' } = input;
  const [topology, managed] = await Promise.all([readTopology(graph), managedResources(graph)]);
  const paths = new Map<number, readonly string[]>();
  const unknown: string[] = [];
  for (const id of input.ids) {
    const positions = await candidatesFor(graph, id);
    if (positions.length === 0) unknown.push(id);
    for (const position of positions) paths.set(position, []);
  }
  const labelOf = (position: number): string => topology.nodes[position]?.label ?? '';
  const affected: BlastRadius['affected'] = [];
  let ring = [...paths.keys()];
  for (let distance = 1; distance <= hops && ring.length > 0; distance += 1) {
    const next: number[] = [];
    for (const { position, via, type, end } of ring.flatMap((node) => stepsFrom(topology, node, direction))) {
      const node = topology.nodes[position];
      if (node === undefined || paths.has(position)) continue;
      if (affected.length >= limit) return { affected, unknown, truncated: true };
      const path = [...(paths.get(via) ?? []), type];
      paths.set(position, path);
      next.push(position);
      affected.push({
        id: node.id,
        kind: node.kind,
        name: node.label,
        managedBy: managed.get(node.id)?.environment ?? null,
        hops: distance,
        path,
        because: `${node.label} ${relationshipWords(type, end)} ${labelOf(via)}`,
      });
    }
    ring = next;
  }
  return { affected, unknown, truncated: false };
}
