import type { RootGraph } from '../graph/root-graph.ts';
import { isCopied, isMember } from '../graph/root-graph.ts';
import type { Declaration } from '../source/declarations.ts';
import { movedTo, refactoringsOf, type Refactorings } from '../state/refactorings.ts';

/** Which declarations each group holds; what is copied stands in several. */
export interface Placement {
  /** Position of each group in the order they are built, by its number. */
  readonly position: readonly number[];
  /** Number of the group that owns a member. */
  readonly owner: ReadonlyMap<string, number>;
  /** Addresses of everything in a group, by its number. */
  readonly contents: readonly ReadonlySet<string>[];
}

/** Everything that is copied along with some declarations: locals, data sources, variables, providers. */
function withCopies(graph: RootGraph, start: Iterable<string>): Set<string> {
  const contents = new Set(start);
  // A set takes new items while it is walked.
  for (const address of contents) {
    const targets = [...graph.uses(address).map(({ to }) => to), ...graph.impliedProviders(address)];
    for (const to of targets) {
      const target = graph.declarations.get(to);
      if (target !== undefined && isCopied(target)) contents.add(to);
    }
  }
  return contents;
}

/** Members that something leads to, over what is copied. */
function membersBehind(graph: RootGraph, address: string): readonly string[] {
  const found: string[] = [];
  for (const inside of withCopies(graph, [address])) {
    for (const { to } of graph.uses(inside)) {
      const target = graph.declarations.get(to);
      if (target !== undefined && isMember(target)) found.push(to);
    }
  }
  return found;
}

/**
 * The members that a refactoring block speaks of: `aws_vpc.a`, or the call for something inside a module. Of what was
 * moved it is where it is now, over all blocks that follow; its state lies there.
 */
function subjectsOf(graph: RootGraph, declaration: Declaration, refactorings: Refactorings): readonly string[] {
  const now = movedTo(declaration, refactorings);
  if (now !== null && graph.declarations.has(now)) return [now];
  return graph
    .uses(declaration.address)
    .filter(({ role }) => role === 'subject')
    .map(({ to }) => to);
}

/**
 * Places everything that is no member. What is used is copied to its users. Outputs, checks and what nobody uses go to
 * the last group they take something from, so that no new dependency points backwards; what takes from none goes to
 * the first. Refactoring blocks go where the address they speak of is.
 */
export function placeDeclarations(
  graph: RootGraph,
  owner: ReadonlyMap<string, number>,
  order: readonly number[],
): Placement {
  const position = order.map((_, group) => order.indexOf(group));
  const first = order[0] ?? 0;
  const starts = order.map(() => new Set<string>());
  for (const [address, group] of owner) starts[group]?.add(address);
  const used = new Set(starts.flatMap((start) => [...withCopies(graph, start)]));

  const refactorings = refactoringsOf(graph);
  const lastOf = (addresses: readonly string[]): number =>
    addresses
      .map((address) => owner.get(address) ?? first)
      .reduce((latest, group) => ((position[group] ?? 0) > (position[latest] ?? 0) ? group : latest), first);
  for (const declaration of graph.declarations.values()) {
    const { address, kind } = declaration;
    if (isMember(declaration) || used.has(address)) continue;
    if (kind === 'settings') for (const start of starts) start.add(address);
    else if (kind === 'refactoring') {
      const subjects = subjectsOf(graph, declaration, refactorings);
      starts[lastOf(subjects.length > 0 ? subjects : membersBehind(graph, address))]?.add(address);
    } else if (!graph.isUsed(address)) starts[lastOf(membersBehind(graph, address))]?.add(address);
  }
  return { position, owner, contents: starts.map((start) => withCopies(graph, start)) };
}
