import { z } from 'zod';
import { estateImportReportSchema, referenceCountsSchema } from '../model/index.ts';
import { command, query } from './procedure.ts';

/** Taking in exports that were made elsewhere. Progress and cancelling are those of the run: `discovery`. */
export const importsContract = {
  /** Reads files that lie where the engine runs; which format each is, its content tells. */
  start: command
    .input(z.object({ paths: z.array(z.string().min(1)).min(1).max(10_000) }))
    .output(z.object({ run: z.number().int() })),
  /** Announces files that a screen sends piece by piece, because the engine cannot reach them. */
  receive: command
    .input(
      z.object({
        files: z
          .array(
            z.object({
              name: z.string().min(1).max(1000),
              bytes: z.number().int().min(0),
              /** Milliseconds since 1970. */
              modifiedAt: z.number().int().nullable(),
            }),
          )
          .min(1)
          .max(10_000),
      }),
    )
    .output(z.object({ upload: z.string() })),
  /** Takes the next piece of one of the files, in base64; pieces come in order. */
  append: command
    .input(
      z.object({
        upload: z.string(),
        /** The file's place among those announced. */
        file: z.number().int().min(0),
        offset: z.number().int().min(0),
        data: z.string().max(6_000_000),
      }),
    )
    .output(z.object({ received: z.number().int() })),
  /** Starts the import of what was received; the files are removed once it is done. */
  startReceived: command.input(z.object({ upload: z.string() })).output(z.object({ run: z.number().int() })),
  /** Throws away what was received. */
  discard: command.input(z.object({ upload: z.string() })).output(z.object({})),
  /** What an import read and what it did not. */
  report: query.input(z.object({ run: z.number().int() })).output(
    /** References are counted on the map; null until the import is on it. */
    estateImportReportSchema.extend({ references: referenceCountsSchema.nullable() }),
  ),
};
