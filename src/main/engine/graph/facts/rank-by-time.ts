import type { Run } from '#shared/model/index.ts';

/** When something was seen: in a run, or earlier when the run imported an export of that time. */
export interface SeenAt {
  readonly run: number;
  readonly capturedAt: number | undefined;
  /** What a state says is older than anything that was seen. */
  readonly secondhand?: boolean | undefined;
}

/**
 * Puts what runs saw into the order in which it was so. Runs follow each other by number, whatever the clock did; an
 * export falls between the runs that were before and after its own time, never after the run that imported it.
 */
export function rankByTime(
  runs: readonly Pick<Run, 'id' | 'startedAt'>[],
  seen: readonly SeenAt[],
): (at: SeenAt) => number {
  const times = new Map<number, number>();
  let latest = Number.NEGATIVE_INFINITY;
  for (const { id, startedAt } of runs.toSorted((left, right) => left.id - right.id)) {
    latest = Math.max(latest, startedAt);
    times.set(id, latest);
  }
  function timeOf({ run, capturedAt, secondhand }: SeenAt): number {
    if (secondhand === true) return Number.NEGATIVE_INFINITY;
    const ran = times.get(run) ?? latest;
    return capturedAt === undefined ? ran : Math.min(capturedAt, ran);
  }
  const live = new Map(runs.map(({ id }) => [id, `${timeOf({ run: id, capturedAt: undefined })} ${id}`]));
  function keyOf(at: SeenAt): string {
    // What a run saw itself, which is nearly all, has its time.
    const own = at.capturedAt === undefined && at.secondhand !== true ? live.get(at.run) : undefined;
    return own ?? `${timeOf(at)} ${at.run}`;
  }
  const moments = new Map(seen.map((at) => [keyOf(at), at]));
  const inOrder = [...moments].toSorted(
    ([, left], [, right]) => compareTimes(timeOf(left), timeOf(right)) || left.run - right.run,
  );
  const ranks = new Map(inOrder.map(([key], index) => [key, index + 1]));
  return (at) => ranks.get(keyOf(at)) ?? 0;
}

/** Two infinities are equal, which their difference does not say. */
function compareTimes(left: number, right: number): number {
  return left === right ? 0 : left - right;
}
