import { z } from 'zod';
import {
  blueprintDocumentSchema,
  boundarySchema,
  canvasDocumentSchema,
  draftSchema,
  draftSummarySchema,
  nameSchema,
  paletteItemSchema,
  problemSchema,
} from '../model/index.ts';
import { command, query } from './procedure.ts';

/** Drafts: the blueprints being edited. */
export const blueprintsContract = {
  list: query.output(z.object({ drafts: z.array(draftSummarySchema), problems: z.array(problemSchema) })),
  get: query.input(z.object({ name: z.string() })).output(draftSchema),
  create: command
    .input(z.object({ name: nameSchema, boundary: boundarySchema, summary: z.string().default('') }))
    .output(draftSchema),
  /**
   * Writes a document (comments and order of the file are kept) and canvas.
   * `conflict` when the file changed since `baseRevision`; the details hold the text on disk.
   */
  save: command
    .input(
      z.object({
        name: z.string(),
        document: blueprintDocumentSchema,
        canvas: canvasDocumentSchema,
        baseRevision: z.string(),
      }),
    )
    .output(draftSchema),
  remove: command.input(z.object({ name: z.string() })).output(z.object({ removed: z.string() })),
  /** Problems of a document that is not saved yet. */
  validate: query.input(z.object({ document: z.unknown() })).output(z.array(problemSchema)),
  /** Artifacts and published blueprints that can be placed. */
  palette: query.output(z.array(paletteItemSchema)),
};
