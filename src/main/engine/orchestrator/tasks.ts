import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '#shared/errors/index.ts';

/** What is being done for deployments in the background: at most one thing each, all of it stoppable. */
export interface Tasks {
  /** Throws `conflict` when something is being done for this deployment already. */
  start(id: string, work: (signal: AbortSignal) => Promise<void>): void;
  /** Asks what is being done to stop; it stops in its own time. False when nothing is. */
  stop(id: string): boolean;
  /** Resolves when nothing is being done for the deployment any more. */
  settled(id: string): Promise<void>;
  isBusy(id: string): boolean;
  /** Stops everything and waits for it, but not longer than this. */
  close(waitMs: number): Promise<void>;
}

export function createTasks(onFailure: (id: string, thrown: unknown) => void): Tasks {
  const running = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  let closed = false;
  return {
    start(id, work) {
      if (closed) throw new AppError('engine-gone', 'The workspace is being closed.');
      if (running.has(id)) {
        throw new AppError('conflict', 'This deployment is being worked on.', { advice: 'Wait a moment.' });
      }
      const abort = new AbortController();
      const done = Promise.resolve()
        .then(() => work(abort.signal))
        .catch((thrown: unknown) => onFailure(id, thrown))
        .finally(() => running.delete(id));
      running.set(id, { abort, done });
    },
    stop(id) {
      const task = running.get(id);
      task?.abort.abort();
      return task !== undefined;
    },
    settled: (id) => running.get(id)?.done ?? Promise.resolve(),
    isBusy: (id) => running.has(id),
    async close(waitMs) {
      closed = true;
      for (const task of running.values()) task.abort.abort();
      const given = new AbortController();
      const all = Promise.all([...running.values()].map((task) => task.done));
      await Promise.race([all, wait(waitMs, undefined, { signal: given.signal, ref: false }).catch(() => undefined)]);
      given.abort();
    },
  };
}
