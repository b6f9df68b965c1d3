import { z } from 'zod';
import {
  estateFilterSchema,
  estateStatsSchema,
  graphTablesSchema,
  graphViewSchema,
  neighboursSchema,
  queryResultSchema,
  relationshipTypeSchema,
  resourceDetailSchema,
  resourceRowSchema,
  scopeNodeSchema,
} from '../model/index.ts';
import { command, query } from './procedure.ts';

/** The run after whose end to look at the estate; now when it is absent or null. */
const asOf = z.number().int().nullable().optional();

/** Reading the cloud graph, as it is or as it stood after some run. */
export const estateContract = {
  stats: query.input(z.object({ asOf }).optional()).output(estateStatsSchema),
  scopes: query.input(z.object({ asOf }).optional()).output(z.array(scopeNodeSchema)),
  search: query
    .input(
      z.object({
        asOf,
        filter: estateFilterSchema,
        sort: z
          .object({
            by: z.enum(['name', 'kind', 'region', 'scope', 'nativeId', 'state', 'createdAt', 'lastRun']),
            descending: z.boolean(),
          })
          .default({ by: 'kind', descending: false }),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(5000).default(200),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(resourceRowSchema) })),
  /** Counts per filter value under the filter, for chips and menus. */
  facets: query.input(z.object({ asOf, filter: estateFilterSchema })).output(
    z.object({
      kinds: z.array(z.object({ value: z.string(), count: z.number().int() })),
      regions: z.array(z.object({ value: z.string(), count: z.number().int() })),
      scopes: z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() })),
      tagKeys: z.array(z.object({ value: z.string(), count: z.number().int() })),
    }),
  ),
  /** Accepts a canonical id or a native id that is unique. */
  resource: query.input(z.object({ asOf, id: z.string() })).output(resourceDetailSchema),
  /** The selection as a graph: grouped by scope, region or kind, expanded on demand. */
  graphView: query
    .input(
      z.object({
        asOf,
        filter: estateFilterSchema,
        /** Group ids (`scope|region`, `scope|region|kind`) shown in full. */
        expanded: z.array(z.string()).default([]),
        limit: z.number().int().min(1).max(20_000).default(2000),
      }),
    )
    .output(graphViewSchema),
  /** What lies within some hops of one resource. */
  neighbours: query
    .input(
      z.object({
        asOf,
        id: z.string(),
        hops: z.number().int().min(1).max(6).default(1),
        /** Only over these relationships; empty means all. */
        types: z.array(relationshipTypeSchema).default([]),
        /** `out` and `in` follow relationships only the way they point, or against it. */
        direction: z.enum(['out', 'in', 'both']).default('both'),
        limit: z.number().int().min(1).max(2000).default(300),
      }),
    )
    .output(neighboursSchema),
  /** A user's own Cypher: read-only, limited in rows and time. */
  query: query
    .input(
      z.object({
        asOf,
        cypher: z.string(),
        limit: z.number().int().min(1).max(10_000).default(1000),
        timeoutMs: z.number().int().min(100).max(60_000).default(10_000),
      }),
    )
    .output(queryResultSchema),
  /** Tables of the graph with their properties and how much is in each, for those who write Cypher. */
  tables: query.input(z.object({ asOf }).optional()).output(graphTablesSchema),
  /** Builds the graph again from the facts. */
  rebuild: command.output(estateStatsSchema),
};
