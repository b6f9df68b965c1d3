import type { EngineMessage, HostMessage } from '../engine-host/messages.ts';

/** The part of Electron's `MessagePortMain` that the engine uses; the engine itself never imports Electron. */
export interface PortLike {
  on(event: string, listener: (event?: { data: unknown }) => void): void;
  postMessage(data: unknown): void;
  start(): void;
}

interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: PortLike[] }) => void): void;
  postMessage(message: unknown): void;
}

export interface HostChannel {
  send(message: EngineMessage): void;
  onMessage(listener: (message: HostMessage, ports: readonly PortLike[]) => void): void;
}

/** The channel to whoever started this engine: Electron's parent port, a Node parent, or nobody. */
export function hostChannel(): HostChannel {
  const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data as HostMessage, event.ports)),
    };
  }
  return {
    send(message) {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => {
      process.on('message', (message) => listener(message as HostMessage, []));
    },
  };
}
