import { z } from 'zod';
import { advisedCellSchema, cloudSchema, coverageStatusSchema } from './estate.ts';

/** Which cells of the ledger; an empty list, an empty text and false restrict nothing. */
export const coverageFilterSchema = z.object({
  statuses: z.array(coverageStatusSchema).default([]),
  /** Scope ids. */
  scopes: z.array(z.string()).default([]),
  regions: z.array(z.string()).default([]),
  kinds: z.array(z.string()).default([]),
  /** Permissions that are missing. */
  permissions: z.array(z.string()).default([]),
  /** Part of a scope's id or name, a region, a kind, a permission or an error, in any case. */
  text: z.string().default(''),
  /** Only cells that are neither complete nor of something that is not enabled. */
  onlyIncomplete: z.boolean().default(false),
});
export type CoverageFilter = z.infer<typeof coverageFilterSchema>;

/** What cells are counted by. */
export const coverageGroupingSchema = z.enum(['scope', 'region', 'kind', 'permission']);
export type CoverageGrouping = z.infer<typeof coverageGroupingSchema>;

/** The cells that have one scope, region, kind or missing permission in common. */
export const coverageGroupSchema = z.object({
  value: z.string(),
  cells: z.number().int(),
  incomplete: z.number().int(),
});
export type CoverageGroup = z.infer<typeof coverageGroupSchema>;

/** The ledger in numbers. */
export const coverageSummarySchema = z.object({
  cells: z.number().int(),
  /** Cells of each status; those that no cell has are absent. */
  byStatus: z.partialRecord(coverageStatusSchema, z.number().int()),
  incomplete: z.number().int(),
  /** The share of complete cells (0 to 1), those of disabled regions left out; null when there is none. */
  share: z.number().nullable(),
  /** How many different permissions the denied cells name. */
  missingPermissions: z.number().int(),
});
export type CoverageSummary = z.infer<typeof coverageSummarySchema>;

/** One scope × region with its cells, one for each kind. */
export const coveragePlaceSchema = z.object({
  cloud: cloudSchema,
  scope: z.string(),
  region: z.string(),
  incomplete: z.number().int(),
  cells: z.array(advisedCellSchema),
});
export type CoveragePlace = z.infer<typeof coveragePlaceSchema>;
