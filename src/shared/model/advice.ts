import { z } from 'zod';

/** What would open a cell that was closed to the run, as far as the run knew it. */
export const remedySchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('grant'),
    /** Who has to be granted the permission, in the cloud's own form; null where only the user knows. */
    to: z.string().nullable(),
    /** On what, where that is not the cell's scope: a role, an organisation. */
    on: z.string().optional(),
  }),
  z.object({
    do: z.literal('enable'),
    /** A region, or an API of the cloud. */
    what: z.string(),
    on: z.string().optional(),
  }),
  z.object({
    do: z.literal('lift'),
    /** What kind of policy stands in the way, in the cloud's own words: `service control policy`. */
    by: z.string(),
    /** That policy by its id, where the cloud tells it. */
    policy: z.string().nullable(),
    /** Who is kept out. */
    to: z.string().nullable(),
    on: z.string().optional(),
  }),
]);
export type Remedy = z.infer<typeof remedySchema>;

/** One act that opens cells, with what to paste for it. */
export const adviceSchema = z.object({
  /** A sentence: what to grant to whom and where, what to enable, or which policy stands in the way. */
  text: z.string(),
  /**
   * A policy or a command; it names every permission that the steps of these cells declare. Null when something in it,
   * such as a name from the cloud, is not safe to paste, or a policy has to be changed that others made.
   */
  copy: z.string().nullable(),
  /** How many cells it opens, and in which places (`scope region`). */
  cells: z.number().int(),
  places: z.array(z.object({ scope: z.string(), region: z.string() })),
});
export type Advice = z.infer<typeof adviceSchema>;
