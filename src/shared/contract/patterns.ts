import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  comparisonSchema,
  extractionSchema,
  instanceProofSchema,
  instanceSelectionSchema,
  nameSchema,
  patternCandidateSchema,
  proofSchema,
  versionSchema,
} from '../model/index.ts';
import { command, query, stream } from './procedure.ts';

/** From what runs to blueprints. */
export const patternsContract = {
  find: query
    .input(z.object({ minimumSimilarity: z.number().min(0).max(1).default(0.6) }))
    .output(z.array(patternCandidateSchema)),
  /** Instances side by side: what is constant, what differs, what it would become. */
  compare: query.input(z.object({ instances: z.array(instanceSelectionSchema).min(1) })).output(comparisonSchema),
  /** Writes one artifact per boundary, the blueprint, one environment per instance, and the import lists. */
  extract: command
    .input(
      z.object({
        instances: z.array(instanceSelectionSchema).min(1),
        name: nameSchema,
        version: versionSchema.default('0.1.0'),
        summary: z.string().default(''),
        /** New names for proposed inputs. */
        renames: z.record(z.string(), z.string()).default({}),
      }),
    )
    .output(extractionSchema),
  /** Runs the import proof of every instance with the real tool; tells each as it is done. */
  prove: stream
    .input(z.object({ blueprint: z.string() }))
    .output(
      eventIterator(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('doing'), instance: z.string(), node: z.string(), text: z.string() }),
          z.object({ type: z.literal('instance'), proof: instanceProofSchema }),
          z.object({ type: z.literal('done'), proof: proofSchema }),
        ]),
      ),
    ),
  /** The newest proof kept for a blueprint, or null. */
  proof: query.input(z.object({ blueprint: z.string() })).output(proofSchema.nullable()),
};
