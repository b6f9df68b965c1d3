import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  accessPolicySchema,
  cloudSourceSchema,
  connectionSchema,
  discoverRequestSchema,
  runProgressSchema,
  runSchema,
  stepDeclarationSchema,
} from '../model/index.ts';
import { command, query, stream, systemQuery } from './procedure.ts';

/** Mapping what runs. */
export const discoveryContract = {
  /** Profiles and environment credentials found on this machine; names only. */
  sources: query.output(z.array(cloudSourceSchema)),
  /** Every step as data, and for each cloud the least-privilege policy that follows from them. */
  steps: systemQuery.output(z.object({ steps: z.array(stepDeclarationSchema), policies: z.array(accessPolicySchema) })),
  start: command.input(discoverRequestSchema).output(z.object({ run: z.number().int() })),
  /**
   * Goes on with a run that was cancelled or cut off, the newest when none is named: what it listed to the end is not
   * listed again. `changes` are sentences about connections and credentials that are not as they were.
   */
  resume: command
    .input(z.object({ run: z.number().int().nullable().default(null) }))
    .output(z.object({ run: z.number().int(), changes: z.array(z.string()) })),
  /** Progress of one run, until it is done. */
  progress: stream.input(z.object({ run: z.number().int() })).output(eventIterator(runProgressSchema)),
  /** Answers when the run has stopped; complete cells are kept. */
  cancel: command.input(z.object({ run: z.number().int() })).output(runSchema),
  runs: query.output(z.array(runSchema)),
  /** Loads the sample estate's facts as a run of their own. */
  loadSample: command.output(z.object({ run: z.number().int(), madeAt: z.string(), resources: z.number().int() })),
  /** Keeps a connection in `groundplan.yaml` (by name, replacing one of the same name). */
  saveConnection: command.input(connectionSchema).output(z.array(connectionSchema)),
  /** Takes a connection out of `groundplan.yaml`; what was mapped through it stays. */
  removeConnection: command.input(z.object({ name: z.string() })).output(z.array(connectionSchema)),
};
