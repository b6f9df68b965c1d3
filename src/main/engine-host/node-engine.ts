import { fork } from 'node:child_process';
import type { EngineMessage, HostMessage } from './messages.ts';
import type { EngineProcess } from './supervisor.ts';

/** Starts the engine as a plain Node child. It gets its own process group, so that Ctrl-C reaches only the host. */
export function startNodeEngine(program: string): EngineProcess {
  const child = fork(program, [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  return {
    send(message: HostMessage) {
      if (child.connected) child.send(message);
    },
    onMessage(listener) {
      child.on('message', (message) => listener(message as EngineMessage));
    },
    onExit(listener) {
      child.on('exit', (code) => listener(code));
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
