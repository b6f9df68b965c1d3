import { AppError } from '#shared/errors/index.ts';
import type { Boundary, SplitDecisions } from '#shared/model/index.ts';
import type { Untangled } from '../cycles/break-cycles.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';
import { crossingsOf, type Crossings } from './interface.ts';
import { memberFacts } from './member-facts.ts';
import { reservedNames } from './names.ts';
import { boundaryOf, proposedGroups } from './partition.ts';
import { placeDeclarations, type Placement } from './placement.ts';
import { untangle } from './untangle.ts';

/** One group of a decided split; its number is its place in the list, which is the order they are built in. */
export interface DecidedGroup {
  readonly name: string;
  readonly proposedName: string;
  readonly boundary: Boundary;
  readonly proposedBoundary: Boundary;
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
  /** Members that were bound to others when the groups were looked for. */
  readonly bound: readonly { readonly address: string; readonly to: string }[];
  readonly placement: Placement;
  readonly crossings: Crossings;
}

interface Draft {
  readonly names: readonly { readonly name: string; readonly proposedName: string }[];
  readonly group: readonly number[];
  readonly pinned: ReadonlySet<number>;
}

function namedGroups(names: readonly string[], renames: SplitDecisions['names']): Draft['names'] {
  return names.map((proposedName) => ({ proposedName, name: renames[proposedName] ?? proposedName }));
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
function membersMeant(analysis: RootAnalysis, address: string): readonly number[] {
  const { members } = analysis.graph;
  if (!address.includes('*')) {
    const member = memberFacts(analysis).numbers.get(address);
    return member === undefined ? [] : [member];
  }
  const pattern = new RegExp(`^${address.split('*').map(escaped).join('.*')}$`);
  return members.flatMap((member, at) => (pattern.test(member) ? [at] : []));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function withPins(analysis: RootAnalysis, draft: Omit<Draft, 'pinned'>, pins: SplitDecisions['pins']): Draft {
  const names = [...draft.names];
  const group = [...draft.group];
  const pinned = new Set<number>();
  for (const [address, name] of Object.entries(pins)) {
    const meant = membersMeant(analysis, address);
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

function draftOf(analysis: RootAnalysis, decisions: SplitDecisions): Draft {
  const { partition, names } = proposedGroups(analysis, decisions);
  const draft = { names: namedGroups(names, decisions.names), group: partition };
  return withPins(analysis, draft, decisions.pins);
}

function untangled(analysis: RootAnalysis, draft: Draft, decisions: SplitDecisions): Untangled {
  const { affinity } = analysis.grouping(decisions.files);
  return untangle(analysis, { ...draft, groups: draft.names.length }, affinity);
}

/** How many members each group gets by some decisions, in no order; fails as `decideSplit` does for pins alone. */
export function groupSizes(analysis: RootAnalysis, decisions: SplitDecisions): readonly number[] {
  const sizes = new Map<number, number>();
  for (const group of untangled(analysis, draftOf(analysis, decisions), decisions).group) {
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
  const { group, order, circles } = untangled(analysis, draft, decisions);

  const held = order.filter((number) => group.includes(number));
  const groups = held.map((number): DecidedGroup => {
    const members = [...group.keys()].filter((member) => group[member] === number);
    const { name = '', proposedName = '' } = draft.names[number] ?? {};
    const addresses = members.map((member) => graph.members[member] ?? '');
    const proposedBoundary = boundaryOf(analysis, members);
    const boundary = decisions.boundaries[name] ?? proposedBoundary;
    return { name, proposedName, members: addresses, boundary, proposedBoundary };
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
    bound: proposedGroups(analysis, decisions).bound.map(({ member, to }) => ({
      address: graph.members[member] ?? '',
      to: graph.members[to] ?? '',
    })),
    placement,
    crossings: crossingsOf(graph, placement),
  };
}
