import { AppError } from '#shared/errors/index.ts';
import type { Boundary, SplitDecisions } from '#shared/model/index.ts';
import { breakCycles, type Untangled } from '../cycles/break-cycles.ts';
import type { Affinity } from '../grouping/affinity.ts';
import { groupsOf, type Partition } from '../grouping/communities.ts';
import { mergeToCount } from '../grouping/merge-to-count.ts';
import { placeLoners } from '../grouping/place-loners.ts';
import { leastMembers, wantedGroups } from '../grouping/resolutions.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';
import { crossingsOf, type Crossings } from './interface.ts';
import { boundaryOfMembers, isStateful } from './members.ts';
import { proposeNames, reservedNames } from './names.ts';
import { placeDeclarations, type Placement } from './placement.ts';

/** One group of a decided split; its number is its place in the list, which is the order they are built in. */
export interface DecidedGroup {
  readonly name: string;
  readonly proposedName: string;
  readonly boundary: Boundary;
  readonly members: readonly string[];
}

/** A root divided into groups, with everything placed. */
export interface Split {
  readonly analysis: RootAnalysis;
  readonly decisions: SplitDecisions;
  readonly groups: readonly DecidedGroup[];
  /** Group of each member before cycles were removed, by its name. */
  readonly before: ReadonlyMap<string, string>;
  readonly pinned: ReadonlySet<string>;
  readonly cycles: readonly (readonly string[])[];
  readonly placement: Placement;
  readonly crossings: Crossings;
}

interface Draft {
  readonly names: readonly { readonly name: string; readonly proposedName: string }[];
  readonly group: readonly number[];
  readonly pinned: ReadonlySet<number>;
}

const moveCost = 1000;
/** What holds data moves last. */
const statefulCost = 5000;
/** Of two equally good moves the one to where a member has ties. */
const tieWorth = 100;

function partitionFor(analysis: RootAnalysis, decisions: SplitDecisions): Partition {
  const { affinity, finder } = analysis.grouping(decisions.files);
  if (decisions.groups !== null) return mergeToCount(finder.atLeast(decisions.groups), affinity, decisions.groups);
  const partition = finder.near(wantedGroups(analysis.graph.members.length, decisions.fineness));
  return placeLoners(partition, leastMembers, (members) => boundaryOf(analysis, members));
}

function boundaryOf({ graph, modules }: RootAnalysis, members: readonly number[]): Boundary {
  const declarations = members.flatMap((member) => graph.declarations.get(graph.members[member] ?? '') ?? []);
  return boundaryOfMembers(declarations, modules);
}

function namedGroups(analysis: RootAnalysis, partition: Partition, renames: SplitDecisions['names']): Draft['names'] {
  const groups = groupsOf(partition);
  const boundaries = groups.map((members) => boundaryOf(analysis, members));
  return proposeNames(analysis.graph, groups, boundaries).map((proposedName) => ({
    proposedName,
    name: renames[proposedName] ?? proposedName,
  }));
}

function refuseDoubles(names: Draft['names']): void {
  const twice = names.find(({ name }, at) => names.findIndex((other) => other.name === name) < at);
  if (twice !== undefined) {
    throw new AppError('bad-input', `Two groups are called ${twice.name}.`, {
      advice: 'Give one of them another name, or move its resources to the other.',
      details: { name: twice.name },
    });
  }
}

function refuseReserved(names: Draft['names']): void {
  const reserved = names.find(({ name }) => reservedNames.has(name));
  if (reserved === undefined) return;
  const { name } = reserved;
  throw new AppError('bad-input', `No part can be called ${name}: \${${name}.…} means something else in a blueprint.`, {
    advice: 'Give it another name.',
    details: { name },
  });
}

/** The members an address of the decisions means: itself, or all that fit a pattern with `*`. */
function membersMeant(members: readonly string[], address: string): readonly number[] {
  const pattern = new RegExp(`^${address.split('*').map(escaped).join('.*')}$`);
  return members.flatMap((member, at) => (pattern.test(member) ? [at] : []));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function withPins(members: readonly string[], draft: Omit<Draft, 'pinned'>, pins: SplitDecisions['pins']): Draft {
  const names = [...draft.names];
  const group = [...draft.group];
  const pinned = new Set<number>();
  for (const [address, name] of Object.entries(pins)) {
    const meant = membersMeant(members, address);
    if (meant.length === 0) {
      throw new AppError('bad-input', `${address} is pinned to ${name}, but the root holds no such resource.`, {
        advice: 'Remove the pin, or correct the address.',
        details: { address, field: `pins.${address}` },
      });
    }
    let to = names.findIndex((one) => one.name === name);
    if (to === -1) to = names.push({ name, proposedName: name }) - 1;
    for (const member of meant) {
      group[member] = to;
      pinned.add(member);
    }
  }
  return { names, group, pinned };
}

/** How much of a member's affinity lies in each group, 0 to 1. */
function tiesTo(affinity: Affinity, group: readonly number[]): (member: number, to: number) => number {
  const sums = group.map(() => new Map<number, number>());
  const add = (member: number, to: number, weight: number): void => {
    const own = sums[member];
    own?.set(to, (own.get(to) ?? 0) + weight);
  };
  affinity.each((one, other, weight) => {
    add(one, group[other] ?? 0, weight);
    add(other, group[one] ?? 0, weight);
  });
  return (member, to) => {
    const own = sums[member] ?? new Map<number, number>();
    const all = [...own.values()].reduce((sum, weight) => sum + weight, 0);
    return all === 0 ? 0 : (own.get(to) ?? 0) / all;
  };
}

function untangled(analysis: RootAnalysis, draft: Draft, affinity: Affinity): Untangled {
  const { graph, modules } = analysis;
  const index = new Map(graph.members.map((address, at) => [address, at] as const));
  const needs = graph.dependencies.flatMap(({ from, to, role }): (readonly [number, number])[] => {
    const pair = [index.get(from) ?? 0, index.get(to) ?? 0] as const;
    // A trigger works within one root only: each must not stand before the other.
    return role === 'trigger' ? [pair, [pair[1], pair[0]]] : [pair];
  });
  const stateful = graph.members.map((address) => {
    const declaration = graph.declarations.get(address);
    return declaration !== undefined && isStateful(declaration, modules);
  });
  const tie = tiesTo(affinity, draft.group);
  return breakCycles({ groups: draft.names.length, group: draft.group, needs }, (member, to) => {
    if (draft.pinned.has(member)) return Number.POSITIVE_INFINITY;
    return (stateful[member] === true ? statefulCost : moveCost) - Math.round(tieWorth * tie(member, to));
  });
}

function draftOf(analysis: RootAnalysis, decisions: SplitDecisions): Draft {
  const partition = partitionFor(analysis, decisions);
  const names = namedGroups(analysis, partition, decisions.names);
  return withPins(analysis.graph.members, { names, group: partition }, decisions.pins);
}

/** How many members each group gets by some decisions, in no order; fails as `decideSplit` does for pins alone. */
export function groupSizes(analysis: RootAnalysis, decisions: SplitDecisions): readonly number[] {
  const { affinity } = analysis.grouping(decisions.files);
  const sizes = new Map<number, number>();
  for (const group of untangled(analysis, draftOf(analysis, decisions), affinity).group) {
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return [...sizes.values()];
}

/**
 * Divides a root by what a person decided: communities of the wanted fineness, then pins, then the fewest moves that
 * leave no groups that need one another. The same decisions always give the same split. Throws `bad-input` for
 * decisions that contradict or name what is not there.
 */
export function decideSplit(analysis: RootAnalysis, decisions: SplitDecisions): Split {
  const { graph } = analysis;
  const draft = draftOf(analysis, decisions);
  refuseDoubles(draft.names);
  refuseReserved(draft.names);
  const { affinity } = analysis.grouping(decisions.files);
  const { group, order, circles } = untangled(analysis, draft, affinity);

  const held = order.filter((number) => group.includes(number));
  const groups = held.map((number): DecidedGroup => {
    const members = [...group.keys()].filter((member) => group[member] === number);
    const { name = '', proposedName = '' } = draft.names[number] ?? {};
    const addresses = members.map((member) => graph.members[member] ?? '');
    return { name, proposedName, members: addresses, boundary: boundaryOf(analysis, members) };
  });
  const owner = new Map(graph.members.map((address, at) => [address, held.indexOf(group[at] ?? 0)] as const));
  const placement = placeDeclarations(graph, owner, [...held.keys()]);
  return {
    analysis,
    decisions,
    groups,
    before: new Map(
      graph.members.map((address, at) => [address, draft.names[draft.group[at] ?? 0]?.name ?? ''] as const),
    ),
    pinned: new Set([...draft.pinned].map((member) => graph.members[member] ?? '')),
    cycles: circles.map((circle) => circle.map((number) => draft.names[number]?.name ?? '')),
    placement,
    crossings: crossingsOf(graph, placement),
  };
}
