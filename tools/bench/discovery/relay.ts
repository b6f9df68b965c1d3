import { createServer, request as sendRequest, Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { rateOf } from '../../../src/main/engine/discovery/providers/aws/calls/call-rates.ts';
import { readAwsRequest, type AwsRequest } from '../../../test/support/fault-proxy/aws-request.ts';
import { answerOf } from '../../../test/support/fault-proxy/faults.ts';
import { censusOf, type CensusAnswers } from './relay-census.ts';
import { type Mirror, type RelayCounts, type RelayPlan, relayPath, type RelaySettings } from './relay-protocol.ts';

// A program of its own: stands between the discovery benchmark and moto. It grows the company (accounts and regions
// answer like those they mirror), keeps every answer so that moto's speed is not what is measured, and adds the
// latency and the rate limits that the real services have.

const plan = JSON.parse(process.argv[2] ?? '') as RelayPlan;
const target = new URL(plan.upstream);
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const kept = new Map<string, Promise<Answer>>();
const sourceKeys = new Map<string, Promise<string>>();
let settings: RelaySettings = { latencyMilliseconds: 0, limited: false };
let census: CensusAnswers = () => null;
let counts = { calls: 0, throttled: 0, mostInFlight: 0, passedOn: 0 };
let buckets = new Map<string, { tokens: number; at: number }>();
let inFlight = 0;

/** Discovery stays this much below what is published. */
const publishedShare = 1.1;

/** Keys that the relay hands out say which account they act in. */
const keyPrefix = 'ASIABENCH';

async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await bodyOf(incoming);
  if (incoming.url === relayPath) {
    const now: RelayCounts = counts;
    if (body !== '') {
      settings = JSON.parse(body) as RelaySettings;
      census = censusOf(settings.census, plan);
      counts = { calls: 0, throttled: 0, mostInFlight: 0, passedOn: 0 };
      buckets = new Map();
    }
    outgoing.writeHead(200).end(JSON.stringify(now));
    return;
  }
  const request = readAwsRequest(incoming, Buffer.from(body));
  counts.calls += 1;
  inFlight += 1;
  counts.mostInFlight = Math.max(counts.mostInFlight, inFlight);
  try {
    const account = accountOf(request);
    const answer = mayPass(request, account) ? await answerTo(incoming, { request, account, body }) : refuse(request);
    if (settings.latencyMilliseconds > 0) await delay(settings.latencyMilliseconds);
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  } finally {
    inFlight -= 1;
  }
}

/** Null for the account whose own keys were given. */
function accountOf({ accessKeyId }: AwsRequest): Mirror | null {
  const name = accessKeyId.startsWith(keyPrefix) ? accessKeyId.slice(keyPrefix.length) : '';
  return plan.accounts.find((account) => account.name === name) ?? null;
}

function mayPass({ service, region, action }: AwsRequest, account: Mirror | null): boolean {
  if (!settings.limited) return true;
  const { key: counted, rate } = rateOf(`${service}:${action}`);
  const [perSecond, burst] = [rate.perSecond * publishedShare, rate.burst * publishedShare];
  const key = `${account?.name} ${region} ${counted}`;
  const now = performance.now();
  const bucket = buckets.get(key) ?? { tokens: burst, at: now };
  buckets.set(key, bucket);
  bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

function refuse(request: AwsRequest): Answer {
  counts.throttled += 1;
  const answer = answerOf({ kind: 'throttled' }, request);
  if (answer === null) throw new Error('A refusal has an answer.');
  return answer;
}

interface Asked {
  readonly request: AwsRequest;
  readonly account: Mirror | null;
  readonly body: string;
}

async function answerTo(incoming: IncomingMessage, { request, account, body }: Asked): Promise<Answer> {
  if (request.action === 'AssumeRole') return handOut(body);
  if (request.action === 'DescribeRegions') return regionList();
  const told = census({ ...request, accountId: account?.name ?? '', body });
  if (told !== null) return told;
  const region = plan.regions.find(({ name }) => name === request.region) ?? null;
  const mirrors = [account, region].filter((mirror) => mirror !== null);
  const asked = { path: reversed(incoming.url ?? '/', mirrors), body: reversed(body, mirrors) };
  const at = { accountId: account?.of ?? null, region: region?.of ?? request.region };
  const key = [at.accountId, at.region, request.service, request.action, asked.path, asked.body].join('\n');
  let answer = kept.get(key);
  if (answer === undefined) {
    counts.passedOn += 1;
    answer = passOn(incoming, { ...asked, ...at });
    kept.set(key, answer);
  }
  const { headers, status, body: text } = await answer;
  return { status, headers, body: renamed(text, mirrors) };
}

/** Names of the mirrored account and region as the source has them. */
function reversed(text: string, mirrors: readonly Mirror[]): string {
  return mirrors.reduce((done, { name, of }) => done.replaceAll(name, of), text);
}

function renamed(text: string, mirrors: readonly Mirror[]): string {
  return mirrors.reduce((done, { name, of }) => done.replaceAll(of, name), text);
}

function handOut(body: string): Answer {
  const account = /::(\d{12}):role/u.exec(new URLSearchParams(body).get('RoleArn') ?? '')?.[1] ?? '';
  const keys = `<AccessKeyId>${keyPrefix}${account}</AccessKeyId><SecretAccessKey>bench</SecretAccessKey><SessionToken>bench</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
  return xml(
    `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>${keys}</Credentials></AssumeRoleResult><ResponseMetadata><RequestId>bench</RequestId></ResponseMetadata></AssumeRoleResponse>`,
  );
}

function regionList(): Answer {
  const items = plan.regions.map(
    ({ name }) => `<item><regionName>${name}</regionName><optInStatus>opt-in-not-required</optInStatus></item>`,
  );
  return xml(
    `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>bench</requestId><regionInfo>${items.join('')}</regionInfo></DescribeRegionsResponse>`,
  );
}

function xml(body: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'bench' }, body };
}

/** Moto takes the account and region of a call from its signature, and does not check it. */
async function passOn(
  incoming: IncomingMessage,
  to: { path: string; body: string; accountId: string | null; region: string },
): Promise<Answer> {
  const key = to.accountId === null ? null : await keyOf(to.accountId);
  const authorization = (incoming.headers.authorization ?? '').replace(
    /Credential=([^/]+)\/(\d+)\/[^/]+\//u,
    (_all, own: string, day: string) => `Credential=${key ?? own}/${day}/${to.region}/`,
  );
  const headers = { ...incoming.headers, authorization, host: target.host };
  return send({ method: incoming.method ?? 'POST', path: to.path, headers, body: to.body });
}

/** The access key of a role in the account, as moto hands it out. */
function keyOf(accountId: string): Promise<string> {
  const known = sourceKeys.get(accountId);
  if (known !== undefined) return known;
  const form = new URLSearchParams({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::${accountId}:role/${plan.role}`,
    RoleSessionName: 'bench',
  });
  const headers = {
    host: target.host,
    'content-type': 'application/x-www-form-urlencoded',
    authorization:
      'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0',
  };
  const taken = send({ method: 'POST', path: '/', headers, body: form.toString() }).then(({ body }) => {
    const found = /<AccessKeyId>([^<]+)</u.exec(body)?.[1];
    if (found === undefined) throw new Error(`No role could be taken in ${accountId}: ${body}`);
    return found;
  });
  sourceKeys.set(accountId, taken);
  return taken;
}

function send(call: {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}): Promise<Answer> {
  const { 'content-length': _length, 'transfer-encoding': _chunked, ...headers } = call.headers;
  return new Promise((resolve, reject) => {
    const passed = sendRequest(
      {
        agent,
        host: target.hostname,
        port: target.port,
        method: call.method,
        path: call.path,
        headers: { ...headers, 'content-length': Buffer.byteLength(call.body) },
      },
      (answer) => {
        bodyOf(answer).then((body) => {
          const { 'content-length': _own, 'transfer-encoding': _coded, connection: _open, ...rest } = answer.headers;
          // A kept date would make the SDK correct its clock, and send refused calls twice.
          const plain = Object.entries(rest).flatMap(([name, value]) =>
            typeof value === 'string' && !['x-amz-crc32', 'date'].includes(name) ? [[name, value]] : [],
          );
          resolve({ status: answer.statusCode ?? 502, headers: Object.fromEntries(plain), body });
        }, reject);
      },
    );
    passed.on('error', reject);
    passed.end(call.body);
  });
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

const server = createServer((incoming, outgoing) => {
  handle(incoming, outgoing).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    outgoing.destroy();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));
