import type { Estimate, PlanNode } from '#shared/model/index.ts';

export const noHistory: Estimate = { p50: null, p90: null, samples: 0, unknown: 0 };

/** One step of a plan as the engine gives it, exact and not started, with what a test wants otherwise. */
export function planNode(id: string, given: Partial<PlanNode> = {}): PlanNode {
  return {
    id,
    use: `${id}@1.0.0`,
    runner: 'terraform',
    boundary: 'networking',
    stage: 1,
    after: [],
    state: 'PENDING',
    planned: 'exact',
    digest: null,
    changes: [],
    envelope: null,
    estimate: noHistory,
    startedAt: null,
    finishedAt: null,
    attempts: 0,
    problem: null,
    outputs: [],
    ...given,
  };
}
