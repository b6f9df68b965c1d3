import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { CallCounter } from './call-counter.ts';

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

/** What all sessions of one run share: the sockets, the endpoint, the limits and the count of calls. */
export interface AwsTransport {
  readonly handler: NodeHttpHandler;
  /** Null for AWS itself. */
  readonly endpoint: string | null;
  readonly limits: CallLimits;
  readonly counter: CallCounter;
  close(): void;
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
  return { handler, endpoint, limits, counter: new CallCounter(), close: () => handler.destroy() };
}
