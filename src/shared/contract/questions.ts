import { z } from 'zod';
import {
  dependentsSchema,
  exposureSchema,
  overlapsSchema,
  pathsSchema,
  relationshipTypeSchema,
  usesSchema,
} from '../model/index.ts';
import { query } from './procedure.ts';

/** The run after whose end to look at the estate; now when it is absent or null. */
const asOf = z.number().int().nullable().optional();
/** A canonical id, or a native id that is unique. */
const id = z.string().min(1);
/** Only over these relationships; empty means all. */
const types = z.array(relationshipTypeSchema).default([]);

/** Questions of the cloud graph whose answers come with their reasons and with where the map is blind. */
export const questionsContract = {
  /**
   * What feels a change of some resources, or what they need themselves, and why. A native id stands for every resource
   * that carries it.
   */
  blastRadius: query
    .input(
      z.object({
        asOf,
        ids: z.array(id).min(1).max(100_000),
        hops: z.number().int().min(1).max(10).default(3),
        /** `dependents` feel a change; `dependencies` are what the given ones rest on. */
        direction: z.enum(['dependents', 'dependencies']).default('dependents'),
        /** How many are told; all are counted. */
        limit: z.number().int().min(1).max(5000).default(500),
      }),
    )
    .output(dependentsSchema),
  /** The shortest ways between two resources. */
  paths: query
    .input(
      z.object({
        asOf,
        from: id,
        to: id,
        types,
        /** `out` follows relationships only the way they point. */
        direction: z.enum(['out', 'both']).default('both'),
        limit: z.number().int().min(1).max(50).default(5),
      }),
    )
    .output(pathsSchema),
  /** Who uses a resource: directly, or by an interface or profile of theirs. */
  uses: query.input(z.object({ asOf, id, limit: z.number().int().min(1).max(5000).default(500) })).output(usesSchema),
  /** What the internet reaches: all of it, or whether it reaches the given resources and why not. */
  exposure: query
    .input(
      z.object({
        asOf,
        ids: z.array(id).max(100_000).default([]),
        scopes: z.array(z.string()).default([]),
        regions: z.array(z.string()).default([]),
        limit: z.number().int().min(1).max(5000).default(500),
      }),
    )
    .output(exposureSchema),
  /** Networks that have IPv4 addresses in common, and those that are peered in spite of it. */
  overlaps: query
    .input(z.object({ asOf, limit: z.number().int().min(1).max(5000).default(500) }))
    .output(overlapsSchema),
};
