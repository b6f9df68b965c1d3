import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';

/** One difference between what was deployed and what runs. */
export const driftItemSchema = z.object({
  id: z.string(),
  environment: z.string(),
  node: z.string(),
  address: z.string(),
  type: z.string(),
  cloudId: z.string().nullable(),
  /** Canonical id in the cloud graph when known. */
  resourceId: z.string().nullable(),
  change: z.enum(['changed', 'deleted', 'unmanaged']),
  /** reality: the cloud moved; code: the blueprint moved; both: the same attribute moved on both sides. */
  side: z.enum(['reality', 'code', 'both']),
  attributes: z.array(z.object({ path: z.string(), expected: jsonSchema, actual: jsonSchema, sensitive: z.boolean() })),
  decision: z
    .object({
      action: z.enum(['revert', 'accept', 'ignore']),
      by: z.string(),
      at: z.number(),
      reason: z.string(),
      until: z.number().nullable(),
      /** The deployment or draft version it led to. */
      result: z.string().nullable(),
    })
    .nullable(),
});
export type DriftItem = z.infer<typeof driftItemSchema>;

export const driftReportSchema = z.object({
  environment: z.string(),
  status: z.enum(['none', 'drifted', 'failed']),
  checkedAt: z.number(),
  items: z.array(driftItemSchema),
  /** Nodes that could not be read, with why; never "not drifted". */
  failures: z.array(z.object({ node: z.string(), message: z.string() })),
});
export type DriftReport = z.infer<typeof driftReportSchema>;
