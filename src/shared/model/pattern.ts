import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';
import { boundarySchema, portSchemaSchema, problemSchema } from './artifact.ts';

/** One instance of a pattern: a named set of resources. */
export const instanceSelectionSchema = z.object({
  /** Short name, becomes the environment's name, for example `eu`. */
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'Use lower-case letters, digits and dashes.'),
  scope: z.string().nullable(),
  region: z.string().nullable(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
  /** Resources by hand; used instead of the other criteria when not empty. */
  ids: z.array(z.string()).default([]),
});
export type InstanceSelection = z.infer<typeof instanceSelectionSchema>;
export type InstanceSelectionInput = z.input<typeof instanceSelectionSchema>;

/** A structure that recurs in the estate. */
export const patternCandidateSchema = z.object({
  id: z.string(),
  title: z.string(),
  instances: z.array(instanceSelectionSchema),
  kinds: z.record(z.string(), z.number().int()),
  /** Weighted Jaccard similarity of the instances' kinds, 0 to 1. */
  similarity: z.number(),
});
export type PatternCandidate = z.infer<typeof patternCandidateSchema>;

/** One resource of the pattern, aligned over the instances (null where an instance has none). */
export const alignedResourceSchema = z.object({
  key: z.string(),
  kind: z.string(),
  boundary: boundarySchema,
  node: z.string(),
  address: z.string(),
  members: z.array(z.object({ instance: z.string(), id: z.string().nullable(), name: z.string().nullable() })),
  attributes: z.array(
    z.object({
      path: z.string(),
      verdict: z.enum(['constant', 'derived', 'input', 'reference', 'optional', 'ignored']),
      values: z.record(z.string(), jsonSchema),
      /** The expression or input it became. */
      becomes: z.string().nullable(),
    }),
  ),
});
export type AlignedResource = z.infer<typeof alignedResourceSchema>;

export const comparisonSchema = z.object({
  instances: z.array(
    z.object({ name: z.string(), resources: z.number().int(), scope: z.string(), region: z.string() }),
  ),
  resources: z.array(alignedResourceSchema),
  inputs: z.array(
    z.object({
      name: z.string(),
      schema: portSchemaSchema,
      values: z.record(z.string(), jsonSchema),
      from: z.array(z.string()),
    }),
  ),
  /** Resources of the selection that are left out, with why. */
  leftOut: z.array(
    z.object({ id: z.string(), kind: z.string(), name: z.string(), instance: z.string(), why: z.string() }),
  ),
  problems: z.array(problemSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const extractionSchema = z.object({
  blueprint: z.string(),
  version: z.string(),
  artifacts: z.array(z.object({ name: z.string(), boundary: boundarySchema, resources: z.number().int() })),
  environments: z.array(z.string()),
  /** Files written, relative to the workspace. */
  files: z.array(z.string()),
  problems: z.array(problemSchema),
});
export type Extraction = z.infer<typeof extractionSchema>;

/** The import proof of one instance: N imports and nothing else. */
export const instanceProofSchema = z.object({
  instance: z.string(),
  node: z.string(),
  status: z.enum(['proven', 'differs', 'failed', 'not-run']),
  imports: z.number().int(),
  add: z.number().int(),
  change: z.number().int(),
  destroy: z.number().int(),
  differences: z.array(z.object({ address: z.string(), path: z.string(), code: jsonSchema, cloud: jsonSchema })),
  /** Attributes that live in the tool's state only, each with why that is harmless. */
  stateOnly: z.array(z.object({ address: z.string(), attribute: z.string(), why: z.string() })),
  problem: z.string().nullable(),
});
export type InstanceProof = z.infer<typeof instanceProofSchema>;

export const proofSchema = z.object({
  blueprint: z.string(),
  proven: z.boolean(),
  at: z.number(),
  tool: z.string(),
  instances: z.array(instanceProofSchema),
});
export type Proof = z.infer<typeof proofSchema>;
