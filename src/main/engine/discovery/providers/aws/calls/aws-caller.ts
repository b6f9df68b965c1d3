import { setMaxListeners } from 'node:events';
import type PQueue from 'p-queue';
import { AwsCallError, InvalidAnswerError } from './aws-error.ts';
import type { TokenBucket } from '../../../pacing/token-bucket.ts';
import { unlessAborted } from '../../../pacing/unless-aborted.ts';
import { wait } from '../../../pacing/wait.ts';
import type { CallCounter } from './call-counter.ts';
import { failureKind } from './errors.ts';
import { againAfter } from './retry.ts';

interface Answer {
  readonly $metadata: { readonly requestId?: string | undefined };
}

export interface CallerParts {
  readonly signal: AbortSignal;
  readonly attempts: number;
  readonly counter: CallCounter;
  /** Bounds how many calls of the whole run are in flight. */
  readonly turns: PQueue;
  /** What calls that need this permission draw on. */
  readonly bucketOf: (permission: string) => TokenBucket;
  /** What an error means that the SDK cannot tell: such as that the service is not in the region. */
  readonly meaningOf: (error: unknown) => Promise<unknown>;
  /** Makes the session take fresh credentials with its next call; null when it has none but these. */
  readonly renew: (() => void) | null;
}

type Send<Output> = (options: { abortSignal: AbortSignal }) => Promise<Output>;

/** Calls AWS for one cell: at the service's pace, stops at once on abort, names the permission when a call fails. */
export class AwsCaller {
  readonly signal: AbortSignal;
  /** Details of one listing in flight at a time: the services' rate limits are small. */
  readonly detailsAtOnce: number = 4;
  readonly #parts: CallerParts;

  constructor(parts: CallerParts) {
    // Every call in flight listens to the one signal of its cell.
    setMaxListeners(0, parts.signal);
    this.signal = parts.signal;
    this.#parts = parts;
  }

  /**
   * Sends one call. Throws `AwsCallError` for everything, an answer without AWS's request id included: the SDK
   * reads a foreign page as an empty list, and an empty list would make everything look deleted.
   */
  async call<Output extends Answer>(permission: string, send: Send<Output>): Promise<Output> {
    const { attempts, bucketOf, counter, meaningOf, renew, turns } = this.#parts;
    const bucket = bucketOf(permission);
    let renewable = renew !== null;
    for (let made = 1; ; made += 1) {
      await bucket.take(this.signal);
      try {
        const output = await turns.add(() => {
          this.signal.throwIfAborted();
          counter.sent();
          return unlessAborted(send({ abortSignal: this.signal }), this.signal);
        });
        if (output.$metadata.requestId === undefined) throw new InvalidAnswerError('The answer has no request id.');
        bucket.answered();
        return output;
      } catch (error) {
        if (this.signal.aborted) throw this.signal.reason;
        // A call that first has to take a role fails with that call's own error.
        if (error instanceof AwsCallError) throw error;
        if (failureKind(error) === 'throttled') {
          bucket.refused();
          counter.refused();
        }
        const again = againAfter(error, { made, most: attempts, renewable });
        if (again === null) throw new AwsCallError(permission, await meaningOf(error));
        if (again.renew) {
          renewable = false;
          renew?.();
        }
        await wait(again.milliseconds, this.signal);
      }
    }
  }

  /** The same for one page of a listing, so that empty ones are counted. */
  async list<Output extends Answer>(permission: string, send: Send<Output>): Promise<Output> {
    const page = await this.call(permission, send);
    this.#parts.counter.listed(page);
    return page;
  }
}

/** A list that AWS always sends, empty or not. Throws when it is missing: then the answer is not AWS's. */
export function listed<Item>(items: readonly Item[] | undefined, field: string): readonly Item[] {
  if (items === undefined) throw new InvalidAnswerError(`The answer has no ${field}.`);
  return items;
}
