import { z } from 'zod';
import { connectionSchema } from './discovery.ts';
import { retentionSchema } from './history.ts';
import { scheduleSchema } from './schedule.ts';

/** An external tool and what it is for. */
export const toolStatusSchema = z.object({
  name: z.string(),
  purpose: z.string(),
  status: z.enum(['found', 'missing', 'too-old', 'broken']),
  path: z.string().nullable(),
  version: z.string().nullable(),
  minimum: z.string().nullable(),
  /** Who needs it: Groundplan itself, or only its own tests. */
  neededBy: z.enum(['groundplan', 'tests']),
  /** Of tools that stand in for one another, the one that deployments use now. */
  inUse: z.boolean(),
  /** How to get it when missing. */
  advice: z.string().nullable(),
});
export type ToolStatus = z.infer<typeof toolStatusSchema>;

export const noticeSchema = z.object({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  title: z.string(),
  detail: z.string(),
  at: z.number(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** The document `groundplan.yaml` at the root of a workspace. */
export const workspaceDocumentSchema = z.strictObject({
  groundplan: z.literal(1),
  name: z.string().min(1),
  connections: z.array(connectionSchema).optional(),
  /** When connections are mapped by themselves. */
  schedules: z.array(scheduleSchema).optional(),
  /** Which runs are kept; without it all of them. */
  history: z
    .strictObject({
      runs: retentionSchema.shape.runs.unwrap().optional(),
      days: retentionSchema.shape.days.unwrap().optional(),
    })
    .optional(),
  tools: z.strictObject({ opentofu: z.string().optional() }).optional(),
});
export type WorkspaceDocument = z.infer<typeof workspaceDocumentSchema>;

export const workspaceInfoSchema = z.object({
  path: z.string(),
  name: z.string(),
  /** Why nothing can be written, or null. */
  readOnly: z.string().nullable(),
  connections: z.array(connectionSchema),
  notices: z.array(noticeSchema),
  lastMappedAt: z.number().nullable(),
  /** Share of coverage cells that are complete in the newest view, 0 to 1; null before the first run. */
  coverage: z.number().nullable(),
  waitingApprovals: z.number().int(),
});
export type WorkspaceInfo = z.infer<typeof workspaceInfoSchema>;

/** What the engine tells without being asked, so that screens refresh exactly what changed. */
export const topics = [
  'workspace',
  'estate',
  'runs',
  'artifacts',
  'blueprints',
  'catalog',
  'environments',
  'deployments',
  'drift',
  'patterns',
  'queries',
  'settings',
] as const;
export const topicSchema = z.enum(topics);
export type Topic = z.infer<typeof topicSchema>;

export const engineEventSchema = z.object({
  sequence: z.number().int(),
  topics: z.array(topicSchema),
  /** The thing that changed, when it is one: a run, a draft's or a deployment's id. */
  subject: z.string().nullable(),
});
export type EngineEvent = z.infer<typeof engineEventSchema>;
