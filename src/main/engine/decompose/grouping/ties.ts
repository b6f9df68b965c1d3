import type { Affinity } from './affinity.ts';

/** What a member is tied to, and how strongly. */
export interface Tie {
  readonly other: number;
  readonly weight: number;
}

const known = new WeakMap<Affinity, readonly (readonly Tie[])[]>();

/** The ties of every member, by its number. */
export function tiesOf(affinity: Affinity): readonly (readonly Tie[])[] {
  const found = known.get(affinity);
  if (found !== undefined) return found;
  const ties = Array.from({ length: affinity.size }, (): Tie[] => []);
  affinity.each((one, other, weight) => {
    ties[one]?.push({ other, weight });
    ties[other]?.push({ other: one, weight });
  });
  known.set(affinity, ties);
  return ties;
}

/** How much of a member's affinity lies in a group, 0 to 1. */
export function shareOfTies(ties: readonly Tie[], group: readonly number[], wanted: number): number {
  let all = 0;
  let own = 0;
  for (const { other, weight } of ties) {
    all += weight;
    if (group[other] === wanted) own += weight;
  }
  return all === 0 ? 0 : own / all;
}
