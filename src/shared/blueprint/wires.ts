import type { BlueprintDocument } from '../model/index.ts';
import { references, type PlacedReference } from '../expressions/index.ts';
import { own } from './ports.ts';

/** A reference from one node's input to another node's output: it orders the two and carries the value. */
export interface Wire {
  readonly from: { readonly node: string; readonly output: string };
  readonly to: { readonly node: string; readonly input: string };
  readonly reference: PlacedReference;
}

/** A reference from a node's input (or, with `node: null`, from an output of the blueprint) to anything. */
export interface Link {
  readonly from: { readonly root: 'inputs' | 'target' | 'node'; readonly node: string | null; readonly port: string };
  readonly to: { readonly node: string | null; readonly port: string };
  readonly reference: PlacedReference;
}

/** Every reference of a document in file order: from inputs, target and nodes, to nodes' inputs and own outputs. */
export function linksOf(document: BlueprintDocument): readonly Link[] {
  const links: Link[] = [];
  const add = (value: Parameters<typeof references>[0], to: Link['to']): void => {
    for (const reference of references(value)) {
      links.push({ from: { root: reference.root, node: reference.node, port: reference.name }, to, reference });
    }
  };
  for (const [node, { set }] of Object.entries(document.nodes)) {
    for (const [port, value] of Object.entries(set ?? {})) add(value, { node, port });
  }
  for (const [port, { value }] of Object.entries(document.outputs ?? {})) add(value, { node: null, port });
  return links;
}

/** The wires of a document in file order; the same pair of ports may appear more than once. */
export function wiresOf(document: BlueprintDocument): readonly Wire[] {
  return linksOf(document).flatMap(({ from, to, reference }) =>
    from.node === null || to.node === null
      ? []
      : [{ from: { node: from.node, output: from.port }, to: { node: to.node, input: to.port }, reference }],
  );
}

/** For each node the nodes it waits for, by wire or by `after`; names that are no nodes are left out. */
function dependenciesOf(document: BlueprintDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const dependencies = new Map<string, Set<string>>();
  for (const [name, node] of Object.entries(document.nodes)) {
    dependencies.set(name, new Set((node.after ?? []).filter((other) => own(document.nodes, other) !== undefined)));
  }
  for (const { from, to } of wiresOf(document)) {
    if (dependencies.has(from.node)) dependencies.get(to.node)?.add(from.node);
  }
  return dependencies;
}

/** The order of a blueprint's nodes. */
export interface Stages {
  /** Nodes of one stage wait only for earlier stages; inside a stage they stand in file order. */
  readonly stages: readonly (readonly string[])[];
  /** A path that comes back to its start, such as `a, b, a`, when there is one; its nodes are in no stage. */
  readonly cycle: readonly string[] | null;
}

function findCycle(remaining: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  // Every remaining node waits for another remaining one: walking on must come back somewhere.
  const path: string[] = [];
  let current = [...remaining.keys()][0];
  while (current !== undefined && !path.includes(current)) {
    path.push(current);
    current = [...(remaining.get(current) ?? [])].find((dependency) => remaining.has(dependency));
  }
  return current === undefined ? path : [...path.slice(path.indexOf(current)), current];
}

/** Sorts the nodes into stages by what they wait for, and names a cycle when there is one. */
export function topologicalStages(document: BlueprintDocument): Stages {
  const remaining = new Map(dependenciesOf(document));
  const stages: string[][] = [];
  while (remaining.size > 0) {
    const ready = [...remaining].filter(([, needs]) => [...needs].every((need) => !remaining.has(need)));
    if (ready.length === 0) return { stages, cycle: findCycle(remaining) };
    const stage = ready.map(([name]) => name);
    for (const name of stage) remaining.delete(name);
    stages.push(stage);
  }
  return { stages, cycle: null };
}
