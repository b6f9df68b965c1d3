import { userInfo } from 'node:os';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { WebSocket } from 'ws';
import type { Contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Notice } from '#shared/model/index.ts';
import { programVersion, resourcesFolder } from '../program-root.ts';
import { createNodeProcesses } from '../engine-adapters/node-processes.ts';
import { readLock, workspacePaths } from '../engine/workspace/index.ts';

export type EngineClient = ContractRouterClient<Contract>;

/** A way to an engine that has the wanted workspace open. */
export interface EngineConnection {
  readonly client: EngineClient;
  /** True when the engine is another program's. */
  readonly joined: boolean;
  /** What the engine noticed by itself; an engine of another program tells that on its own screen. */
  notices(): readonly Notice[];
  /** Rejects with `engine-gone` when the engine goes away under a command; else it never settles. */
  readonly lost: Promise<never>;
  close(): Promise<void>;
}

/**
 * Connects to the engine that has the workspace (an absolute path) open, or starts one in this process that ends with it.
 * With `workspace` null it starts an engine without one (for `doctor`).
 */
export async function connect(workspace: string | null): Promise<EngineConnection> {
  if (workspace !== null) {
    const lock = await readLock(workspacePaths(workspace).data, createNodeProcesses());
    if (lock?.url !== null && lock?.url !== undefined && lock.token !== null) return connectTo(lock.url, lock.token);
  }
  // Loaded only here: a command that joins an engine, or is used wrongly, answers at once.
  const { composeNodeEngine } = await import('../compose.ts');
  const { engine } = composeNodeEngine({
    version: programVersion(),
    shell: 'headless',
    resources: resourcesFolder(),
    logLevel: process.env['GROUNDPLAN_LOG'] === 'debug' ? 'debug' : 'error',
  });
  if (workspace !== null) await engine.openWorkspace(workspace);
  const client = createRouterClient(engine.router, {
    context: { actor: { kind: 'command-line' as const, name: userInfo().username } },
  });
  // The router is bound from the contract procedure by procedure, so its client has the contract's shape.
  return {
    client: client as unknown as EngineClient,
    joined: false,
    notices: () => engine.notices(),
    lost: new Promise(() => undefined),
    close: () => engine.close(),
  };
}

const handshakeTimeoutMs = 5000;

async function connectTo(url: string, token: string): Promise<EngineConnection> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/rpc`, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: handshakeTimeoutMs,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', (cause) => {
      reject(
        new AppError('engine-gone', `The engine at ${url} that has this workspace open does not answer.`, {
          advice: 'Close that Groundplan and try again.',
          cause,
        }),
      );
    });
  });
  // A broken connection also closes, and that is what the command is told.
  socket.on('error', () => undefined);
  let closing = false;
  // Before the link's own listener: a call that is given up because of this must not be taken for a cancelled one.
  const lost = new Promise<never>((_resolve, reject) => {
    socket.once('close', () => {
      if (closing) return;
      reject(
        new AppError('engine-gone', `The engine at ${url} has gone away; what it was doing it may not have finished.`, {
          advice: 'Look at what became of it and try again.',
        }),
      );
    });
  });
  // Told to whoever waits for it; a command that has its answer does not.
  lost.catch(() => undefined);
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return {
    client: createORPCClient(link),
    joined: true,
    notices: () => [],
    lost,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        if (socket.readyState === WebSocket.CLOSED) return resolve();
        socket.once('close', () => resolve());
        socket.close();
      }),
  };
}
