import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFactStore } from '#engine/graph/facts/index.ts';

const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The real fact store in a folder of its own, which goes with it. */
export async function factsOnDisk() {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-facts-'));
  const clock = { now: () => Date.now() };
  const store = createFactStore({ root: path.join(folder, 'facts'), clock, logger, appVersion: 'test' });
  return {
    store,
    /** Every resource of the view by name: seen by the newest look at its place, or kept from an earlier one. */
    async seen(): Promise<Record<string, 'fresh' | 'stale'>> {
      const seen: Record<string, 'fresh' | 'stale'> = {};
      const view = await store.view(new AbortController().signal);
      for await (const { fact, stale } of view.resources()) {
        if (fact.name in seen) throw new Error(`${fact.name} is there twice.`);
        seen[fact.name] = stale ? 'stale' : 'fresh';
      }
      return seen;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
