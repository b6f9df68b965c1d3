import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';
import { cloudSchema } from './estate.ts';

/** How a resource differs between two runs. */
export const runChanges = ['added', 'removed', 'changed'] as const;
export const runChangeSchema = z.enum(runChanges);
export type RunChange = z.infer<typeof runChangeSchema>;

/** One attribute that is not the same in two runs; fields that change by themselves are left out. */
export const runAttributeSchema = z.object({
  /** `CidrBlock`, `IpPermissions[1].FromPort`, `tags.env`; in lists only what one run alone has is told. */
  path: z.string(),
  before: jsonSchema,
  after: jsonSchema,
});
export type RunAttribute = z.infer<typeof runAttributeSchema>;

/** A resource that is not the same in two runs. What it says of itself comes from the run that has it, else the later. */
export const runDifferenceSchema = z.object({
  change: runChangeSchema,
  id: z.string(),
  cloud: cloudSchema,
  kind: z.string(),
  name: z.string(),
  nativeId: z.string(),
  scopeId: z.string(),
  region: z.string(),
  /** Of a changed resource: what changed. */
  changes: z.array(runAttributeSchema),
  /** True when a body cannot be read any more, so that what changed inside it is not known. */
  unread: z.boolean(),
});
export type RunDifference = z.infer<typeof runDifferenceSchema>;

/** A place in which two runs cannot be compared, because one of them did not see all of it. */
export const runGapSchema = z.object({
  scope: z.string(),
  region: z.string(),
  kind: z.string(),
  why: z.string(),
});
export type RunGap = z.infer<typeof runGapSchema>;

/** What two runs saw, in numbers. */
export const runComparisonSchema = z.object({
  from: z.number().int(),
  to: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Resources that one run alone saw, or saw whole, where the other did not see everything. */
  unknown: z.number().int(),
  /** Places that could not be compared. */
  gaps: z.number().int(),
  kinds: z.array(
    z.object({
      kind: z.string(),
      added: z.number().int(),
      removed: z.number().int(),
      changed: z.number().int(),
    }),
  ),
});
export type RunComparison = z.infer<typeof runComparisonSchema>;
