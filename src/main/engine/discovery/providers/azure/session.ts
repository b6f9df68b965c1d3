import { setTimeout as delay } from 'node:timers/promises';
import type { ResourceGraphClient } from '@azure/arm-resourcegraph';
import type { Json } from '#shared/base/json.ts';
import type { CallCounts } from '#shared/model/index.ts';
import { AzureCallError, CallTimeoutError, InvalidAnswerError } from './azure-error.ts';
import { type AzureFailureKind, failureKind } from './errors.ts';
import { QuotaPacer } from './quota.ts';

/** How long to wait for one call and how often to repeat it. */
export interface CallLimits {
  readonly requestMilliseconds: number;
  /** Attempts per call, the first included. */
  readonly attempts: number;
  /** The first wait between attempts; it doubles each time. */
  readonly waitMilliseconds: number;
  /** Longer waits that Azure asks for are not waited for. */
  readonly longestWaitMilliseconds: number;
}

export const defaultCallLimits: CallLimits = {
  requestMilliseconds: 60_000,
  attempts: 5,
  waitMilliseconds: 500,
  longestWaitMilliseconds: 60_000,
};

/** One question to Resource Graph. Without subscriptions and groups it is asked of the whole tenant. */
export interface GraphQuestion {
  readonly query: string;
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
  readonly top: number;
  readonly skip?: number;
  readonly skipToken?: string;
}

/** One page of an answer. */
export interface GraphAnswer {
  readonly rows: readonly Json[];
  /** Leads to the next page; null after the last. */
  readonly skipToken: string | null;
  /** How many rows there are in all, now. */
  readonly total: number;
  /** There are more rows, and no way to them. */
  readonly truncated: boolean;
  /** The caller sees more subscriptions than one question may span; those beyond are left out. */
  readonly limitHit: boolean;
}

/** Failures that may pass when the same question is asked again. */
const passing = new Set<AzureFailureKind>(['throttled', 'unavailable', 'cut', 'timed-out']);

/** Asks Resource Graph in one user's name: within the quota, again where that may help. */
export class AzureSession {
  readonly #client: ResourceGraphClient;
  readonly #limits: CallLimits;
  readonly #pacer: QuotaPacer;
  readonly #insecure: boolean;
  readonly #counts = { made: 0, empty: 0, throttled: 0, spared: 0 };

  constructor(options: {
    readonly client: ResourceGraphClient;
    readonly limits: CallLimits;
    readonly now: () => number;
    /** The endpoint speaks plain HTTP on this machine. */
    readonly insecure: boolean;
  }) {
    this.#client = options.client;
    this.#limits = options.limits;
    this.#pacer = new QuotaPacer(options.now);
    this.#insecure = options.insecure;
  }

  /** What was asked so far. */
  get counts(): CallCounts {
    return { ...this.#counts };
  }

  /** Throws `AzureCallError`, `InvalidAnswerError` or `CallTimeoutError`; the signal's reason after an abort. */
  async ask(question: GraphQuestion, signal: AbortSignal): Promise<GraphAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#pacer.turn(signal);
        this.#counts.made += 1;
        const answer = await this.#once(question, signal);
        if (answer.rows.length === 0) this.#counts.empty += 1;
        return answer;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (failureKind(error) === 'throttled') this.#counts.throttled += 1;
        const wait = this.#waitAfter(error, attempt);
        if (wait === null) throw error;
        await delay(wait, undefined, { signal });
      }
    }
  }

  /** How long to wait before the next attempt; null when there is none. */
  #waitAfter(error: unknown, attempt: number): number | null {
    if (attempt >= this.#limits.attempts || !passing.has(failureKind(error))) return null;
    const asked = error instanceof AzureCallError ? error.retryAfter : null;
    if (asked !== null && asked > this.#limits.longestWaitMilliseconds) return null;
    const usual = this.#limits.waitMilliseconds * 2 ** (attempt - 1);
    // Jitter, so that those who were refused together do not come back together.
    return Math.max(asked ?? 0, usual) * (1 + Math.random() / 4);
  }

  async #once(question: GraphQuestion, signal: AbortSignal): Promise<GraphAnswer> {
    const timeout = AbortSignal.timeout(this.#limits.requestMilliseconds);
    const either = AbortSignal.any([signal, timeout]);
    let limitHit = false;
    const { query, subscriptions, managementGroups, top, skip, skipToken } = question;
    const sent = this.#client.resources(
      {
        query,
        ...(subscriptions === undefined ? {} : { subscriptions: [...subscriptions] }),
        ...(managementGroups === undefined ? {} : { managementGroups: [...managementGroups] }),
        options: {
          resultFormat: 'objectArray',
          top,
          ...(skip === undefined ? {} : { skip }),
          ...(skipToken === undefined ? {} : { skipToken }),
          // More subscriptions than one question may span are a cut that the header tells, not an error.
          ...(subscriptions === undefined ? { allowPartialScopes: true } : {}),
        },
      },
      {
        abortSignal: either,
        requestOptions: { allowInsecureConnection: this.#insecure },
        onResponse: ({ headers }) => {
          this.#pacer.learn(headers.get('x-ms-user-quota-remaining'), headers.get('x-ms-user-quota-resets-after'));
          limitHit ||= headers.get('x-ms-tenant-subscription-limit-hit')?.toLowerCase() === 'true';
        },
      },
    );
    try {
      const answer: unknown = await unlessAborted(sent, either);
      return { ...readAnswer(answer), limitHit };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (timeout.aborted) throw new CallTimeoutError('No answer in time.');
      throw error instanceof InvalidAnswerError ? error : new AzureCallError(error);
    }
  }
}

/** An answer that breaks off while it is unpacked never ends by itself, so the signal ends the waiting. */
async function unlessAborted<Value>(sent: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  aborted.promise.catch(() => undefined);
  sent.catch(() => undefined);
  try {
    return await Promise.race([sent, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Every field is looked at: a foreign page read as an empty list would make everything look deleted. */
function readAnswer(answer: unknown): Omit<GraphAnswer, 'limitHit'> {
  const { data, totalRecords, count, resultTruncated, skipToken } = asRecord(answer);
  if (!isJsonList(data)) throw new InvalidAnswerError('The answer has no list of rows.');
  if (typeof totalRecords !== 'number' || count !== data.length) {
    throw new InvalidAnswerError('The answer does not count its rows, or counts them wrongly.');
  }
  const token = typeof skipToken === 'string' && skipToken !== '' ? skipToken : null;
  // The service writes the word, not the value.
  return { rows: data, skipToken: token, total: totalRecords, truncated: resultTruncated === 'true' };
}

/** The client parsed it from JSON, so what is in the list is JSON too. */
function isJsonList(value: unknown): value is Json[] {
  return Array.isArray(value);
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return { ...value };
  throw new InvalidAnswerError('The answer is empty.');
}
