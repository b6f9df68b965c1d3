import { AppError } from '#shared/errors/index.ts';

/** A terminal and a program in between may both pass on one and the same Ctrl-C; a later one is meant. */
const sameInterruptMs = 500;

/** Watches for Ctrl-C, `kill` and a reader of the output that has gone. */
export interface Interruption {
  /** Aborted by the first of them. */
  readonly signal: AbortSignal;
  /** True when whoever read the output has gone, as `head` does: there is nobody to tell anything. */
  readonly unheard: boolean;
  /** Waits for work that heeds `signal`; once interrupted, only until `milliseconds` after that. */
  patiently<Value>(work: Promise<Value>, milliseconds: number): Promise<Value>;
}

/** A second Ctrl-C ends the process at once; the lock it leaves is taken over by the next start. */
export function watchForInterruption(): Interruption {
  const stop = new AbortController();
  let at = 0;
  let unheard = false;
  const interrupt = (): void => {
    if (!stop.signal.aborted) {
      at = Date.now();
      stop.abort();
    } else if (Date.now() - at > sameInterruptMs) process.exit(1);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    unheard = true;
    if (!stop.signal.aborted) {
      at = Date.now();
      stop.abort();
    }
  });
  return {
    signal: stop.signal,
    get unheard() {
      return unheard;
    },
    async patiently(work, milliseconds) {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<never>((_resolve, reject) => {
        const wait = (): void => {
          timer = setTimeout(
            () => reject(new AppError('cancelled', 'The command was stopped.')),
            Math.max(0, at + milliseconds - Date.now()),
          );
        };
        if (stop.signal.aborted) wait();
        else stop.signal.addEventListener('abort', wait, { once: true });
      });
      try {
        return await Promise.race([work, limit]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
