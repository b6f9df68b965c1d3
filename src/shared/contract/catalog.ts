import { z } from 'zod';
import {
  artifactDiffSchema,
  artifactUseSchema,
  audienceSchema,
  catalogEntrySchema,
  environmentSchema,
  nameSchema,
  problemSchema,
  publishedBlueprintSchema,
  releaseSchema,
  versionDiffSchema,
} from '../model/index.ts';
import { command, query } from './procedure.ts';

/** Published, immutable versions, who may deploy them, and the environments that run them. */
export const catalogContract = {
  list: query.output(z.object({ entries: z.array(catalogEntrySchema), problems: z.array(problemSchema) })),
  get: query
    .input(z.object({ name: z.string(), version: z.string().nullable().default(null) }))
    .output(publishedBlueprintSchema),
  /** Makes the draft's version immutable. `already-exists` when the version is published. */
  publish: command
    .input(z.object({ name: z.string(), audience: audienceSchema, notes: z.string().default('') }))
    .output(releaseSchema),
  setAudience: command
    .input(z.object({ name: z.string(), version: z.string(), audience: audienceSchema }))
    .output(releaseSchema),
  setStatus: command
    .input(
      z.object({
        name: z.string(),
        version: z.string(),
        status: z.enum(['active', 'deprecated', 'withdrawn']),
        reason: z.string(),
        successor: z.string().nullable().default(null),
      }),
    )
    .output(releaseSchema),
  /** `draft` stands for the draft being edited. */
  diff: query.input(z.object({ name: z.string(), from: z.string(), to: z.string() })).output(versionDiffSchema),
  /** Which drafts and published versions use an artifact, and the environments that run those. */
  artifactUses: query.input(z.object({ name: nameSchema })).output(z.array(artifactUseSchema)),
  /**
   * Two states of an artifact: `now`, `recorded` (as it was imported last), a version, or the beginning of a digest;
   * and what that means for the blueprints that use it.
   */
  artifactDiff: query
    .input(z.object({ name: nameSchema, from: z.string().default('recorded'), to: z.string().default('now') }))
    .output(artifactDiffSchema),
  /** The states of an artifact that can be compared, `now` and `recorded` first where there are such. */
  artifactStates: query.input(z.object({ name: nameSchema })).output(z.array(z.string())),
  environments: query.output(z.object({ environments: z.array(environmentSchema), problems: z.array(problemSchema) })),
};
