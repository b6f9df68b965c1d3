import type { Estimate, ResourceChange } from '#shared/model/index.ts';
import { makespan, type Task } from './schedule.ts';

/** Seconds that earlier changes of one kind took on this desktop. */
export type History = (change: {
  readonly type: string;
  readonly action: string;
  readonly providerVersion: string | null;
}) => readonly number[];

export interface EstimatedStep {
  readonly id: string;
  readonly after: readonly string[];
  readonly changes: readonly Pick<ResourceChange, 'address' | 'type' | 'action'>[];
  /** Which changed addresses wait for which, from the plan's configuration; empty for a deferred step. */
  readonly order: Readonly<Record<string, readonly string[]>>;
  readonly providerVersion: string | null;
}

interface EstimateOptions {
  readonly history: History;
  /** How many steps run side by side. */
  readonly parallelSteps: number;
}

/** How many changes the tool makes at once by default. */
const parallelChanges = 10;

/** What a step costs besides its changes is learned under this name. */
export const stepOverhead = { type: 'step', action: 'overhead' } as const;

/** The time of one step: p50 and p90 along its critical path; null when none of its changes was ever measured. */
export function estimateStep(step: EstimatedStep, history: History): Estimate {
  const { timed, samples, unknown } = measure(step, history);
  if (step.changes.length === 0) return { p50: 0, p90: 0, samples: 0, unknown: 0 };
  if (samples === 0 && unknown > 0) return { p50: null, p90: null, samples: 0, unknown };
  const overhead = history({ ...stepOverhead, providerVersion: null });
  const total = (share: number): number =>
    makespan(
      timed.map(({ task, seconds }) => ({ ...task, seconds: quantile(seconds, share) })),
      parallelChanges,
    ) + quantile(overhead, share);
  return { p50: total(0.5), p90: total(0.9), samples, unknown };
}

/**
 * The time of a deployment: the critical path through its steps under the limit of parallel steps. Changes that were
 * never measured count as nothing and are told in `unknown`, so the figures are a lower bound then.
 */
export function estimateDeployment(
  steps: readonly (EstimatedStep & { readonly estimate: Estimate })[],
  options: EstimateOptions,
): Estimate {
  const samples = sum(steps.map((step) => step.estimate.samples));
  const unknown = sum(steps.map((step) => step.estimate.unknown));
  if (samples === 0 && unknown > 0) return { p50: null, p90: null, samples: 0, unknown };
  const along = (pick: (estimate: Estimate) => number | null): number =>
    makespan(
      steps.map((step): Task => ({ id: step.id, after: step.after, seconds: pick(step.estimate) ?? 0 })),
      options.parallelSteps,
    );
  return { p50: along((estimate) => estimate.p50), p90: along((estimate) => estimate.p90), samples, unknown };
}

function measure(step: EstimatedStep, history: History) {
  let samples = 0;
  let unknown = 0;
  const timed = step.changes.map((change) => {
    const task: Task = { id: change.address, after: step.order[change.address] ?? [], seconds: 0 };
    // These only touch the tool's own state.
    if (['read', 'import', 'forget', 'no-op'].includes(change.action)) return { task, seconds: [0] };
    const seconds = history({ type: change.type, action: change.action, providerVersion: step.providerVersion });
    samples += seconds.length;
    if (seconds.length === 0) unknown += 1;
    return { task, seconds };
  });
  return { timed, samples, unknown };
}

/** The nearest-rank quantile; 0 for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
