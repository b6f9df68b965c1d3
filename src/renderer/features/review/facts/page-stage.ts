import type { DeploymentState } from '#shared/model/index.ts';

/** planning: nothing to decide yet; deciding: the plan and the button; run: it was approved, the run is what counts. */
export type PageStage = 'planning' | 'deciding' | 'closed' | 'run';

/** Which face of the page a state calls for. `wasApproved`: somebody consented to this plan at some time. */
export function pageStage(state: DeploymentState, wasApproved: boolean): PageStage {
  switch (state) {
    case 'PROPOSED':
    case 'RESOLVING':
    case 'PLANNING':
    case 'PLANNED':
      return 'planning';
    case 'AWAITING_APPROVAL':
    case 'POLICY_BLOCKED':
    case 'EXPIRED':
    case 'PLAN_FAILED':
      return 'deciding';
    case 'REJECTED':
    case 'SUPERSEDED':
      return 'closed';
    case 'NEEDS_REAPPROVAL':
    case 'APPROVED':
    case 'PREFLIGHT':
    case 'EXECUTING':
    case 'CANCELLING':
    case 'SUCCEEDED':
    case 'PARTIAL':
    case 'NEEDS_OPERATOR':
      return 'run';
    case 'RECOVERING':
    case 'CANCELLED':
      return wasApproved ? 'run' : 'closed';
  }
}
