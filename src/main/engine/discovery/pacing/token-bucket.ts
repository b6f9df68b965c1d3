import { wait } from './wait.ts';

/** How many calls a service answers: `burst` at once, `perSecond` for ever. */
export interface CallRate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A bucket that was throttled never gets slower than this. */
const slowestPerSecond = 0.5;
/** Refusals that arrive together are one sign of a low limit, not many. */
const settleMilliseconds = 1_000;
/** How much of its pace a slowed bucket gets back with each call that is answered. */
const recovery = 1.05;

/**
 * Lets calls through at a rate, in the order they asked. After a refusal the bucket is empty and refills half as
 * fast, since somebody else may draw on the same limit; answered calls bring the declared rate back.
 * It keeps one time, when the bucket would be full again, so that waiting needs no timer of its own.
 */
export class TokenBucket {
  readonly #declared: number;
  readonly #burst: number;
  readonly #now: () => number;
  /** Milliseconds between two calls in the long run. */
  #interval: number;
  #fullAt = 0;
  #slowedAt = Number.NEGATIVE_INFINITY;

  constructor(rate: CallRate, now: () => number = () => performance.now()) {
    this.#declared = 1000 / rate.perSecond;
    this.#interval = this.#declared;
    this.#burst = Math.max(1, rate.burst);
    this.#now = now;
  }

  /** Waits for a token. Rejects with the signal's reason when it aborts meanwhile; the token is then lost. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const now = this.#now();
    const from = Math.max(this.#fullAt, now);
    this.#fullAt = from + this.#interval;
    const milliseconds = from - (this.#burst - 1) * this.#interval - now;
    if (milliseconds > 0) await wait(milliseconds, signal);
  }

  /** The service refused a call. */
  refused(): void {
    const now = this.#now();
    if (now - this.#slowedAt < settleMilliseconds) return;
    this.#slowedAt = now;
    this.#interval = Math.min(this.#interval * 2, 1000 / slowestPerSecond);
    this.#fullAt = Math.max(this.#fullAt, now + this.#burst * this.#interval);
  }

  /** The service answered a call. */
  answered(): void {
    if (this.#interval > this.#declared) this.#interval = Math.max(this.#declared, this.#interval / recovery);
  }
}
