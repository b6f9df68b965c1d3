import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  problemSchema,
  splitCheckSchema,
  splitDecisionsSchema,
  splitEmissionSchema,
  splitOptionsSchema,
  splitProofSchema,
  splitProposalSchema,
  splitPushSchema,
  splitStandingSchema,
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

/** Where the parts were written: a workspace, the open one without it. */
const outSchema = z.string().min(1).nullable().default(null);

/** The blueprint's name, typed by the person: this changes states that others may use. */
const confirmedSchema = splitRequestSchema.extend({ out: outSchema, confirm: z.string() });

/** Taking a monolithic root apart so that nothing changes in the cloud. Works without an open workspace. */
export const splitContract = {
  /** Reads decisions from the text of a file of pins; null, with what is wrong and where, when they cannot be read. */
  readDecisions: systemQuery
    .input(z.object({ /** The file's name, for what is said of it. */ file: z.string().min(1), text: z.string() }))
    .output(z.object({ decisions: splitDecisionsSchema.nullable(), problems: z.array(problemSchema) })),
  /** Divides a root: groups, what crosses between them, what was moved and why. Nothing is written. */
  propose: systemQuery.input(splitRequestSchema).output(splitProposalSchema),
  /** Writes the parts as artifacts, a blueprint and an environment, into a folder or the open workspace. */
  emit: systemCommand
    .input(
      splitRequestSchema.extend({
        /** File with the root's state, looked at for where the root runs when nothing else tells. */
        stateFile: z.string().min(1).optional(),
        out: outSchema,
      }),
    )
    .output(splitEmissionSchema),
  /** Proves that the parts together are the root; tells each point as it is looked at. */
  prove: systemStream
    .input(
      splitRequestSchema.extend({
        state: splitStateSourceSchema.prefault({ from: 'none' }),
        /** A complete proof of parts that were written is kept there. */
        out: outSchema,
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
  /** What there is of the split in the workspace: written, proven, pushed. */
  standing: systemQuery.input(splitRequestSchema.extend({ out: outSchema })).output(splitStandingSchema),
  /**
   * Pushes the proven states: the parts' first, the root's is emptied last. Tells the push after every step. Refused
   * without a complete proof of the very code and state there are now.
   */
  push: systemStream.input(confirmedSchema).output(eventIterator(splitPushSchema)),
  /** Takes a push back, however far it came; refused when somebody wrote one of the states since. */
  rollBack: systemStream.input(confirmedSchema).output(eventIterator(splitPushSchema)),
};
