import { z } from 'zod';
import { splitDecisionsSchema, splitProposalSchema } from '../model/index.ts';
import { systemQuery } from './procedure.ts';

/** A root, and what a person decided about dividing it. */
const splitRequestSchema = z.object({
  /** Folder of the root: absolute, or relative to the open workspace. */
  root: z.string().min(1),
  decisions: splitDecisionsSchema.prefault({}),
});

/** Taking a monolithic root apart so that nothing changes in the cloud. Works without an open workspace. */
export const splitContract = {
  /** Divides a root: groups, what crosses between them, what was moved and why. Nothing is written. */
  propose: systemQuery.input(splitRequestSchema).output(splitProposalSchema),
};
