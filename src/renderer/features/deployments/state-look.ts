import type { DeploymentState, NodeState } from '#shared/model/index.ts';
import type { StatusTone } from '../../ui/index.ts';

interface Look {
  readonly tone: StatusTone;
  readonly text: string;
}

/** A deployment's state in plain words. */
export function deploymentLook(state: DeploymentState): Look {
  switch (state) {
    case 'PROPOSED':
    case 'RESOLVING':
    case 'PLANNING':
    case 'PLANNED':
      return { tone: 'info', text: 'Planning' };
    case 'AWAITING_APPROVAL':
      return { tone: 'attention', text: 'Awaits approval' };
    case 'NEEDS_REAPPROVAL':
      return { tone: 'attention', text: 'Needs a new approval' };
    case 'POLICY_BLOCKED':
      return { tone: 'bad', text: 'Blocked by policy' };
    case 'PLAN_FAILED':
      return { tone: 'bad', text: 'Could not be planned' };
    case 'APPROVED':
    case 'PREFLIGHT':
      return { tone: 'info', text: 'Checking before it runs' };
    case 'EXECUTING':
      return { tone: 'info', text: 'Running' };
    case 'RECOVERING':
      return { tone: 'info', text: 'Recovering' };
    case 'CANCELLING':
      return { tone: 'attention', text: 'Cancelling' };
    case 'SUCCEEDED':
      return { tone: 'good', text: 'Succeeded' };
    case 'PARTIAL':
      return { tone: 'bad', text: 'Half done' };
    case 'NEEDS_OPERATOR':
      return { tone: 'bad', text: 'Needs a person' };
    case 'CANCELLED':
      return { tone: 'neutral', text: 'Cancelled' };
    case 'REJECTED':
      return { tone: 'neutral', text: 'Rejected' };
    case 'EXPIRED':
      return { tone: 'neutral', text: 'Expired' };
    case 'SUPERSEDED':
      return { tone: 'neutral', text: 'Superseded' };
  }
}

/** A step's state in plain words. */
export function nodeLook(state: NodeState): Look {
  switch (state) {
    case 'PENDING':
      return { tone: 'neutral', text: 'Waits for its turn' };
    case 'DEFERRED':
      return { tone: 'neutral', text: 'Waits for values' };
    case 'READY':
    case 'REPLANNED':
    case 'PLAN_CHECKED':
    case 'INTENT':
      return { tone: 'info', text: 'About to run' };
    case 'RUNNING':
      return { tone: 'info', text: 'Running' };
    case 'APPLIED':
    case 'OUTPUTS_SAVED':
      return { tone: 'info', text: 'Saving outputs' };
    case 'DONE':
      return { tone: 'good', text: 'Done' };
    case 'NOOP':
      return { tone: 'good', text: 'Nothing to do' };
    case 'FAILED':
      return { tone: 'bad', text: 'Failed' };
    case 'OUTCOME_UNKNOWN':
    case 'RECONCILING':
      return { tone: 'attention', text: 'Finding out what happened' };
    case 'NEEDS_OPERATOR':
      return { tone: 'bad', text: 'Needs a person' };
    case 'NEEDS_REAPPROVAL':
      return { tone: 'attention', text: 'Outside what was approved' };
    case 'SKIPPED_UPSTREAM':
      return { tone: 'neutral', text: 'Skipped' };
    case 'CANCELLED':
      return { tone: 'neutral', text: 'Cancelled' };
  }
}

/** True while something runs or is being planned, so that cancelling makes sense. */
export function isMoving(state: DeploymentState): boolean {
  return deploymentLook(state).tone === 'info' || state === 'CANCELLING';
}

/** True once a person approved it: the run is what there is to see. */
export function hasRun(deployment: { readonly startedAt: number | null; readonly approvedAt: number | null }): boolean {
  return deployment.startedAt !== null || deployment.approvedAt !== null;
}
