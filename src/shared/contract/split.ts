import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  splitCheckSchema,
  splitDecisionsSchema,
  splitEmissionSchema,
  splitOptionsSchema,
  splitProofSchema,
  splitProposalSchema,
  splitStateSourceSchema,
} from '../model/index.ts';
import { systemCommand, systemQuery, systemStream } from './procedure.ts';

/** A root, and what a person decided about dividing it. */
const splitRequestSchema = z.object({
  /** Folder of the root: absolute, or relative to the open workspace. */
  root: z.string().min(1),
  decisions: splitDecisionsSchema.prefault({}),
  options: splitOptionsSchema.prefault({}),
});

/** Taking a monolithic root apart so that nothing changes in the cloud. Works without an open workspace. */
export const splitContract = {
  /** Divides a root: groups, what crosses between them, what was moved and why. Nothing is written. */
  propose: systemQuery.input(splitRequestSchema).output(splitProposalSchema),
  /** Writes the parts as artifacts, a blueprint and an environment, into a folder or the open workspace. */
  emit: systemCommand
    .input(splitRequestSchema.extend({ out: z.string().min(1).nullable().default(null) }))
    .output(splitEmissionSchema),
  /** Proves that the parts together are the root; tells each point as it is looked at. */
  prove: systemStream
    .input(
      splitRequestSchema.extend({
        state: splitStateSourceSchema.prefault({ from: 'none' }),
        /** The workspace the parts were written to; the open one without it. A complete proof is kept there. */
        out: z.string().min(1).nullable().default(null),
      }),
    )
    .output(
      eventIterator(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('doing'), text: z.string() }),
          z.object({ type: z.literal('check'), check: splitCheckSchema }),
          z.object({ type: z.literal('done'), proof: splitProofSchema }),
        ]),
      ),
    ),
};
