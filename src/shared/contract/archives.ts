import { z } from 'zod';
import { archiveReportSchema, redactionSchema } from '../model/index.ts';
import { command, query } from './procedure.ts';

const what = z.object({
  /** What is replaced by pseudonyms. */
  redact: z.array(redactionSchema).default([]),
  /** The estate as it stood after this run; now when it is absent or null. */
  asOf: z.number().int().nullable().optional(),
});

/** An estate as one file, to be imported elsewhere. */
export const archivesContract = {
  /** Writes it where the engine runs, at an absolute path; what was there is replaced. */
  write: command.input(what.extend({ path: z.string().min(1) })).output(archiveReportSchema),
  /** Makes it ready to be fetched piece by piece, for a screen that saves it itself. */
  prepare: command.input(what).output(archiveReportSchema.omit({ path: true }).extend({ archive: z.string() })),
  /** A piece of what was made ready, at most a mebibyte, in base64. */
  piece: query
    .input(z.object({ archive: z.string(), offset: z.number().int().min(0) }))
    .output(z.object({ data: z.string(), next: z.number().int(), last: z.boolean() })),
  /** Throws away what was made ready. */
  discard: command.input(z.object({ archive: z.string() })).output(z.object({})),
};
