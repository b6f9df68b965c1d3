import { z } from 'zod';
import { deploymentSchema, driftReportSchema } from '../model/index.ts';
import { command, query } from './procedure.ts';

const choice = z.object({ environment: z.string(), items: z.array(z.string()).min(1), reason: z.string().default('') });

/** What moved since it was deployed, and the ways back. */
export const driftContract = {
  /** The newest report of each environment. */
  list: query.output(z.array(driftReportSchema)),
  check: command.input(z.object({ environment: z.string() })).output(driftReportSchema),
  /** Proposes a deployment that puts reality back; it needs an approval like any other. */
  revert: command.input(choice).output(deploymentSchema),
  /** Takes reality over: into the environment's inputs where they decide it, else into a draft version. */
  accept: command
    .input(choice)
    .output(z.object({ report: driftReportSchema, changed: z.array(z.string()), draft: z.string().nullable() })),
  ignore: command
    .input(choice.extend({ reason: z.string().min(1), until: z.number().nullable().default(null) }))
    .output(driftReportSchema),
};
