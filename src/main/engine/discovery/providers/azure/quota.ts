import { setTimeout as delay } from 'node:timers/promises';

/**
 * Keeps calls within the quota that Resource Graph tells with every answer: so many more calls until it is filled up
 * again. The quota is the user's, over all subscriptions and whatever else asks in the user's name.
 * Source: https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests
 */
export class QuotaPacer {
  #remaining: number | null = null;
  #refillAt = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Waits until a call may be made, and counts it. Rejects when the signal aborts. */
  async turn(signal: AbortSignal): Promise<void> {
    while (this.#remaining !== null && this.#remaining <= 0) {
      const wait = this.#refillAt - this.#now();
      if (wait <= 0) {
        // How much there is now is told by the next answer.
        this.#remaining = null;
        break;
      }
      await delay(wait, undefined, { signal });
    }
    if (this.#remaining !== null) this.#remaining -= 1;
  }

  /** Learns from an answer's headers `x-ms-user-quota-remaining` and `x-ms-user-quota-resets-after` (`hh:mm:ss`). */
  learn(remaining: string | undefined, resetsAfter: string | undefined): void {
    const calls = Number(remaining ?? '');
    const milliseconds = durationOf(resetsAfter ?? '');
    if (remaining === undefined || remaining === '' || Number.isNaN(calls) || milliseconds === null) return;
    const refillAt = this.#now() + milliseconds;
    // Answers overtake each other: of one window the smallest number is the newest.
    const sameWindow = this.#remaining !== null && Math.abs(refillAt - this.#refillAt) < 1000;
    this.#remaining = sameWindow ? Math.min(this.#remaining ?? calls, calls) : calls;
    this.#refillAt = refillAt;
  }
}

/** `00:00:05` in milliseconds; null when it is none. */
function durationOf(text: string): number | null {
  const found = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/u.exec(text);
  if (found === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = found;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}
