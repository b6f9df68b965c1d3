import { breakCycles, type Untangled } from '../cycles/break-cycles.ts';
import { tiesOf, shareOfTies } from '../grouping/ties.ts';
import type { Affinity } from '../grouping/affinity.ts';
import type { RootAnalysis } from '../source/analyse-root.ts';
import { memberFacts } from './member-facts.ts';

/** Members in groups, some of them where a person wants them. */
export interface Grouped {
  readonly groups: number;
  /** Group of each member. */
  readonly group: readonly number[];
  readonly pinned: ReadonlySet<number>;
}

const moveCost = 1000;
/** What holds data moves last. */
const statefulCost = 5000;
/** Of two equally good moves the one to where a member has ties. */
const tieWorth = 100;

/** Moves the fewest members so that no groups need one another. */
export function untangle(analysis: RootAnalysis, { groups, group, pinned }: Grouped, affinity: Affinity): Untangled {
  const { needs, stateful } = memberFacts(analysis);
  const ties = tiesOf(affinity);
  return breakCycles({ groups, group, needs }, (member, to) => {
    if (pinned.has(member)) return Number.POSITIVE_INFINITY;
    const share = shareOfTies(ties[member] ?? [], group, to);
    return (stateful[member] === true ? statefulCost : moveCost) - Math.round(tieWorth * share);
  });
}
