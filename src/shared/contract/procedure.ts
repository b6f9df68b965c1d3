import { oc } from '@orpc/contract';
import { wireErrorSchema } from '../errors/app-error.ts';

/** What a procedure does to the world: reads, changes, or keeps telling. */
export interface ProcedureMeta {
  kind: 'query' | 'command' | 'stream';
  /** Who may call it. `person` means a screen somebody looks at: never an agent, never the command line. */
  callers: 'everyone' | 'person';
  /** Works without an open workspace. */
  withoutWorkspace: boolean;
}

// One error shape for all procedures: the closed code and the place stand in `data`.
const base = oc
  .$meta<ProcedureMeta>({ kind: 'query', callers: 'everyone', withoutWorkspace: false })
  .errors({ APP_ERROR: { data: wireErrorSchema } });

export const query = base;
export const command = base.meta({ kind: 'command', callers: 'everyone', withoutWorkspace: false });
export const stream = base.meta({ kind: 'stream', callers: 'everyone', withoutWorkspace: false });
/** Acts of a person on a screen: approving, rejecting, filling in secrets. */
export const personCommand = base.meta({ kind: 'command', callers: 'person', withoutWorkspace: false });
export const systemQuery = base.meta({ kind: 'query', callers: 'everyone', withoutWorkspace: true });
export const systemCommand = base.meta({ kind: 'command', callers: 'everyone', withoutWorkspace: true });
export const systemStream = base.meta({ kind: 'stream', callers: 'everyone', withoutWorkspace: true });
export const personSystemQuery = base.meta({ kind: 'query', callers: 'person', withoutWorkspace: true });
