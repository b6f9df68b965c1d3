import { randomBytes } from 'node:crypto';
import type { EngineMessage, EngineStart, HostMessage } from './messages.ts';

/** An engine process, however it was started (utility process or plain Node child). */
export interface EngineProcess {
  send(message: HostMessage, transfer?: readonly unknown[]): void;
  onMessage(listener: (message: EngineMessage) => void): void;
  onExit(listener: (code: number | null) => void): void;
  /** Asks it to end; resolves when it has. */
  kill(): void;
}

export interface SupervisorOptions {
  readonly launch: () => EngineProcess;
  /** Asked at every start, so that a restarted engine gets the same port again. */
  readonly start: () => EngineStart;
  readonly onMessage: (message: EngineMessage) => void;
  /** Told before each restart, with how often it has died lately. */
  readonly onRestart: (deaths: number, code: number | null) => void;
  /** Told when it died too often: nothing is restarted any more. */
  readonly onGiveUp: (code: number | null) => void;
  readonly now?: () => number;
}

export interface Supervisor {
  send(message: HostMessage, transfer?: readonly unknown[]): void;
  /** Ends the engine for good; resolves when it has exited, at most after ten seconds. */
  stop(): Promise<void>;
}

const windowMs = 60_000;
const mostDeaths = 5;

/** Keeps one engine running: starts it, restarts it when it dies, gives up after five deaths in a minute. */
export function superviseEngine(options: SupervisorOptions): Supervisor {
  const now = options.now ?? (() => Date.now());
  const sessionKey = randomBytes(32).toString('base64url');
  let deaths: number[] = [];
  let stopping = false;
  let started = false;
  let exited: Promise<void> = Promise.resolve();
  let current = launch();

  function launch(): EngineProcess {
    const engine = options.launch();
    engine.send({ type: 'start', start: options.start(), sessionKey });
    let resolveExit: () => void = () => undefined;
    exited = new Promise((resolve) => {
      resolveExit = resolve;
    });
    engine.onMessage((message) => {
      if (message.type === 'ready') started = true;
      options.onMessage(message);
    });
    engine.onExit((code) => {
      resolveExit();
      if (stopping) return;
      deaths = [...deaths.filter((at) => at > now() - windowMs), now()];
      // An engine that never got ready fails for a reason that a restart would only repeat.
      if (!started || deaths.length >= mostDeaths) {
        options.onGiveUp(code);
        return;
      }
      options.onRestart(deaths.length, code);
      current = launch();
    });
    return engine;
  }

  return {
    send: (message, transfer) => current.send(message, transfer),
    async stop() {
      stopping = true;
      current.send({ type: 'stop' });
      const timer = setTimeout(() => current.kill(), 10_000);
      await exited;
      clearTimeout(timer);
    },
  };
}
