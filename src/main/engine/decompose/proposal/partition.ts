import type { Boundary, SplitDecisions } from '#shared/model/index.ts';
import { PairWeights, type Affinity } from '../grouping/affinity.ts';
import { groupsOf, type Partition } from '../grouping/communities.ts';
import { mergeToCount } from '../grouping/merge-to-count.ts';
import { placeLoners } from '../grouping/place-loners.ts';
import { createPartitionFinder, leastMembers, wantedGroups } from '../grouping/resolutions.ts';
import { tiesOf } from '../grouping/ties.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';
import { memberFacts } from './member-facts.ts';
import { boundaryOfMembers } from './members.ts';
import { proposeNames } from './names.ts';
import { untangle } from './untangle.ts';

/** A member that was tied to another because likeness alone would have had too many moved. */
export interface Bound {
  readonly member: number;
  readonly to: number;
}

/** Groups as they follow from the root alone, before a person's pins and names. */
export interface ProposedGroups {
  readonly partition: Partition;
  readonly names: readonly string[];
  readonly bound: readonly Bound[];
}

type Grouping = ReturnType<RootAnalysis['grouping']>;
type Wanted = Pick<SplitDecisions, 'fineness' | 'groups' | 'files'>;

/** Above this share of moved members the groups are looked for again, with what the order of building asks for. */
const mostMoved = 0.05;
/** What a bond counts, as a share of everything that ties the member to others: no more than is needed. */
const bondStrengths = [0.6, 1];

const known = new WeakMap<RootAnalysis, Map<string, ProposedGroups>>();

/** The boundary of some members, by their numbers. */
export function boundaryOf({ graph, modules }: RootAnalysis, members: readonly number[]): Boundary {
  const declarations = members.flatMap((member) => graph.declarations.get(graph.members[member] ?? '') ?? []);
  return boundaryOfMembers(declarations, modules);
}

/** Which members would have to be moved out of their groups, and where to. */
function movesOf(analysis: RootAnalysis, partition: Partition, affinity: Affinity): ReadonlyMap<number, number> {
  const grouped = { groups: Math.max(0, ...partition) + 1, group: partition, pinned: new Set<number>() };
  const { group } = untangle(analysis, grouped, affinity);
  return new Map([...group.entries()].filter(([member, to]) => partition[member] !== to));
}

/** For each member that would have to move, what it needs there or who needs it, the one it has most ties to first. */
function bondsOf(analysis: RootAnalysis, group: Partition, moves: ReadonlyMap<number, number>): readonly Bound[] {
  const bonds = new Map<number, number>();
  for (const [from, to] of memberFacts(analysis).needs) {
    for (const [member, other] of [[from, to] as const, [to, from] as const]) {
      const target = moves.get(member);
      if (target === undefined || bonds.has(member) || group[member] === group[other]) continue;
      if ((moves.get(other) ?? group[other]) === target) bonds.set(member, other);
    }
  }
  return [...bonds].map(([member, to]) => ({ member, to }));
}

function withBonds(affinity: Affinity, bonds: readonly Bound[], strength: number): Affinity {
  const pairs = new PairWeights(affinity.size);
  affinity.each((one, other, weight) => pairs.add(one, other, weight));
  const ties = tiesOf(affinity);
  for (const { member, to } of bonds) {
    pairs.add(member, to, strength * (ties[member] ?? []).reduce((sum, { weight }) => sum + weight, 0));
  }
  return pairs;
}

function found(analysis: RootAnalysis, wanted: Wanted, { affinity, finder }: Grouping): Partition {
  if (wanted.groups !== null) return mergeToCount(finder.atLeast(wanted.groups), affinity, wanted.groups);
  const partition = finder.near(wantedGroups(analysis.graph.members.length, wanted.fineness));
  return placeLoners(partition, leastMembers, (members) => boundaryOf(analysis, members));
}

/**
 * Communities of the wanted fineness. Where these need one another so much that more than one member in twenty would
 * have to leave its group, likeness alone is no good guide: members that would have to go are bound to what draws them
 * over, no more than it takes, and the communities are looked for again. The fewest moves win.
 */
function communitiesFor(analysis: RootAnalysis, wanted: Wanted): Omit<ProposedGroups, 'names'> {
  const grouping = analysis.grouping(wanted.files);
  const { affinity } = grouping;
  const most = mostMoved * analysis.graph.members.length;
  const start = found(analysis, wanted, grouping);
  let moves = movesOf(analysis, start, affinity);
  const bound = moves.size > most ? bondsOf(analysis, start, moves) : [];
  let best = { partition: start, bound: [] as readonly Bound[] };
  for (const strength of bondStrengths) {
    if (moves.size <= most) break;
    const bonded = withBonds(affinity, bound, strength);
    const partition = found(analysis, wanted, { affinity: bonded, finder: createPartitionFinder(bonded) });
    const left = movesOf(analysis, partition, affinity);
    if (left.size < moves.size) [best, moves] = [{ partition, bound }, left];
  }
  return best;
}

/** The groups of a root by what was wanted, with names; the same each time, and computed once. */
export function proposedGroups(analysis: RootAnalysis, wanted: Wanted): ProposedGroups {
  const own = known.get(analysis) ?? new Map<string, ProposedGroups>();
  known.set(analysis, own);
  const key = `${wanted.files} ${wanted.groups ?? wanted.fineness}`;
  const found = own.get(key);
  if (found !== undefined) return found;
  const { partition, bound } = communitiesFor(analysis, wanted);
  const groups = groupsOf(partition);
  const boundaries = groups.map((members) => boundaryOf(analysis, members));
  const proposed = { partition, bound, names: proposeNames(analysis.graph, groups, boundaries) };
  own.set(key, proposed);
  return proposed;
}
