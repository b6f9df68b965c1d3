import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import PQueue from 'p-queue';
import { CallCounter } from './call-counter.ts';
import { type UserSettings, userSettings } from './user-settings.ts';

/** How long to wait for one call and how often to repeat it. */
export interface CallLimits {
  readonly connectMilliseconds: number;
  readonly requestMilliseconds: number;
  /** Attempts per call, the first included, when the service refuses because of too many calls. */
  readonly attempts: number;
}

const defaultCallLimits: CallLimits = { connectMilliseconds: 5_000, requestMilliseconds: 30_000, attempts: 6 };

/** Sockets open at a time over all accounts, regions and services. */
const mostSockets = 64;
/** Fewer than sockets: a call's time runs from when it is sent, so that none may wait for a socket. */
const mostInFlight = 24;

/** What all sessions of one run share: the sockets, the endpoint, the limits and the count of calls. */
export interface AwsTransport {
  readonly handler: NodeHttpHandler;
  /** Null for AWS itself. */
  readonly endpoint: string | null;
  readonly limits: CallLimits;
  readonly settings: UserSettings;
  readonly counter: CallCounter;
  /** Where calls wait until few enough are in flight. */
  readonly turns: PQueue;
  /** Whether a host's name means an address. */
  readonly resolves: (host: string) => Promise<boolean>;
  close(): void;
}

async function resolves(host: string): Promise<boolean> {
  return lookup(host).then(
    () => true,
    () => false,
  );
}

export function openTransport(endpoint: string | null, limits: CallLimits = defaultCallLimits): AwsTransport {
  const sockets = { keepAlive: true, maxSockets: mostSockets, maxTotalSockets: mostSockets };
  const handler = new NodeHttpHandler({
    connectionTimeout: limits.connectMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    throwOnRequestTimeout: true,
    socketAcquisitionWarningTimeout: 60_000,
    httpAgent: new HttpAgent(sockets),
    httpsAgent: new HttpsAgent(sockets),
  });
  const turns = new PQueue({ concurrency: mostInFlight });
  return {
    handler,
    endpoint,
    limits,
    settings: userSettings(),
    counter: new CallCounter(),
    turns,
    resolves,
    close: () => handler.destroy(),
  };
}
