import type { CallCounts } from '#shared/model/index.ts';

const noCalls: CallCounts = { made: 0, empty: 0, throttled: 0, spared: 0 };

/** What several connections cost together. */
export function sumOfCalls(counts: readonly CallCounts[]): CallCounts {
  return counts.reduce(
    (sum, one) => ({
      made: sum.made + one.made,
      empty: sum.empty + one.empty,
      throttled: sum.throttled + one.throttled,
      spared: sum.spared + one.spared,
    }),
    noCalls,
  );
}
