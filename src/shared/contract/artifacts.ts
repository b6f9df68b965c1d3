import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  artifactCorrectionsSchema,
  artifactSchema,
  foundPieceSchema,
  importReportSchema,
  problemSchema,
} from '../model/index.ts';
import { command, query, stream } from './procedure.ts';

/** Infrastructure code in normal form. */
export const artifactsContract = {
  list: query.output(z.object({ artifacts: z.array(artifactSchema), problems: z.array(problemSchema) })),
  get: query.input(z.object({ name: z.string() })).output(artifactSchema),
  /** Looks at what lies at the paths without importing it: each piece as it is read, nothing is written. */
  examine: stream.input(z.object({ paths: z.array(z.string().min(1)).min(1) })).output(
    eventIterator(
      z.discriminatedUnion('type', [
        /** `total` is null while pieces are still looked for. */
        z.object({
          type: z.literal('doing'),
          text: z.string(),
          done: z.number().int(),
          total: z.number().int().nullable(),
        }),
        z.object({ type: z.literal('piece'), piece: foundPieceSchema }),
      ]),
    ),
  ),
  /** Copies modules or roots into `artifacts/` and reads them; what cannot be read is named, the rest is imported. */
  import: command
    .input(
      z.object({
        paths: z.array(z.string().min(1)).min(1),
        name: z.string().optional(),
        /** Other code takes the place of an artifact of its name; its corrections stay. */
        update: z.boolean().optional(),
        /** Only these of what lies at the paths, by what `examine` calls them; without, all. */
        pieces: z
          .array(
            z.object({
              path: z.string(),
              piece: z.string(),
              name: z.string().optional(),
              update: z.boolean().optional(),
              corrections: artifactCorrectionsSchema.optional(),
            }),
          )
          .min(1)
          .optional(),
      }),
    )
    .output(importReportSchema),
  /** The source files of an artifact, for reading. */
  files: query.input(z.object({ name: z.string() })).output(z.array(z.object({ path: z.string(), text: z.string() }))),
};
