import { setMaxListeners } from 'node:events';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { AwsCallError, InvalidAnswerError } from './aws-error.ts';
import type { AwsCredentialProvider } from '../access/credential-cache.ts';

/** Settings every client of a session shares. */
export interface AwsClientSettings {
  readonly region: string;
  readonly credentials: AwsCredentialProvider;
  readonly requestHandler: NodeHttpHandler;
  readonly maxAttempts: number;
  readonly endpoint?: string;
  /** For S3 behind another endpoint: hosts such as `bucket.localhost` need not exist. */
  readonly forcePathStyle: boolean;
  /** For SQS behind another endpoint: the queue's URL names a host that need not be reachable from here. */
  readonly useQueueUrlAsEndpoint: boolean;
}

interface Closable {
  destroy(): void;
}

/** How long to wait for one call and how often to repeat it. */
export interface CallLimits {
  readonly connectMilliseconds: number;
  readonly requestMilliseconds: number;
  /** Attempts per call, the first included; the SDK waits between them. */
  readonly attempts: number;
}

export const defaultCallLimits: CallLimits = { connectMilliseconds: 5_000, requestMilliseconds: 30_000, attempts: 4 };

export interface SessionOptions {
  readonly credentials: AwsCredentialProvider;
  readonly endpoint: string | null;
  readonly limits: CallLimits;
}

/** Clients of one account with one set of credentials and one pool of sockets. Close it when done. */
export class AwsSession {
  readonly #options: SessionOptions;
  readonly #handler: NodeHttpHandler;
  readonly #clients = new Map<string, Closable>();
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#handler = new NodeHttpHandler({
      connectionTimeout: options.limits.connectMilliseconds,
      requestTimeout: options.limits.requestMilliseconds,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: 60_000,
    });
  }

  /** The session's client of a service in a region, made once. */
  client<Client extends Closable>(service: new (settings: AwsClientSettings) => Client, region: string): Client {
    const key = `${service.name} ${region}`;
    const known = this.#clients.get(key);
    if (known instanceof service) return known;
    const { endpoint, credentials, limits } = this.#options;
    const made = new service({
      region,
      credentials,
      requestHandler: this.#handler,
      maxAttempts: limits.attempts,
      forcePathStyle: endpoint !== null,
      useQueueUrlAsEndpoint: endpoint === null,
      ...(endpoint === null ? {} : { endpoint }),
    });
    this.#clients.set(key, made);
    return made;
  }

  /** Makes an answer once per session, for listings that several cells share. */
  once<Answer>(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key);
    if (known !== undefined) return known as Promise<Answer>;
    const made = make();
    this.#answers.set(key, made);
    // A failure is told to whoever asked; without this a second listener-less rejection would end the process.
    made.catch(() => undefined);
    return made;
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#clients.clear();
    this.#handler.destroy();
  }
}

interface Answer {
  readonly $metadata: { readonly requestId?: string | undefined };
}

/** Calls AWS for one cell: stops at once on abort, and names the permission when a call fails. */
export class AwsCaller {
  readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    // Every call in flight listens to the one signal of its cell.
    setMaxListeners(0, signal);
    this.signal = signal;
  }

  /**
   * Sends one call. Throws `AwsCallError` for everything, an answer without AWS's request id included: the SDK
   * reads a foreign page as an empty list, and an empty list would make everything look deleted.
   */
  async call<Output extends Answer>(
    permission: string,
    send: (options: { abortSignal: AbortSignal }) => Promise<Output>,
  ): Promise<Output> {
    try {
      const output = await this.#unlessAborted(send({ abortSignal: this.signal }));
      if (output.$metadata.requestId === undefined) throw new InvalidAnswerError('The answer has no request id.');
      return output;
    } catch (error) {
      if (this.signal.aborted) throw this.signal.reason;
      // A call that first has to take a role fails with that call's own error.
      if (error instanceof AwsCallError) throw error;
      throw new AwsCallError(permission, error);
    }
  }

  // The SDK does not end its waiting between attempts when the signal aborts, and that can take 20 s.
  async #unlessAborted<Value>(sent: Promise<Value>): Promise<Value> {
    const aborted = Promise.withResolvers<never>();
    const onAbort = (): void => aborted.reject(this.signal.reason);
    if (this.signal.aborted) onAbort();
    this.signal.addEventListener('abort', onAbort, { once: true });
    aborted.promise.catch(() => undefined);
    sent.catch(() => undefined);
    try {
      return await Promise.race([sent, aborted.promise]);
    } finally {
      this.signal.removeEventListener('abort', onAbort);
    }
  }
}

/** A list that AWS always sends, empty or not. Throws when it is missing: then the answer is not AWS's. */
export function listed<Item>(items: readonly Item[] | undefined, field: string): readonly Item[] {
  if (items === undefined) throw new InvalidAnswerError(`The answer has no ${field}.`);
  return items;
}
