import type { ClientLink } from '@orpc/client';
import { AppError } from '#shared/errors/index.ts';

/** How the page stands to its engine. `refused`: the engine is there and does not know this page. */
export type ConnectionPhase = 'connecting' | 'connected' | 'lost' | 'refused';

export interface ConnectionState {
  readonly phase: ConnectionPhase;
  /** Attempts since the last time it was connected. */
  readonly attempts: number;
  /** Raised with each new connection, so that streams begin again. */
  readonly generation: number;
}

export type EngineLink = ClientLink<Record<string, unknown>>;

/** A transport: tells each time a new link is there or the old one is gone, until it is closed. */
export interface Transport {
  start(listener: TransportListener): void;
  close(): void;
}

export interface TransportListener {
  connected(link: EngineLink): void;
  lost(reason: 'gone' | 'refused'): void;
}

/** Keeps one link to the engine over any number of transports' reconnections. */
export interface EngineConnection {
  readonly state: () => ConnectionState;
  readonly subscribe: (listener: () => void) => () => void;
  /** The present link; waits for one up to `patienceMs`. Throws `engine-gone` or `unauthenticated`. */
  readonly link: (signal?: AbortSignal) => Promise<EngineLink>;
  readonly close: () => void;
}

const patienceMs = 15_000;

/** Starts the transport and answers with the connection that screens use. */
export function createEngineConnection(transport: Transport): EngineConnection {
  let state: ConnectionState = { phase: 'connecting', attempts: 0, generation: 0 };
  let link: EngineLink | null = null;
  const listeners = new Set<() => void>();

  function become(next: ConnectionState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  transport.start({
    connected(next) {
      link = next;
      become({ phase: 'connected', attempts: 0, generation: state.generation + 1 });
    },
    lost(reason) {
      link = null;
      become({
        phase: reason === 'refused' ? 'refused' : 'lost',
        attempts: state.attempts + 1,
        generation: state.generation,
      });
    },
  });

  function waitForLink(signal: AbortSignal | undefined): Promise<EngineLink> {
    return new Promise((resolve, reject) => {
      const stopListening = subscribe(check);
      const timer = setTimeout(() => settle(() => reject(unavailable(state.phase))), patienceMs);
      const onAbort = () => settle(() => reject(new AppError('cancelled', 'The operation was cancelled.')));
      signal?.addEventListener('abort', onAbort, { once: true });
      function settle(finish: () => void): void {
        stopListening();
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        finish();
      }
      function check(): void {
        const present = link;
        if (present !== null) settle(() => resolve(present));
        else if (state.phase === 'refused') settle(() => reject(unavailable('refused')));
      }
      check();
    });
  }

  return {
    state: () => state,
    subscribe,
    link: (signal) => (link === null ? waitForLink(signal) : Promise.resolve(link)),
    close: () => transport.close(),
  };
}

function unavailable(phase: ConnectionPhase): AppError {
  if (phase === 'refused') {
    return new AppError('unauthenticated', 'The engine does not know this browser.', {
      advice: 'Open the address that Groundplan printed in its terminal.',
    });
  }
  return new AppError('engine-gone', 'The engine does not answer.', {
    advice: 'See the terminal or log for why it ended; this page connects by itself once it is back.',
  });
}
