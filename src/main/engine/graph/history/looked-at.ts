import type { Clock } from '#engine/ports/index.ts';

/** Which runs somebody asked about lately: a comparison or a look at the past that may still be on a screen. */
export interface LookedAt {
  note(...runs: readonly number[]): void;
  runs(): ReadonlySet<number>;
}

const lately = 3_600_000;

export function createLookedAt(clock: Clock): LookedAt {
  const asked = new Map<number, number>();
  return {
    note(...runs) {
      for (const run of runs) asked.set(run, clock.now());
    },
    runs() {
      const since = clock.now() - lately;
      return new Set([...asked].filter(([, at]) => at >= since).map(([run]) => run));
    },
  };
}
