import { z } from 'zod';
import { estateImportReportSchema } from '../model/index.ts';
import { command, query } from './procedure.ts';

/** Taking in exports that were made elsewhere. Progress and cancelling are those of the run: `discovery`. */
export const importsContract = {
  /** Reads files that lie where the engine runs; which format each is, its content tells. */
  start: command
    .input(z.object({ paths: z.array(z.string().min(1)).min(1).max(10_000) }))
    .output(z.object({ run: z.number().int() })),
  /** What an import read and what it did not. */
  report: query.input(z.object({ run: z.number().int() })).output(estateImportReportSchema),
};
