import type { DeploymentState, DriftItem } from '#shared/model/index.ts';
import { canonicalJson } from '../../planner/index.ts';
import type { Json } from '#shared/base/json.ts';

export type Decision = NonNullable<DriftItem['decision']>;

/**
 * What a decision was about: a person who ignored one value has not ignored the next one. Sensitive values are not
 * stored, so of them the path alone counts.
 */
export function subjectOf(item: DriftItem): string {
  const attributes = item.attributes.map(({ path, expected, actual, sensitive }): Json => [
    path,
    sensitive,
    expected,
    actual,
  ]);
  return canonicalJson([item.side, attributes]);
}

/** How a proposed deployment ended for the differences it was to put back. */
export function revertProgress(state: DeploymentState | null): 'under-way' | 'done' | 'failed' {
  switch (state) {
    case 'PROPOSED':
    case 'RESOLVING':
    case 'PLANNING':
    case 'PLANNED':
    case 'AWAITING_APPROVAL':
    case 'APPROVED':
    case 'PREFLIGHT':
    case 'EXECUTING':
    case 'CANCELLING':
    case 'RECOVERING':
    case 'NEEDS_REAPPROVAL':
    case 'NEEDS_OPERATOR':
      return 'under-way';
    case 'SUCCEEDED':
      return 'done';
    case null:
    case 'POLICY_BLOCKED':
    case 'PARTIAL':
    case 'CANCELLED':
    case 'REJECTED':
    case 'EXPIRED':
    case 'SUPERSEDED':
    case 'PLAN_FAILED':
      return 'failed';
  }
}

/** Whether a decision still stands for a difference that a check has just found again. */
export function stillStands(
  decision: Decision,
  now: {
    readonly sameSubject: boolean;
    readonly at: number;
    readonly deployedAt: number;
    readonly reverting: ReturnType<typeof revertProgress>;
  },
): boolean {
  switch (decision.action) {
    case 'ignore':
      return now.sameSubject && !isOver(decision, now.at);
    case 'accept':
      // After the next deployment the difference should be gone; while it is not, it is open again.
      return now.sameSubject && now.deployedAt <= decision.at;
    case 'revert':
      return now.reverting === 'under-way';
  }
}

/** An ignore rule whose end date has passed. */
export function isOver(decision: Decision, at: number): boolean {
  return decision.until !== null && decision.until <= at;
}
