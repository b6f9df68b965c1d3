import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Agent } from 'node:http';
import type { AwsCredentialSource } from '../../../src/main/engine/discovery/providers/aws/access/credential-cache.ts';
import {
  type AwsClientSettings,
  AwsSession,
} from '../../../src/main/engine/discovery/providers/aws/calls/account-session.ts';
import { AwsCaller } from '../../../src/main/engine/discovery/providers/aws/calls/aws-caller.ts';
import { AwsCallError } from '../../../src/main/engine/discovery/providers/aws/calls/aws-error.ts';
import { type AwsTransport, openTransport } from '../../../src/main/engine/discovery/providers/aws/calls/transport.ts';
import { TokenBucket } from '../../../src/main/engine/discovery/pacing/token-bucket.ts';

type Send<Output> = (options: { abortSignal: AbortSignal }) => Promise<Output>;
type Turn = <Output>(call: () => Promise<Output>) => Promise<Output>;

export interface PlainSessionParts {
  readonly source: AwsCredentialSource;
  readonly endpoint: string;
  readonly turn: Turn;
  /** How often the SDK sends a call before it gives it up; the first time included. */
  readonly attempts: number;
}

/** Clients as the SDK makes them by itself, without our pacing, waiting and sharing of sockets. */
export class PlainSession extends AwsSession {
  readonly #parts: PlainSessionParts;
  readonly #handler: NodeHttpHandler;
  readonly #clients = new Map<string, unknown>();
  readonly #transport: AwsTransport;

  constructor(parts: PlainSessionParts) {
    const transport = openTransport(parts.endpoint);
    super(parts.source, transport);
    this.#parts = parts;
    this.#transport = transport;
    const httpAgent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
    this.#handler = new NodeHttpHandler({ httpAgent, socketAcquisitionWarningTimeout: 600_000 });
  }

  override client<Client>(service: new (settings: AwsClientSettings) => Client, region: string): Client {
    const key = `${service.name} ${region}`;
    const known = this.#clients.get(key);
    if (known instanceof service) return known;
    const { source, endpoint, attempts } = this.#parts;
    const made = new service({
      region,
      credentials: () => source.credentials(),
      requestHandler: this.#handler,
      maxAttempts: attempts,
      endpoint,
      forcePathStyle: true,
      useQueueUrlAsEndpoint: false,
    });
    this.#clients.set(key, made);
    return made;
  }

  override caller(_region: string, signal: AbortSignal): AwsCaller {
    return new PlainCaller(signal, this.#transport, this.#parts.turn);
  }
}

async function asItIs(error: unknown): Promise<unknown> {
  return error;
}

/** Sends a call when its turn comes, and leaves repeating to the SDK. */
class PlainCaller extends AwsCaller {
  override readonly detailsAtOnce = Number.POSITIVE_INFINITY;
  readonly #turn: Turn;

  constructor(signal: AbortSignal, { counter, turns }: AwsTransport, turn: Turn) {
    const never = new TokenBucket({ perSecond: 1, burst: 1 });
    super({ signal, attempts: 1, counter, turns, bucketOf: () => never, meaningOf: asItIs, renew: null });
    this.#turn = turn;
  }

  override async call<Output>(permission: string, send: Send<Output>): Promise<Output> {
    try {
      return await this.#turn(() => send({ abortSignal: this.signal }));
    } catch (error) {
      throw error instanceof AwsCallError ? error : new AwsCallError(permission, error);
    }
  }
}

/** One call after the other over everything. */
export function oneAfterAnother(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (call) => {
    const mine = last.then(call, call);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Every call at once. */
export const atOnce: Turn = (call) => call();
