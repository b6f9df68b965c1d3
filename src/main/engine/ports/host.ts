import type { Topic } from '#shared/model/index.ts';

/** Tells every connected screen what changed. */
export interface EventSink {
  changed(topics: readonly Topic[], subject?: string): void;
}
