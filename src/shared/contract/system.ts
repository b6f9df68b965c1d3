import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { engineEventSchema, toolStatusSchema, workspaceInfoSchema } from '../model/index.ts';
import { personSystemQuery, systemCommand, systemQuery, systemStream } from './procedure.ts';

/** About the engine itself and the workspace it has open. */
export const systemContract = {
  /** Versions, and the open workspace or null. */
  info: systemQuery.output(
    z.object({
      version: z.string(),
      contract: z.number().int(),
      shell: z.enum(['electron', 'browser', 'headless']),
      secretStore: z.enum(['os', 'memory']),
      workspace: workspaceInfoSchema.nullable(),
      recent: z.array(z.object({ path: z.string(), name: z.string(), openedAt: z.number() })),
    }),
  ),
  /** Every external tool: found where, version, what needs it, how to get it. */
  doctor: systemQuery.output(z.array(toolStatusSchema)),
  /** What changed, as it changes; begins with one event that names every topic. */
  events: systemStream.output(eventIterator(engineEventSchema)),
  /** Opens a folder that is a workspace; closes the one open before. */
  openWorkspace: systemCommand.input(z.object({ path: z.string().min(1) })).output(workspaceInfoSchema),
  /** Makes a workspace in a new or empty folder (or one without `groundplan.yaml`) and opens it. */
  createWorkspace: systemCommand
    .input(z.object({ path: z.string().min(1), name: z.string().min(1) }))
    .output(workspaceInfoSchema),
  /** What lies in a folder of the machine, for choosing one; `files` asks for its files as well. */
  browseFolders: personSystemQuery
    .input(z.object({ path: z.string().nullable(), files: z.boolean().optional() }))
    .output(
      z.object({
        path: z.string(),
        parent: z.string().nullable(),
        folders: z.array(z.object({ name: z.string(), path: z.string(), isWorkspace: z.boolean() })),
        /** Empty unless they were asked for. */
        files: z.array(z.object({ name: z.string(), path: z.string() })),
      }),
    ),
  /** Where agents connect and with which token. */
  agentAccess: personSystemQuery.output(
    z.object({ url: z.string().nullable(), token: z.string().nullable(), stdioCommand: z.array(z.string()) }),
  ),
};
