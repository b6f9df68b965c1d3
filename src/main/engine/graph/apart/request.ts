import { z } from 'zod';
import { wireErrorSchema } from '#shared/errors/index.ts';
import type { GraphSource } from '#engine/ports/index.ts';
import { graphPointerSchema } from '../kuzu/index.ts';

// What two processes of one program tell each other, through two files in a folder of their own.

export const requestFileName = 'request.json';
export const answerFileName = 'answer.json';

/** What a process that builds a graph is asked. Written by the very program that reads it. */
export interface BuildRequest extends GraphSource {
  /** The graph's folder. */
  readonly folder: string;
}

const madeSchema = z.strictObject({
  pointer: graphPointerSchema,
  counts: z.strictObject({ resources: z.number(), relationships: z.number(), stubs: z.number() }),
  damage: z.array(z.strictObject({ file: z.string(), line: z.number(), why: z.string() })),
});

/** What it answers: the graph it made, or why it did not. */
export const buildAnswerSchema = z.union([
  z.strictObject({ made: madeSchema }),
  z.strictObject({ failed: wireErrorSchema }),
]);
export type BuildAnswer = z.infer<typeof buildAnswerSchema>;
