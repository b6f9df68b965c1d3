import { z } from 'zod';
import { versionChangeSchema } from './blueprint.ts';

/** Where a node of a blueprint is an artifact. */
const usePlaceSchema = z.object({
  blueprint: z.string(),
  /** Null for the draft. */
  version: z.string().nullable(),
  /** The node; with slashes for one of a nested blueprint. */
  node: z.string(),
  /** `name@version` as the blueprint has it. */
  use: z.string(),
});

/** A place that uses an artifact, and what runs there. */
export const artifactUseSchema = usePlaceSchema.extend({
  environments: z.array(z.object({ name: z.string(), lastDeployment: z.string().nullable() })),
});
export type ArtifactUse = z.infer<typeof artifactUseSchema>;

const artifactSideSchema = z.object({
  /** How it was asked for: `now`, `recorded`, a version, or a digest. */
  label: z.string(),
  version: z.string(),
  digest: z.string(),
});

/** What differs between two states of an artifact, and what it means for the blueprints that use it. */
export const artifactDiffSchema = z.object({
  name: z.string(),
  from: artifactSideSchema,
  to: artifactSideSchema,
  /** Paths such as `inputs.size.type`, `inputs.size.default`, `outputs.id`, `creates.aws_vpc`. */
  changes: z.array(versionChangeSchema),
  /** Every place that uses the artifact; `breaks` is empty where it can follow as it is. */
  uses: z.array(usePlaceSchema.extend({ breaks: z.array(z.string()) })),
});
export type ArtifactDiff = z.infer<typeof artifactDiffSchema>;
