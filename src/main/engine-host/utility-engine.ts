import type { MessagePortMain, UtilityProcess } from 'electron';
import type { EngineMessage } from './messages.ts';
import type { EngineProcess } from './supervisor.ts';

/** The engine as a utility process of Electron. `fork` is Electron's own, called after `ready`. */
export function startUtilityEngine(fork: () => UtilityProcess): EngineProcess {
  const child = fork();
  return {
    send: (message, transfer) => child.postMessage(message, (transfer ?? []) as MessagePortMain[]),
    onMessage: (listener) => {
      child.on('message', (message: unknown) => listener(message as EngineMessage));
    },
    onExit: (listener) => {
      child.on('exit', (code) => listener(code));
    },
    kill: () => {
      child.kill();
    },
  };
}
