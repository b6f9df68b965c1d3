import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  adviceSchema,
  advisedCellSchema,
  coverageFilterSchema,
  coverageGroupingSchema,
  coverageGroupSchema,
  coveragePlaceSchema,
  coverageSummarySchema,
} from '../model/index.ts';
import { query, stream } from './procedure.ts';

/**
 * Which ledger: that of one run, or with `asOf` the newest cell of each scope × region × kind once a run had ended;
 * with neither, the newest cells of now. Both at once are refused as `bad-input`.
 */
const ledger = z.object({
  run: z.number().int().nullable().default(null),
  asOf: z.number().int().nullable().default(null),
});

const filtered = ledger.extend({ filter: coverageFilterSchema.prefault({}) });
const offset = z.number().int().min(0).default(0);
const descending = z.boolean();

/**
 * What was looked at, and what could not be. A ledger may have a cell for each of a thousand accounts × every region ×
 * every kind, so it is counted by the engine and handed out in pages.
 */
export const coverageContract = {
  /** The cells under a filter, counted. */
  summary: query.input(filtered).output(coverageSummarySchema),
  /** How many cells there are of each scope, region, kind or missing permission, ordered by it. */
  groups: query
    .input(
      filtered.extend({
        by: coverageGroupingSchema,
        /** Part of what the groups have in common, or of a scope's name. */
        text: z.string().default(''),
        offset,
        limit: z.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(coverageGroupSchema) })),
  /** The cells as scope × region, each with the cells of its kinds. */
  places: query
    .input(
      filtered.extend({
        sort: z
          .object({ by: z.enum(['cloud', 'scope', 'region', 'incomplete']), descending })
          .default({ by: 'scope', descending: false }),
        offset,
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(coveragePlaceSchema) })),
  /** The cells one by one. One that is denied or disabled says what would open it, except in the past. */
  cells: query
    .input(
      filtered.extend({
        sort: z
          .object({ by: z.enum(['scope', 'region', 'kind', 'status', 'rows', 'run', 'permission']), descending })
          .default({ by: 'scope', descending: false }),
        offset,
        limit: z.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(advisedCellSchema) })),
  /** All cells under a filter, page by page, as they were when the call began. */
  all: stream.input(filtered).output(eventIterator(z.array(advisedCellSchema))),
  /** What would open closed cells, act by act, those that open most first; of the past nothing is advised. */
  advice: query
    .input(filtered.extend({ offset, limit: z.number().int().min(1).max(1000).default(200) }))
    .output(z.object({ total: z.number().int(), rows: z.array(adviceSchema) })),
};
