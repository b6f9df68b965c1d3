import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type AwsRequest, readAwsRequest } from './aws-request.ts';
import { answerOf, type Fault, type FaultAnswer, type FaultRule, fits } from './faults.ts';

/** Whose keys moto takes those that no role handed out for. */
const managementAccount = '123456789012';

/** A loopback server between a client and an AWS endpoint that lets chosen requests fail. */
export interface FaultProxy extends AsyncDisposable {
  readonly endpoint: string;
  /** Every request so far, those that failed included. */
  readonly requests: readonly AwsRequest[];
  /** Replaces the rules; the first that fits wins, none lets a request pass. */
  setFaults(rules: readonly FaultRule[]): void;
  /** Answers requests in the place of what is behind the proxy; null passes one on. */
  setService(serve: StandIn | null): void;
  stop(): Promise<void>;
}

/** Stands in for a service that the endpoint does not have. */
export type StandIn = (
  request: AwsRequest & { readonly accountId: string; readonly body: string },
) => FaultAnswer | null;

/** An answer of the upstream on its way back. */
interface PassedAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface ActiveRule {
  readonly rule: FaultRule;
  /** Matching requests that still pass. */
  passing: number;
  left: number;
  /** The first answer to a matching request, where it is given again. */
  first: PassedAnswer | null;
}

function sendHalf(answer: PassedAnswer, looks: 'cut' | 'whole', outgoing: ServerResponse): void {
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
  const length = looks === 'cut' ? answer.body.length : half.length;
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': String(length) });
  if (looks === 'whole') outgoing.end(half);
  else outgoing.write(half, () => outgoing.destroy());
}

/** Starts a proxy in front of `upstream`, which is spoken to over plain HTTP. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const target = new URL(upstream);
  const requests: AwsRequest[] = [];
  // Which account a role's keys act in: learned from the answers that hand them out.
  const accounts = new Map<string, string>();
  let standIn: StandIn | null = null;
  let rules: ActiveRule[] = [];
  const stopped = new AbortController();

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const request = readAwsRequest(incoming, body);
    requests.push(request);
    const found = ruleFor(request);
    if (found !== null && !(await failWith(found.rule.fault, request, outgoing))) return;
    const accountId = accounts.get(request.accessKeyId) ?? managementAccount;
    const served = standIn?.({ ...request, accountId, body: body.toString('utf8') }) ?? null;
    if (served !== null) {
      outgoing.writeHead(served.status, served.headers);
      outgoing.end(served.body);
      return;
    }
    const real = await forward(incoming, body);
    const answer = found?.rule.fault.kind === 'again' ? (found.first ??= real) : real;
    if (found?.rule.fault.kind === 'half') {
      sendHalf(answer, found.rule.fault.looks, outgoing);
      return;
    }
    if (request.action === 'AssumeRole') learnAccount(answer.body.toString('utf8'));
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  }

  /** The first rule that fits and is not used up; requests that it lets pass first are counted. */
  function ruleFor(request: AwsRequest): ActiveRule | null {
    const fitting = rules.filter(
      ({ rule, left }) => left > 0 && fits(rule, request, accounts.get(request.accessKeyId)),
    );
    for (const active of fitting) {
      if (active.passing > 0) {
        active.passing -= 1;
        continue;
      }
      active.left -= 1;
      return active;
    }
    return null;
  }

  /** Answers true when the request is to be passed on after all. */
  async function failWith(fault: Fault, request: AwsRequest, outgoing: ServerResponse): Promise<boolean> {
    const answer = answerOf(fault, request);
    if (answer !== null) {
      outgoing.writeHead(answer.status, answer.headers);
      outgoing.end(answer.body);
      return false;
    }
    if (fault.kind === 'cut') outgoing.destroy();
    if (fault.kind === 'slow') await delay(fault.milliseconds, undefined, { signal: stopped.signal });
    return fault.kind === 'slow' || fault.kind === 'half' || fault.kind === 'again';
  }

  function forward(incoming: IncomingMessage, body: Buffer): Promise<PassedAnswer> {
    return new Promise((resolve, reject) => {
      const passed = sendRequest(
        {
          host: target.hostname,
          port: target.port,
          method: incoming.method,
          path: incoming.url,
          headers: { ...incoming.headers, host: target.host, connection: 'close' },
        },
        (answer) => {
          bodyOf(answer).then((text) => {
            const { 'transfer-encoding': _chunked, connection: _connection, ...headers } = answer.headers;
            resolve({ status: answer.statusCode ?? 502, headers, body: text });
          }, reject);
        },
      );
      passed.on('error', reject);
      passed.end(body);
    });
  }

  function learnAccount(xml: string): void {
    const key = /<AccessKeyId>([^<]+)</u.exec(xml)?.[1];
    const account = /<Arn>arn:[^:]+:sts::(\d{12}):/u.exec(xml)?.[1];
    if (key !== undefined && account !== undefined) accounts.set(key, account);
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = async (): Promise<void> => {
    stopped.abort();
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    setFaults(next) {
      rules = next.map((rule) => ({
        rule,
        passing: rule.after ?? 0,
        left: rule.times ?? Number.POSITIVE_INFINITY,
        first: null,
      }));
    },
    setService(serve) {
      standIn = serve;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
