import { z } from 'zod';

/** What an exported estate may leave out: each is replaced, the same by the same, so that the graph keeps its shape. */
export const redactions = ['names', 'addresses', 'accounts'] as const;
export const redactionSchema = z.enum(redactions);
export type Redaction = z.infer<typeof redactionSchema>;

/** An estate written into one file. */
export const archiveReportSchema = z.object({
  path: z.string(),
  bytes: z.number().int(),
  redacted: z.array(redactionSchema),
  cells: z.number().int(),
  resources: z.number().int(),
  relationships: z.number().int(),
});
export type ArchiveReport = z.infer<typeof archiveReportSchema>;
