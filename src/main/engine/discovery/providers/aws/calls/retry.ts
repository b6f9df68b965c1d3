import { failureKind } from './errors.ts';
import { isConnectionLost, retryAfterMilliseconds, wasClockCorrected } from './aws-error.ts';

/** The longest first wait; it doubles with each further attempt. */
const firstWaitMilliseconds = 500;
const longestWaitMilliseconds = 20_000;
/** A service that asks for more patience than this is told as throttled at once. */
const patienceMilliseconds = 60_000;

export interface Attempt {
  /** Attempts made so far, the failed one included. */
  readonly made: number;
  /** Attempts in all when the service refuses because of too many calls. */
  readonly most: number;
  /** Fresh credentials can still be had for this call. */
  readonly renewable: boolean;
  readonly random?: () => number;
}

/** Whether to send a call again: after how many milliseconds, and whether with fresh credentials. */
export interface Again {
  readonly milliseconds: number;
  readonly renew: boolean;
}

/**
 * Calls are repeated for too many requests alone, after a random time below a limit that doubles (full jitter), or
 * when the service says so. Three things are no refusals and are sent once more at once: a kept connection the other
 * side had closed, a clock the SDK has just corrected, and credentials that ended too early. Null: it has failed.
 */
export function againAfter(error: unknown, attempt: Attempt): Again | null {
  const kind = failureKind(error);
  if (kind === 'throttled') {
    if (attempt.made >= attempt.most) return null;
    const asked = retryAfterMilliseconds(error);
    if (asked !== null) return asked > patienceMilliseconds ? null : { milliseconds: asked, renew: false };
    const most = Math.min(longestWaitMilliseconds, firstWaitMilliseconds * 2 ** (attempt.made - 1));
    return { milliseconds: (attempt.random ?? Math.random)() * most, renew: false };
  }
  if (kind === 'expired') return attempt.renewable ? { milliseconds: 0, renew: true } : null;
  if (attempt.made > 1) return null;
  return isConnectionLost(error) || wasClockCorrected(error) ? { milliseconds: 0, renew: false } : null;
}
