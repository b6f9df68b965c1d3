import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';
import { boundarySchema, portsSchema, problemSchema, runnerSchema } from './artifact.ts';
import { targetSchema } from './target.ts';

export const deploymentStates = [
  'PROPOSED',
  'RESOLVING',
  'PLANNING',
  'PLANNED',
  'POLICY_BLOCKED',
  'AWAITING_APPROVAL',
  'APPROVED',
  'PREFLIGHT',
  'EXECUTING',
  'CANCELLING',
  'RECOVERING',
  'SUCCEEDED',
  'PARTIAL',
  'NEEDS_REAPPROVAL',
  'NEEDS_OPERATOR',
  'CANCELLED',
  'REJECTED',
  'EXPIRED',
  'SUPERSEDED',
  'PLAN_FAILED',
] as const;
export const deploymentStateSchema = z.enum(deploymentStates);
export type DeploymentState = z.infer<typeof deploymentStateSchema>;

export const nodeStates = [
  'PENDING',
  'DEFERRED',
  'READY',
  'REPLANNED',
  'PLAN_CHECKED',
  'INTENT',
  'RUNNING',
  'APPLIED',
  'OUTPUTS_SAVED',
  'DONE',
  'NOOP',
  'FAILED',
  'OUTCOME_UNKNOWN',
  'RECONCILING',
  'NEEDS_OPERATOR',
  'NEEDS_REAPPROVAL',
  'SKIPPED_UPSTREAM',
  'CANCELLED',
] as const;
export const nodeStateSchema = z.enum(nodeStates);
export type NodeState = z.infer<typeof nodeStateSchema>;

/** Who acts. A proposer and an approver are different identities even on one desktop. */
export const actorSchema = z.object({
  kind: z.enum(['person', 'agent', 'command-line']),
  name: z.string(),
});
export type Actor = z.infer<typeof actorSchema>;

export const changeActionSchema = z.enum([
  'create',
  'update',
  'delete',
  'replace',
  'read',
  'import',
  'no-op',
  'forget',
]);
export type ChangeAction = z.infer<typeof changeActionSchema>;

/** One attribute of a planned change; sensitive values never leave the engine. */
export const attributeChangeSchema = z.object({
  path: z.string(),
  before: jsonSchema,
  after: jsonSchema,
  /** known: exact now; later: computed during apply; sensitive: hidden here; */
  mark: z.enum(['known', 'later', 'sensitive']),
  forcesReplacement: z.boolean(),
});
export type AttributeChange = z.infer<typeof attributeChangeSchema>;

export const resourceChangeSchema = z.object({
  address: z.string(),
  type: z.string(),
  provider: z.string(),
  action: changeActionSchema,
  /** Cloud id when the resource exists already. */
  cloudId: z.string().nullable(),
  attributes: z.array(attributeChangeSchema),
});
export type ResourceChange = z.infer<typeof resourceChangeSchema>;

/** What a deferred step may do once its inputs are known. Deletions and replacements only when listed. */
export const envelopeSchema = z.object({
  addresses: z.array(z.object({ address: z.string(), type: z.string(), action: changeActionSchema })),
  /** Upper bound per type and action, for `count` and `for_each` that depend on later values. */
  counts: z.array(z.object({ type: z.string(), action: changeActionSchema, max: z.number().int().nullable() })),
  /** Inputs whose values come from steps not yet applied. */
  waitsFor: z.array(z.object({ input: z.string(), node: z.string(), output: z.string() })),
});
export type Envelope = z.infer<typeof envelopeSchema>;

export const estimateSchema = z.object({
  /** Seconds along the critical path; null means "no history yet". */
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  /** How many earlier measurements the figures rest on. */
  samples: z.number().int(),
  /** Changes for which nothing was ever measured here. */
  unknown: z.number().int(),
});
export type Estimate = z.infer<typeof estimateSchema>;

export const planNodeSchema = z.object({
  id: z.string(),
  use: z.string(),
  runner: runnerSchema,
  boundary: boundarySchema,
  /** Position in the order, starting at 1; equal numbers may run side by side. */
  stage: z.number().int(),
  after: z.array(z.string()),
  state: nodeStateSchema,
  /** exact: planned now; deferred: under an envelope until its inputs exist. */
  planned: z.enum(['exact', 'deferred']),
  digest: z.string().nullable(),
  changes: z.array(resourceChangeSchema),
  envelope: envelopeSchema.nullable(),
  estimate: estimateSchema,
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  attempts: z.number().int(),
  problem: problemSchema.nullable(),
  outputs: z.array(z.object({ name: z.string(), value: jsonSchema, mark: z.enum(['known', 'later', 'sensitive']) })),
});
export type PlanNode = z.infer<typeof planNodeSchema>;

export const deploymentSchema = z.object({
  id: z.string(),
  kind: z.enum(['create', 'change', 'remove', 'adopt', 'revert']),
  environment: z.string(),
  blueprint: z.string(),
  version: z.string(),
  target: targetSchema,
  state: deploymentStateSchema,
  proposedBy: actorSchema,
  reason: z.string(),
  approvedBy: actorSchema.nullable(),
  proposedAt: z.number(),
  approvedAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  estimate: estimateSchema,
  nodes: z.array(planNodeSchema),
  problems: z.array(problemSchema),
});
export type Deployment = z.infer<typeof deploymentSchema>;

/** What the plan touches that it does not manage itself, walked on the cloud graph. */
export const blastRadiusSchema = z.object({
  hops: z.number().int(),
  affected: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      name: z.string(),
      managedBy: z.string().nullable(),
      hops: z.number().int(),
      /** Relationship types from the changed resource to this one. */
      path: z.array(z.string()),
      because: z.string(),
    }),
  ),
  /** Kinds of the target account and region that could not be mapped. */
  notMapped: z.array(z.object({ kind: z.string(), region: z.string(), status: z.string() })),
  mappedAt: z.number().nullable(),
});
export type BlastRadius = z.infer<typeof blastRadiusSchema>;

export const reviewCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['passed', 'failed', 'unknown']),
  detail: z.string(),
});
export type ReviewCheck = z.infer<typeof reviewCheckSchema>;

export const reviewInputSchema = z.object({
  name: z.string(),
  /** Null when hidden or not yet given. */
  value: jsonSchema,
  origin: z.enum(['proposer', 'default', 'target', 'person', 'missing']),
  sensitive: z.boolean(),
  required: z.boolean(),
  description: z.string(),
});
export type ReviewInput = z.infer<typeof reviewInputSchema>;

/** Everything the review screen shows before one approval. */
export const reviewSchema = z.object({
  deployment: deploymentSchema,
  counts: z.object({
    create: z.number().int(),
    update: z.number().int(),
    delete: z.number().int(),
    replace: z.number().int(),
    import: z.number().int(),
  }),
  inputs: z.array(reviewInputSchema),
  inputPorts: portsSchema,
  radius: blastRadiusSchema,
  checks: z.array(reviewCheckSchema),
  planSetDigest: z.string().nullable(),
  envelopeDigest: z.string().nullable(),
  /** Names that must be typed because something is destroyed or replaced. */
  mustType: z.string().nullable(),
  expiresAt: z.number().nullable(),
  approvable: z.boolean(),
  /** Why the button is disabled, as sentences. */
  blockers: z.array(z.string()),
});
export type Review = z.infer<typeof reviewSchema>;

export const logLineSchema = z.object({
  /** Running number inside the deployment, for reading on. */
  sequence: z.number().int(),
  at: z.number(),
  node: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  text: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;

export const proposalInputSchema = z.object({
  blueprint: z.string().regex(/^[a-z][a-z0-9-]*(@[^\s@]+)?$/, 'Use NAME or NAME@VERSION.'),
  environment: z.string(),
  target: targetSchema,
  inputs: z.record(z.string(), jsonSchema).default({}),
  reason: z.string().default(''),
  kind: z.enum(['deploy', 'remove']).default('deploy'),
});
export type ProposalInput = z.infer<typeof proposalInputSchema>;
