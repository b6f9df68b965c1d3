import { topics, type EngineEvent, type Topic } from '#shared/model/index.ts';
import type { EventSink } from '../ports/index.ts';

/** Passes on what changed to every listener, without a listener being able to slow another one down. */
export interface EventBus extends EventSink {
  /** Begins with one event that names every topic, so that a screen that connects late starts fresh. */
  listen(signal: AbortSignal): AsyncGenerator<EngineEvent>;
}

interface Listener {
  readonly pending: Set<Topic>;
  subjects: Set<string>;
  wake: () => void;
}

/** An event bus that folds events together while a listener is busy: topics are what counts, not their number. */
export function createEventBus(): EventBus {
  const listeners = new Set<Listener>();
  let sequence = 0;
  return {
    changed(changedTopics, subject) {
      for (const listener of listeners) {
        for (const topic of changedTopics) listener.pending.add(topic);
        if (subject !== undefined) listener.subjects.add(subject);
        listener.wake();
      }
    },
    async *listen(signal) {
      let wake: () => void = () => undefined;
      const listener: Listener = { pending: new Set(topics), subjects: new Set(), wake: () => wake() };
      listeners.add(listener);
      const onAbort = () => wake();
      signal.addEventListener('abort', onAbort);
      try {
        while (!signal.aborted) {
          if (listener.pending.size === 0) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          const changed = [...listener.pending];
          const [subject] = listener.subjects;
          const single = listener.subjects.size === 1 && subject !== undefined ? subject : null;
          listener.pending.clear();
          listener.subjects = new Set();
          sequence += 1;
          yield { sequence, topics: changed, subject: single };
        }
      } finally {
        listeners.delete(listener);
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
