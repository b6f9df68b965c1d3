import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';
import { nameSchema, useReferenceSchema } from './blueprint.ts';
import { targetSchema } from './target.ts';

/** A value kept outside the workspace; only its name is stored. */
export const secretReferenceSchema = z.strictObject({ secret: z.string().min(1) });
export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** The document `environments/<name>.yaml`. */
export const environmentDocumentSchema = z.strictObject({
  environment: nameSchema,
  blueprint: useReferenceSchema,
  target: targetSchema,
  inputs: z.record(z.string(), jsonSchema).optional(),
  state: z
    .strictObject({
      backend: z.literal('local'),
      /** False while the states of what runs already are not there: deploying would make everything a second time. */
      ready: z.boolean().optional(),
    })
    .optional(),
  /** Resources to adopt instead of create, per node: tool address to the cloud's id. */
  imports: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});
export type EnvironmentDocument = z.infer<typeof environmentDocumentSchema>;

export const environmentSchema = z.object({
  name: z.string(),
  blueprint: z.string(),
  version: z.string(),
  target: targetSchema,
  inputs: z.record(z.string(), jsonSchema),
  status: z.enum(['proposed', 'deploying', 'live', 'partial', 'failed', 'adoptable', 'removed']),
  resources: z.number().int(),
  lastDeployment: z.string().nullable(),
  drift: z.enum(['unknown', 'none', 'drifted', 'failed']),
  driftCheckedAt: z.number().nullable(),
});
export type Environment = z.infer<typeof environmentSchema>;
