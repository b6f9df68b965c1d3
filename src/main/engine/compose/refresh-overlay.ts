import { toAppError } from '#shared/errors/index.ts';
import type { EventSink, GraphBuilder, GraphStore, Logger } from '../ports/index.ts';
import type { WorkspaceOverlay } from './overlay.ts';

export interface OverlayRefreshDeps {
  readonly overlay: Pick<WorkspaceOverlay, 'isOutdated'>;
  readonly store: Pick<GraphStore, 'ready'>;
  readonly builder: GraphBuilder;
  readonly events: EventSink;
  readonly logger: Logger;
}

/** Keeps what is laid over the map in step with the files that it comes from. */
export interface OverlayRefresh {
  /** Passes on what changed; a change of the catalog or of environments builds the map again in the background. */
  readonly events: EventSink;
  /** Waits for a build under way, so that a command that ends right after publishing leaves a true map; not for long. */
  close(): Promise<void>;
}

const closingWaitMs = 10_000;

/** A workspace that was never mapped has no map to be kept in step. */
export function createOverlayRefresh({ overlay, store, builder, events, logger }: OverlayRefreshDeps): OverlayRefresh {
  const ending = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let asked = false;

  async function refresh(): Promise<void> {
    asked = false;
    if (ending.signal.aborted || !store.ready) return;
    try {
      if (await overlay.isOutdated()) await builder.rebuild(ending.signal);
    } catch (thrown) {
      // The map stays as it was and is built again with the next run, deployment or change.
      const { code, message } = toAppError(thrown);
      if (!ending.signal.aborted) logger.warn('overlay.not-laid', { code, message });
    }
  }

  return {
    events: {
      changed(topics, subject) {
        events.changed(topics, subject);
        if (asked || !topics.some((topic) => topic === 'catalog' || topic === 'environments')) return;
        asked = true;
        last = last.then(refresh);
      },
    },
    async close() {
      const timer = setTimeout(() => ending.abort(), closingWaitMs);
      await last;
      clearTimeout(timer);
      ending.abort();
    },
  };
}
