import type { Retention, Run } from '#shared/model/index.ts';

const dayMilliseconds = 86_400_000;

/**
 * The runs that a rule keeps: the newest so many, and those of so many days. With both, either is enough; with none
 * every run is kept. The newest is kept whatever the rule says.
 */
export function runsKept(runs: readonly Run[], { runs: count, days }: Retention, now: number): ReadonlySet<number> {
  const newestFirst = runs.toSorted((left, right) => right.id - left.id);
  if (count === null && days === null) return new Set(newestFirst.map(({ id }) => id));
  const since = days === null ? Number.POSITIVE_INFINITY : now - days * dayMilliseconds;
  const kept = newestFirst.filter(
    ({ startedAt, status }, place) => place === 0 || place < (count ?? 0) || startedAt >= since || status === 'running',
  );
  return new Set(kept.map(({ id }) => id));
}
