import type { FollowedSchedules } from './schedules-service.ts';

/** How often one looks whether something is due. */
const tickMilliseconds = 30_000;
/** A program that was just opened has other things to do first. */
const firstTickMilliseconds = 5_000;

/** Follows the schedules while the program runs; it does not keep it running. */
export function followSchedules({ tick }: Pick<FollowedSchedules, 'tick'>): { close(): Promise<void> } {
  let ticking: Promise<void> = Promise.resolve();
  let timer = setTimeout(next, firstTickMilliseconds);
  timer.unref();
  let closed = false;

  function next(): void {
    ticking = tick().then(() => {
      if (closed) return;
      timer = setTimeout(next, tickMilliseconds);
      timer.unref();
    });
  }

  return {
    close() {
      closed = true;
      clearTimeout(timer);
      return ticking;
    },
  };
}
