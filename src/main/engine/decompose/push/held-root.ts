import { AppError } from '#shared/errors/index.ts';
import type { SplitLock } from '#shared/model/index.ts';
import type { StateHold } from '../../ports/index.ts';
import type { StatePlace } from './places.ts';

/** The root's own state, while its lock is held from the first look at it to the last step. */
export interface HeldRoot extends StatePlace {
  /** The lock as it is now. */
  lock(): SplitLock;
  /** Throws `conflict` when the process that holds the lock has ended. */
  assertHeld(): Promise<void>;
}

/**
 * Stores that let nobody write beside a lock without its key, which only its own process has: a leased blob of Azure,
 * and servers of the `http` kind that ask for the lock's id.
 */
const refusesBesideLock = /LeaseIdMissing|lease on the blob|HTTP error: (409|412|423)/i;

/** The place of a root whose lock is held: what is put there goes beside the lock, or takes it over. */
export function heldRoot(place: StatePlace, hold: StateHold): HeldRoot {
  let status: SplitLock['status'] = hold.lock === null ? 'none' : 'held';
  return {
    ...place,
    lock: () => ({ status, id: hold.lock?.id ?? null }),
    assertHeld: () => hold.assertHeld('by-process'),
    async put(state) {
      if (status !== 'held') return place.put(state);
      await hold.assertHeld('by-backend');
      try {
        return await place.put(state, 'held');
      } catch (error) {
        if (!(error instanceof AppError) || !refusesBesideLock.test(error.message)) throw error;
      }
      // The serial decides between this moment and the next: whoever writes in it makes the tool refuse.
      await hold.release();
      status = 'handed-over';
      return place.put(state);
    },
  };
}
