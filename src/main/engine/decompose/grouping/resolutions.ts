import type { Fineness } from '#shared/model/index.ts';
import type { Affinity } from './affinity.ts';
import { communitiesOf, groupsOf, type Partition } from './communities.ts';
import { mergeSmallGroups } from './small-groups.ts';

/** Members per group that each fineness aims at. */
const membersPerGroup: Readonly<Record<Fineness, number>> = { coarse: 24, medium: 11, fine: 6 };

/** Groups below this size join a neighbour; a root of a handful of members may have smaller ones. */
export const leastMembers = 3;

/** Resolutions of the community search that are tried, from few large groups to many small ones. */
const resolutions = [0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5];
/** Tried besides where files and names hold large groups together. */
const finerResolutions = [6.5, 8, 10, 13, 16, 20];

/** How many groups a fineness aims at. */
export function wantedGroups(members: number, fineness: Fineness): number {
  return Math.max(1, Math.round(members / membersPerGroup[fineness]));
}

/** Finds partitions of one affinity with a wanted number of groups. */
export interface PartitionFinder {
  /** The partition whose number of groups comes nearest. */
  near(groups: number): Partition;
  /** The coarsest partition with at least so many groups, or the finest there is. */
  atLeast(groups: number): Partition;
}

/** Tries the resolutions once, so that several partitions of the same affinity cost little more than one. */
export function createPartitionFinder(affinity: Affinity): PartitionFinder {
  const communities = communitiesOf(affinity);
  const tryOut = (resolution: number): { readonly resolution: number; readonly groups: number } => {
    const partition = mergeSmallGroups(communities.once(resolution), affinity, leastMembers);
    return { resolution, groups: groupsOf(partition).length };
  };
  const tried = resolutions.map(tryOut);
  const left = [...finerResolutions];
  /** Looks further while the finest partition has less than half of the groups that are wanted. */
  function reach(groups: number): void {
    while (2 * (tried.at(-1)?.groups ?? 0) < groups) {
      const next = left.shift();
      if (next === undefined) return;
      tried.push(tryOut(next));
    }
  }
  const found = new Map<number, Partition>();
  function at(resolution: number): Partition {
    const known = found.get(resolution);
    if (known !== undefined) return known;
    const partition = mergeSmallGroups(communities.agreed(resolution), affinity, leastMembers);
    found.set(resolution, partition);
    return partition;
  }
  return {
    near(groups) {
      reach(groups);
      const distance = (count: number): number => Math.abs(Math.log(count / groups));
      const [best] = tried.toSorted((left, right) => distance(left.groups) - distance(right.groups));
      return at(best?.resolution ?? 1);
    },
    atLeast(groups) {
      reach(groups);
      // Runs differ by a group or two: what a single run promised is checked on what they agree on.
      const likely = tried.filter((one) => one.groups >= groups).map(({ resolution }) => resolution);
      const enough = likely.map(at).find((partition) => groupsOf(partition).length >= groups);
      return enough ?? at(tried.at(-1)?.resolution ?? 1);
    },
  };
}
