import { TokenBucket } from '../../../pacing/token-bucket.ts';
import { wait } from '../../../pacing/wait.ts';
import type { CallCounts } from '#shared/model/index.ts';
import type { GcpFailureKind } from './errors.ts';
import { failureKind } from './errors.ts';
import type { AssetPage, InventoryClient, PageRequest } from './inventory-client.ts';
import { InvalidAnswerError, read } from './inventory-error.ts';
import type { InventoryLimits } from './limits.ts';

/** Failures that may be over by the next attempt. */
const passing: ReadonlySet<GcpFailureKind> = new Set([
  'throttled',
  'unavailable',
  'timed-out',
  'unreachable',
  'invalid-answer',
]);
/** Attempts when nobody refuses for the sake of pace: something is broken, and waiting long does not mend it. */
const attemptsWhenBroken = 3;
/** A service that asks for more patience than this is told as throttled at once. */
const patienceMilliseconds = 60_000;

export interface CallerOptions {
  readonly limits: InventoryLimits;
  readonly random?: () => number;
}

/** Asks the inventory for pages at the pace it publishes, and again where that may help. Counts its calls. */
export class InventoryCaller {
  readonly #client: InventoryClient;
  readonly #limits: InventoryLimits;
  readonly #random: () => number;
  readonly #bucket: TokenBucket;
  #made = 0;
  #empty = 0;
  #refused = 0;

  constructor(client: InventoryClient, { limits, random = Math.random }: CallerOptions) {
    this.#client = client;
    this.#limits = limits;
    this.#random = random;
    this.#bucket = new TokenBucket(limits.rate);
  }

  get counts(): CallCounts {
    return { made: this.#made, empty: this.#empty, throttled: this.#refused, spared: 0 };
  }

  /** Every page of a listing. Throws when the inventory hands out a page token twice: the listing would never end. */
  async *pages(request: Omit<PageRequest, 'pageToken' | 'pageSize'>, signal: AbortSignal): AsyncGenerator<AssetPage> {
    const seen = new Set<string>();
    for (let pageToken = ''; ;) {
      const page = await this.#page({ ...request, pageSize: this.#limits.pageSize, pageToken }, signal);
      if (page.assets.length === 0) this.#empty += 1;
      yield page;
      if (page.nextPageToken === '') return;
      if (seen.has(page.nextPageToken)) throw new InvalidAnswerError('The answer repeats a page token.');
      seen.add(page.nextPageToken);
      pageToken = page.nextPageToken;
    }
  }

  async #page(request: PageRequest, signal: AbortSignal): Promise<AssetPage> {
    for (let made = 1; ; made += 1) {
      await this.#bucket.take(signal);
      this.#made += 1;
      try {
        const page = await this.#client.page(request, { milliseconds: this.#limits.requestMilliseconds, signal });
        this.#bucket.answered();
        return page;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const kind = failureKind(error);
        if (kind === 'throttled') {
          this.#bucket.refused();
          this.#refused += 1;
        }
        const milliseconds = this.#waitAfter(error, { kind, made });
        if (milliseconds === null) throw error;
        await wait(milliseconds, signal);
      }
    }
  }

  /** How long to wait before the next attempt; null when there is none. */
  #waitAfter(error: unknown, { kind, made }: { readonly kind: GcpFailureKind; readonly made: number }): number | null {
    const { attempts, firstWaitMilliseconds, longestWaitMilliseconds } = this.#limits;
    const most = kind === 'throttled' ? attempts : Math.min(attempts, attemptsWhenBroken);
    const { retryMilliseconds: asked, network } = read(error);
    // Nobody listens there, and nobody will in a second.
    const isClosed = network === 'ECONNREFUSED' || network === 'ENOTFOUND';
    if (!passing.has(kind) || isClosed || made >= most) return null;
    if (asked !== null) return asked > patienceMilliseconds ? null : asked;
    return this.#random() * Math.min(longestWaitMilliseconds, firstWaitMilliseconds * 2 ** (made - 1));
  }
}
