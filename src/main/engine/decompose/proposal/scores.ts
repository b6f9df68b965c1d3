import type { SplitReach, SplitScores } from '#shared/model/index.ts';
import type { Split } from './decide.ts';
import { isRunning, isStateful } from './members.ts';

/** How often members of one group refer to members of another, by the groups' numbers. */
export function crossingCounts(
  split: Split,
): readonly { readonly from: number; readonly to: number; readonly references: number }[] {
  const counts = new Map<string, { readonly from: number; readonly to: number; readonly references: number }>();
  for (const { from, to, references } of split.analysis.graph.dependencies) {
    const [one = 0, other = 0] = [split.placement.owner.get(from), split.placement.owner.get(to)];
    if (one === other) continue;
    const key = `${one} ${other}`;
    counts.set(key, { from: one, to: other, references: (counts.get(key)?.references ?? 0) + references });
  }
  return [...counts.values()];
}

/** Groups that each group takes something of, by number: values, or an order without one. */
export function groupsBefore(split: Split): readonly ReadonlySet<number>[] {
  const before = split.groups.map(() => new Set<number>());
  for (const { from, takers } of split.crossings.wires) for (const taker of takers.keys()) before[taker]?.add(from);
  for (const { group, after } of split.crossings.orders) before[group]?.add(after);
  return before;
}

/** What can be counted about a split. */
export function scoresOf(split: Split): SplitScores {
  const { graph, modules } = split.analysis;
  const members = graph.members.length;
  const widths = split.groups.map(
    (_, group) => split.crossings.wires.filter(({ from, takers }) => from === group || takers.has(group)).length,
  );
  const largestGroup = Math.max(0, ...split.groups.map((group) => group.members.length));
  const moved = [...split.before].filter(
    ([address, name]) => split.groups[split.placement.owner.get(address) ?? 0]?.name !== name,
  );
  const mixed = split.groups.filter((group) => {
    const declarations = group.members.flatMap((address) => graph.declarations.get(address) ?? []);
    return declarations.some((one) => isStateful(one, modules)) && declarations.some((one) => isRunning(one, modules));
  });
  return {
    crossingReferences: crossingCounts(split).reduce((sum, { references }) => sum + references, 0),
    interfaceWidth: split.crossings.wires.length,
    widestInterface: Math.max(0, ...widths),
    largestGroup,
    largestShare: members === 0 ? 0 : largestGroup / members,
    mixedGroups: mixed.length,
    movedShare: members === 0 ? 0 : moved.length / members,
  };
}

/** How far a change to each group's code reaches: the group and whoever takes something of it, over any number of steps. */
export function reachOf(split: Split): readonly SplitReach[] {
  const before = groupsBefore(split);
  return split.groups.map(({ name }, group) => {
    const reached = new Set([group]);
    for (const one of reached) {
      for (const [other, needs] of before.entries()) if (needs.has(one)) reached.add(other);
    }
    const numbers = [...reached].toSorted((left, right) => left - right);
    return {
      group: name,
      before: split.analysis.graph.members.length,
      after: numbers.reduce((sum, number) => sum + (split.groups[number]?.members.length ?? 0), 0),
      groups: numbers.map((number) => split.groups[number]?.name ?? ''),
    };
  });
}
