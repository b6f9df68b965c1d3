import { z } from 'zod';
import { jsonObjectSchema, jsonSchema } from '#shared/base/json.ts';
import {
  actorSchema,
  blastRadiusSchema,
  boundarySchema,
  deploymentSchema,
  deploymentStateSchema,
  envelopeSchema,
  estimateSchema,
  nodeStateSchema,
  problemSchema,
  reviewCheckSchema,
  targetSchema,
} from '#shared/model/index.ts';

const stateIdentitySchema = z.object({ lineage: z.string(), serial: z.number().int() });

/** One step of a plan as the journal keeps it; changes and texts lie in the plan store under `document`. */
const plannedStepSchema = z.object({
  id: z.string(),
  use: z.string(),
  artifact: z.string(),
  boundary: boundarySchema,
  stage: z.number().int(),
  after: z.array(z.string()),
  /** destroy: the step is taken down; apply: everything else. */
  mode: z.enum(['apply', 'destroy']),
  planned: z.enum(['exact', 'deferred']),
  /** Digest of the plan file's bytes; its name in the plan store. */
  planFile: z.string().nullable(),
  /** Key of the readable plan in the plan store. */
  document: z.string().nullable(),
  changesDigest: z.string().nullable(),
  wiringDigest: z.string(),
  envelope: envelopeSchema.nullable(),
  /** The state the plan was made on; null when there was none. */
  stateIdentity: stateIdentitySchema.nullable(),
  /** Digest of what had moved in the cloud when it was planned. */
  driftDigest: z.string().nullable(),
  withoutChanges: z.boolean(),
  /** The sources bring a backend, so the state does not lie in the workspace. */
  ownBackend: z.boolean(),
  estimate: estimateSchema,
  /** Deployment inputs nobody has given yet. */
  missing: z.array(z.string()),
});
export type PlannedStep = z.infer<typeof plannedStepSchema>;

/** Which process runs a step, so that it can be found again after a restart. */
export const runSchema = z.object({
  pid: z.number().int(),
  startTime: z.string(),
  logFile: z.string(),
});

const bodies = [
  z.object({
    type: z.literal('proposed'),
    kind: deploymentSchema.shape.kind,
    environment: z.string(),
    blueprint: z.string(),
    version: z.string(),
    releaseDigest: z.string(),
    target: targetSchema,
    /** Values given for inputs; secrets as references. */
    given: jsonObjectSchema,
    givenBy: z.record(z.string(), z.enum(['proposer', 'person'])),
    imports: z.record(z.string(), z.record(z.string(), z.string())),
    reason: z.string(),
    by: actorSchema,
  }),
  z.object({ type: z.literal('inputs-filled'), given: jsonObjectSchema, by: actorSchema }),
  z.object({ type: z.literal('planning'), round: z.number().int() }),
  z.object({
    type: z.literal('planned'),
    round: z.number().int(),
    steps: z.array(plannedStepSchema),
    planSetDigest: z.string().nullable(),
    envelopeDigest: z.string().nullable(),
    policyDigest: z.string(),
    expiresAt: z.number(),
    /** Null where the cloud was not asked. */
    accountId: z.string().nullable(),
    tool: z.object({ name: z.string(), version: z.string(), digest: z.string() }),
    estimate: estimateSchema,
    checks: z.array(reviewCheckSchema),
    radius: blastRadiusSchema,
    state: z.enum(['AWAITING_APPROVAL', 'POLICY_BLOCKED']),
    problems: z.array(problemSchema),
  }),
  z.object({
    type: z.literal('approved'),
    nonce: z.string(),
    planSetDigest: z.string(),
    envelopeDigest: z.string(),
    expiresAt: z.number(),
    by: actorSchema,
  }),
  z.object({
    type: z.literal('state'),
    state: deploymentStateSchema,
    by: actorSchema.optional(),
    problems: z.array(problemSchema).optional(),
    evidence: jsonSchema.optional(),
  }),
  z.object({
    type: z.literal('node'),
    step: z.string(),
    state: nodeStateSchema,
    attempt: z.number().int().optional(),
    run: runSchema.optional(),
    problem: problemSchema.optional(),
    /** A deferred step's plan, once its inputs exist. */
    replanned: plannedStepSchema.optional(),
    evidence: jsonSchema.optional(),
  }),
] as const;

/** Everything that can happen to a deployment. Old journals hold old events: only add, never rename. */
export const eventSchema = z.discriminatedUnion('type', bodies);
export type JournalEvent = z.infer<typeof eventSchema>;

/** An event with its place in the audit chain. */
export interface JournalEntry {
  readonly sequence: number;
  readonly at: number;
  readonly deployment: string;
  readonly event: JournalEvent;
  readonly previousHash: string;
  readonly hash: string;
}
