import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialSource } from '../access/credential-cache.ts';
import { AwsCaller } from './aws-caller.ts';
import { unlessNotOffered } from './offered.ts';
import { rateOf } from './call-rates.ts';
import { TokenBucket } from '../../../pacing/token-bucket.ts';
import { Sha256 } from './sha256.ts';
import type { AwsTransport } from './transport.ts';
import type { UserSettings } from './user-settings.ts';

/** Settings every client of a session shares. */
export interface AwsClientSettings extends UserSettings {
  readonly region: string;
  readonly credentials: AwsCredentialSource['credentials'];
  readonly requestHandler: NodeHttpHandler;
  /** Always 1: `AwsCaller` repeats calls, at the service's pace. */
  readonly maxAttempts: number;
  readonly endpoint?: string;
  /** The SDK's own when absent. */
  readonly sha256?: typeof Sha256;
  /** For S3 behind another endpoint: hosts such as `bucket.localhost` need not exist. */
  readonly forcePathStyle: boolean;
  /** For SQS behind another endpoint: the queue's URL names a host that need not be reachable from here. */
  readonly useQueueUrlAsEndpoint: boolean;
}

/** Clients and rate limits of one account with one set of credentials. What it opens closes with the transport. */
export class AwsSession {
  readonly #source: AwsCredentialSource;
  readonly #transport: AwsTransport;
  readonly #clients = new Map<string, unknown>();
  readonly #answers = new Map<string, Promise<unknown>>();
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(source: AwsCredentialSource, transport: AwsTransport) {
    this.#source = source;
    this.#transport = transport;
  }

  /** The session's client of a service in a region, made once. */
  client<Client>(service: new (settings: AwsClientSettings) => Client, region: string): Client {
    const key = `${service.name} ${region}`;
    const known = this.#clients.get(key);
    if (known instanceof service) return known;
    const { endpoint, handler, settings } = this.#transport;
    const made = new service({
      ...settings,
      region,
      // The SDK keeps credentials for itself unless told that they are kept already; ours can be renewed.
      credentials: Object.assign(() => this.#source.credentials(), { memoized: true }),
      requestHandler: handler,
      maxAttempts: 1,
      sha256: Sha256,
      forcePathStyle: endpoint !== null,
      useQueueUrlAsEndpoint: endpoint === null,
      ...(endpoint === null ? {} : { endpoint }),
    });
    this.#clients.set(key, made);
    return made;
  }

  /** Makes calls in a region until the signal aborts; they share the limits of this account there. */
  caller(region: string, signal: AbortSignal): AwsCaller {
    const { counter, limits, turns } = this.#transport;
    const { renew } = this.#source;
    return new AwsCaller({
      signal,
      attempts: limits.attempts,
      counter,
      turns,
      bucketOf: (permission) => this.#bucket(region, permission),
      renew,
      meaningOf: (error) => unlessNotOffered(error, this.#transport, region),
    });
  }

  /**
   * Makes an answer once per session, for listings that several cells share. When the one who makes it fails or is
   * aborted, the others make it for themselves, so that nobody fails with the reason of another cell.
   */
  async once<Answer>(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key);
    if (known !== undefined) {
      try {
        return (await known) as Answer;
      } catch {
        if (this.#answers.get(key) === known) this.#answers.delete(key);
        return this.once(key, make);
      }
    }
    const made = make();
    this.#answers.set(key, made);
    try {
      return await made;
    } catch (error) {
      if (this.#answers.get(key) === made) this.#answers.delete(key);
      throw error;
    }
  }

  #bucket(region: string, permission: string): TokenBucket {
    const { key, rate } = rateOf(permission);
    const name = `${region} ${key}`;
    const bucket = this.#buckets.get(name) ?? new TokenBucket(rate);
    this.#buckets.set(name, bucket);
    return bucket;
  }
}
