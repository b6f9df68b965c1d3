/** One measured figure. */
export interface BenchResult {
  readonly name: string;
  readonly median: number;
  readonly unit: string;
  /** 95th percentile where there are enough rounds. */
  readonly p95?: number;
  /** Against the baseline of the same run, where there is one. */
  readonly ratio?: number;
  readonly aim?: string;
  readonly method: string;
}

/** The middle of some figures; the mean of the two middle ones for an even number. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** A percentile by linear interpolation between the closest ranks. NaN for no values. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const at = ((sorted.length - 1) * rank) / 100;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}
