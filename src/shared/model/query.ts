import { z } from 'zod';
import { nameSchema } from './blueprint.ts';

/** The document `queries/<name>.yaml`: a question of the cloud graph that is worth keeping. */
export const queryDocumentSchema = z.strictObject({
  query: nameSchema,
  summary: z.string().optional(),
  cypher: z.string().min(1),
});
export type QueryDocument = z.infer<typeof queryDocumentSchema>;

export const savedQuerySchema = z.object({
  name: nameSchema,
  summary: z.string(),
  cypher: z.string(),
  /** True for one that comes with Groundplan; it cannot be changed, only saved under another name. */
  given: z.boolean(),
});
export type SavedQuery = z.infer<typeof savedQuerySchema>;

const propertySchema = z.object({ name: z.string(), type: z.string() });

/** What Cypher can be written against. */
export const graphTablesSchema = z.object({
  nodes: z.array(z.object({ name: z.string(), count: z.number().int(), properties: z.array(propertySchema) })),
  relationships: z.array(
    z.object({
      name: z.string(),
      count: z.number().int(),
      /** Which tables it leads from and to. */
      pairs: z.array(z.object({ from: z.string(), to: z.string() })),
      properties: z.array(propertySchema),
    }),
  ),
});
export type GraphTables = z.infer<typeof graphTablesSchema>;
