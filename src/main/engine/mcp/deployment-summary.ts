import { z } from 'zod';
import {
  changeActionSchema,
  deploymentStateSchema,
  nodeStateSchema,
  targetSchema,
  type Deployment,
} from '#shared/model/index.ts';

/** A deployment as an agent sees it: what, where, how far; no attribute values, no plan text. */
export const deploymentSummarySchema = z.object({
  id: z.string(),
  state: deploymentStateSchema,
  blueprint: z.string(),
  version: z.string(),
  environment: z.string(),
  target: targetSchema,
  reason: z.string(),
  steps: z.array(
    z.object({
      name: z.string(),
      use: z.string(),
      stage: z.number().int(),
      state: nodeStateSchema,
      planned: z.enum(['exact', 'deferred']),
      changes: z.partialRecord(changeActionSchema, z.number().int()),
    }),
  ),
  estimate_seconds: z.object({ p50: z.number().nullable(), p90: z.number().nullable(), samples: z.number().int() }),
  problems: z.array(z.string()),
  next: z.string(),
});

/** Folds a deployment into what an agent may know. */
export function summarise(deployment: Deployment): z.infer<typeof deploymentSummarySchema> {
  return {
    id: deployment.id,
    state: deployment.state,
    blueprint: deployment.blueprint,
    version: deployment.version,
    environment: deployment.environment,
    target: deployment.target,
    reason: deployment.reason,
    steps: deployment.nodes.map((node) => {
      const changes: Partial<Record<z.infer<typeof changeActionSchema>, number>> = {};
      const planned = node.planned === 'exact' ? node.changes : (node.envelope?.addresses ?? []);
      for (const { action } of planned) changes[action] = (changes[action] ?? 0) + 1;
      return { name: node.id, use: node.use, stage: node.stage, state: node.state, planned: node.planned, changes };
    }),
    estimate_seconds: {
      p50: deployment.estimate.p50,
      p90: deployment.estimate.p90,
      samples: deployment.estimate.samples,
    },
    problems: deployment.problems.map((problem) => problem.message),
    next: nextStep(deployment),
  };
}

function nextStep(deployment: Deployment): string {
  switch (deployment.state) {
    case 'PROPOSED':
    case 'RESOLVING':
    case 'PLANNING':
    case 'PLANNED':
      return 'It is being planned. Ask again with get_deployment.';
    case 'AWAITING_APPROVAL':
    case 'NEEDS_REAPPROVAL':
      return 'A person decides on the review screen of Groundplan. Nothing an agent can call approves it.';
    case 'APPROVED':
    case 'PREFLIGHT':
    case 'EXECUTING':
    case 'RECOVERING':
    case 'CANCELLING':
      return 'It runs. Ask again with get_deployment.';
    case 'POLICY_BLOCKED':
    case 'PLAN_FAILED':
    case 'PARTIAL':
    case 'NEEDS_OPERATOR':
      return 'It needs a person; the problems say why.';
    case 'SUCCEEDED':
    case 'CANCELLED':
    case 'REJECTED':
    case 'EXPIRED':
    case 'SUPERSEDED':
      return 'It is over.';
  }
}
