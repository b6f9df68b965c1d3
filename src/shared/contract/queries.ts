import { z } from 'zod';
import { nameSchema, problemSchema, savedQuerySchema } from '../model/index.ts';
import { command, query } from './procedure.ts';

/** Questions of the cloud graph that are kept in the workspace, one file each, and those that come with Groundplan. */
export const queriesContract = {
  /** Files that cannot be read are told as problems; the rest is there. */
  list: query.output(z.object({ queries: z.array(savedQuerySchema), problems: z.array(problemSchema) })),
  get: query.input(z.object({ name: nameSchema })).output(savedQuerySchema),
  /** Keeps a query. An existing one of the workspace is only written over with `replace`. */
  save: command
    .input(
      z.object({
        name: nameSchema,
        summary: z.string().default(''),
        cypher: z.string().min(1),
        replace: z.boolean().default(false),
      }),
    )
    .output(savedQuerySchema),
  rename: command.input(z.object({ name: nameSchema, to: nameSchema })).output(savedQuerySchema),
  remove: command.input(z.object({ name: nameSchema })).output(z.object({})),
};
