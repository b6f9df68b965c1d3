import type { z } from 'zod';
import type { JsonObject } from '#shared/base/json.ts';
import type { Actor, Deployment, DeploymentState, NodeState, Problem, Target } from '#shared/model/index.ts';
import type { JournalEvent, PlannedStep, runSchema } from './events.ts';

type Planned = Extract<JournalEvent, { type: 'planned' }>;

/** A step with how far it is. */
export interface NodeRecord {
  readonly plan: PlannedStep;
  readonly state: NodeState;
  readonly attempts: number;
  readonly run: z.infer<typeof runSchema> | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly problem: Problem | null;
}

interface ApprovalRecord {
  readonly nonce: string;
  readonly planSetDigest: string;
  readonly envelopeDigest: string;
  readonly expiresAt: number;
  readonly by: Actor;
  readonly at: number;
}

/** A deployment as the events say it is. */
export interface DeploymentRecord {
  readonly id: string;
  readonly kind: Deployment['kind'];
  readonly environment: string;
  readonly blueprint: string;
  readonly version: string;
  readonly releaseDigest: string;
  readonly target: Target;
  readonly given: JsonObject;
  readonly givenBy: Readonly<Record<string, 'proposer' | 'person'>>;
  readonly imports: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly reason: string;
  readonly proposedBy: Actor;
  readonly proposedAt: number;
  readonly state: DeploymentState;
  /** The state before a restart found it; what recovery has to deal with. */
  readonly stateBeforeRecovery: DeploymentState | null;
  readonly round: number;
  readonly plan: Omit<Planned, 'type' | 'steps' | 'state' | 'problems'> | null;
  readonly plannedAt: number | null;
  readonly nodes: readonly NodeRecord[];
  readonly approval: ApprovalRecord | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly problems: readonly Problem[];
}

/** States that nothing runs in and that only a person, or a new proposal, leads out of. */
const resting: ReadonlySet<DeploymentState> = new Set<DeploymentState>([
  'SUCCEEDED',
  'PARTIAL',
  'NEEDS_REAPPROVAL',
  'NEEDS_OPERATOR',
  'CANCELLED',
  'REJECTED',
  'EXPIRED',
  'SUPERSEDED',
  'PLAN_FAILED',
  'POLICY_BLOCKED',
]);

/** Whether a deployment has come to rest; waiting for an approval is not rest. */
export function isResting(state: DeploymentState): boolean {
  return resting.has(state);
}

/** Whether something of the deployment may be running or about to. */
export function isExecuting(state: DeploymentState): boolean {
  return ['APPROVED', 'PREFLIGHT', 'EXECUTING', 'CANCELLING', 'RECOVERING'].includes(state);
}

/** Node states after which nothing more happens to a step in this execution. */
export function isNodeOver(state: NodeState): boolean {
  return [
    'DONE',
    'NOOP',
    'FAILED',
    'NEEDS_OPERATOR',
    'NEEDS_REAPPROVAL',
    'SKIPPED_UPSTREAM',
    'CANCELLED',
    'OUTCOME_UNKNOWN',
  ].includes(state);
}

export function isNodeDone(state: NodeState): boolean {
  return state === 'DONE' || state === 'NOOP';
}
