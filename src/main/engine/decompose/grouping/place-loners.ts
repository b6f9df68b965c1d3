import { groupsOf, numbered, type Partition } from './communities.ts';

/**
 * Groups that stayed small because nothing ties them to others go to the smallest other group of their kind; where
 * there is none of their kind they stay.
 */
export function placeLoners(
  partition: Partition,
  least: number,
  kindOf: (members: readonly number[]) => string,
): Partition {
  const groups = groupsOf(numbered(partition)).map((members) => ({ members, kind: kindOf(members) }));
  const group = [...numbered(partition)];
  for (const [number, { members, kind }] of groups.entries()) {
    if (members.length >= least) continue;
    const homes = [...groups.entries()].filter(
      ([other, home]) => other !== number && home.kind === kind && home.members.length >= least,
    );
    const [home] = homes.sort(([, left], [, right]) => left.members.length - right.members.length);
    if (home !== undefined) for (const member of members) group[member] = home[0];
  }
  return numbered(group);
}
