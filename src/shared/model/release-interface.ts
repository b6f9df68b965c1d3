import { z } from 'zod';
import { artifactSchema, portsSchema } from './artifact.ts';

/**
 * The document `interface.yaml` of a published version: its ports and those of every artifact in it as they were read
 * when it was published, so that what was reviewed does not depend on a later reader.
 */
export const releaseInterfaceSchema = z.object({
  inputs: portsSchema,
  outputs: portsSchema,
  /** By `name@version`, exact. */
  artifacts: z.record(z.string(), artifactSchema),
});
export type ReleaseInterface = z.infer<typeof releaseInterfaceSchema>;
