import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { jsonSchema } from '../base/json.ts';
import { deploymentSchema, logLineSchema, proposalInputSchema, reviewSchema } from '../model/index.ts';
import { command, personCommand, query, stream } from './procedure.ts';

const byId = z.object({ id: z.string() });

/** Proposals, their review, and their execution. There is no way to approve outside a person's screen. */
export const deploymentsContract = {
  /** Records a proposal and begins to plan it; answers at once. */
  propose: command.input(proposalInputSchema).output(deploymentSchema),
  list: query.input(z.object({ waiting: z.boolean().default(false) })).output(z.array(deploymentSchema)),
  get: query.input(byId).output(deploymentSchema),
  /** The deployment whenever it changes, until it is in a final state. */
  watch: stream.input(byId).output(eventIterator(deploymentSchema)),
  review: query.input(byId).output(reviewSchema),
  /** The exact plan of one step as the tool prints it, sensitive values masked. */
  planText: query.input(z.object({ id: z.string(), node: z.string() })).output(z.object({ text: z.string() })),
  /** Fills in what only a person may: inputs marked `ask`, secrets. Plans again. */
  fillInputs: personCommand
    .input(z.object({ id: z.string(), values: z.record(z.string(), jsonSchema) }))
    .output(deploymentSchema),
  approve: personCommand
    .input(
      z.object({
        id: z.string(),
        planSetDigest: z.string(),
        envelopeDigest: z.string(),
        /** The name typed where something is destroyed or replaced. */
        typed: z.string().nullable().default(null),
      }),
    )
    .output(deploymentSchema),
  reject: personCommand.input(z.object({ id: z.string(), reason: z.string().min(1) })).output(deploymentSchema),
  /** Plans a waiting, expired or outgrown proposal again; a new approval is needed. */
  replan: command.input(byId).output(deploymentSchema),
  /** One signal to what runs, then waits; nothing new is started. */
  cancel: command.input(byId).output(deploymentSchema),
  /** Runs what is left of a partial deployment under its approval when nothing moved, else asks for a new one. */
  resume: personCommand.input(byId).output(deploymentSchema),
  logs: query
    .input(
      z.object({
        id: z.string(),
        node: z.string().nullable().default(null),
        after: z.number().int().default(0),
        limit: z.number().int().min(1).max(5000).default(1000),
      }),
    )
    .output(z.object({ lines: z.array(logLineSchema), more: z.boolean() })),
  followLogs: stream
    .input(z.object({ id: z.string(), after: z.number().int().default(0) }))
    .output(eventIterator(logLineSchema)),
};
