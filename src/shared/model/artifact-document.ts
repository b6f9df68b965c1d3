import { z } from 'zod';
import { boundarySchema, portSchemaSchema, runnerSchema } from './artifact.ts';
import { nameSchema, versionSchema } from './blueprint.ts';

/** A correction of one port: what is given replaces what was read from the code, the rest stays. */
const portCorrectionSchema = z.record(z.string(), portSchemaSchema);

/** The document `artifacts/<name>/artifact.yaml`: only what was corrected or added by hand. */
export const artifactDocumentSchema = z.strictObject({
  artifact: nameSchema.optional(),
  version: versionSchema.optional(),
  runner: runnerSchema.optional(),
  /** The file of the folder that is meant, such as a template or a script, where there are several. */
  entry: z.string().optional(),
  /** Where the code lies, relative to this file; the folder itself when it is not given. */
  source: z.string().optional(),
  summary: z.string().optional(),
  boundary: boundarySchema.optional(),
  inputs: portCorrectionSchema.optional(),
  outputs: portCorrectionSchema.optional(),
});
export type ArtifactDocument = z.infer<typeof artifactDocumentSchema>;
