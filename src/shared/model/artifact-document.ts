import { z } from 'zod';
import { boundarySchema, portFields, runnerSchema, type PortSchema } from './artifact.ts';
import { nameSchema, versionSchema } from './blueprint.ts';

/** A type as a person writes it: what is not known is refused, at any depth. */
const writtenTypeSchema: z.ZodType<PortSchema, PortSchema> = z.lazy(() =>
  z.strictObject(portFields(writtenTypeSchema)),
);

/** A correction of one port: what is given replaces what was read from the code, the rest stays. */
export const portCorrectionSchema = z.strictObject({
  ...portFields(writtenTypeSchema),
  /** The same as `x-sensitive`. */
  sensitive: z.boolean().optional(),
  /** The same as `x-immutable`: cannot change once it was created. */
  immutable: z.boolean().optional(),
  /** The same as `x-reads`; an output of a chart that the code does not show is added by it. */
  reads: z.string().optional(),
});
export type PortCorrection = z.infer<typeof portCorrectionSchema>;

const correctionFields = {
  version: versionSchema.optional(),
  summary: z.string().optional(),
  boundary: boundarySchema.optional(),
  inputs: z.record(z.string(), portCorrectionSchema).optional(),
  outputs: z.record(z.string(), portCorrectionSchema).optional(),
};

/** What a person corrects about an artifact. */
export const artifactCorrectionsSchema = z.strictObject(correctionFields);
export type ArtifactCorrections = z.infer<typeof artifactCorrectionsSchema>;

/** The document `groundplan.yaml` beside the code: only what was corrected or added by hand. */
export const artifactDocumentSchema = z.strictObject({
  artifact: nameSchema.optional(),
  runner: runnerSchema.optional(),
  /** The file of the folder that is meant, such as a template or a script, where there are several. */
  entry: z.string().optional(),
  /** Where the code lies, relative to this file; the folder itself when it is not given. */
  source: z.string().optional(),
  ...correctionFields,
  /** Corrections by file, where several templates or scripts lie in one folder. */
  entries: z.record(z.string(), artifactCorrectionsSchema).optional(),
});
export type ArtifactDocument = z.infer<typeof artifactDocumentSchema>;
