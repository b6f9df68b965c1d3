import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { AzureEstate } from './estate.ts';
import { type AskedQuestion, type AzureFault, type AzureFaultRule, FaultRules } from './faults.ts';
import { parseQuery, type Row, textOf, UnknownQueryError } from './kusto.ts';

/** A fake of Azure Resource Graph on loopback: the protocol is true, the tenant is made up. Stop it when done. */
export interface FakeResourceGraph {
  readonly endpoint: string;
  /** The token it accepts. */
  readonly token: string;
  /** Every question that was asked, in order. */
  readonly asked: readonly AskedQuestion[];
  /** How often someone was refused for asking too often. */
  readonly throttled: () => number;
  setFaults(rules: readonly AzureFaultRule[]): void;
  stop(): Promise<void>;
}

export interface FakeOptions {
  readonly estate: AzureEstate;
  /** Subscriptions that may not be read: their rows are left out in silence, as the service does. */
  readonly hidden?: ReadonlySet<string>;
  /** Subscriptions of which only one group may be read. */
  readonly onlyGroup?: ReadonlyMap<string, string>;
  /** How many questions in how many seconds; without it there is no limit. */
  readonly quota?: { readonly calls: number; readonly seconds: number };
  /** The most subscriptions that a question without names may span. */
  readonly span?: number;
}

const questionSchema = z.object({
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).optional(),
  query: z.string(),
  options: z
    .object({
      $skipToken: z.string().optional(),
      $top: z.number().int().min(1).max(1000).default(1000),
      $skip: z.number().int().min(0).optional(),
      resultFormat: z.literal('objectArray').default('objectArray'),
      allowPartialScopes: z.boolean().default(false),
    })
    .default({ $top: 1000, resultFormat: 'objectArray', allowPartialScopes: false }),
});
type Question = z.infer<typeof questionSchema>;

/** A refusal in Resource Manager's form. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly inner: string | null;

  constructor(status: number, code: string, inner: string | null, message: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.inner = inner;
  }

  get body(): string {
    const details = this.inner === null ? {} : { details: [{ code: this.inner, message: this.message }] };
    return JSON.stringify({ error: { code: this.code, message: this.message, ...details } });
  }
}

const token = 'a-token-of-the-fake';

export async function startFakeResourceGraph(options: FakeOptions): Promise<FakeResourceGraph> {
  const asked: AskedQuestion[] = [];
  const rules = new FaultRules();
  const stopped = new AbortController();
  const quota = createQuota(options.quota);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const question = await readQuestion(request);
      const { table, run } = parseQuery(question.query);
      const one: AskedQuestion = {
        table,
        query: question.query,
        subscriptions: question.subscriptions ?? null,
        managementGroups: question.managementGroups ?? null,
        top: question.options.$top,
        skip: question.options.$skip ?? null,
        skipToken: question.options.$skipToken ?? null,
      };
      asked.push(one);
      const faults = rules.of(one);
      quota.take(response);
      for (const fault of faults) await before(fault, { request, response, one });
      if (request.socket.destroyed) return;
      const { rows, limitHit } = visibleRows(options, table, question);
      if (limitHit) response.setHeader('x-ms-tenant-subscription-limit-hit', 'true');
      send(response, pageOf(run(rows), question, faults), faults);
    } catch (error) {
      refuse(response, error);
    }
  }

  /** Does what a fault does before there is an answer. */
  async function before(
    fault: AzureFault,
    { request, response, one }: { request: IncomingMessage; response: ServerResponse; one: AskedQuestion },
  ): Promise<void> {
    switch (fault.kind) {
      case 'denied':
        throw new Refusal(403, 'AuthorizationFailed', null, 'The client does not have authorization to perform this.');
      case 'throttled':
        if (fault.retryAfter !== null) response.setHeader('retry-after', String(fault.retryAfter));
        throw new Refusal(429, 'RateLimiting', 'RateLimiting', 'Please retry later.');
      case 'error':
        throw new Refusal(fault.status, 'InternalServerError', null, 'Something went wrong.');
      case 'expired':
        throw new Refusal(401, 'ExpiredAuthenticationToken', null, 'The access token expiry is in the past.');
      case 'too-large':
        if (one.top <= fault.rows) return;
        throw new Refusal(
          400,
          'BadRequest',
          'ResponsePayloadTooLarge',
          'Response payload size has exceeded the limit.',
        );
      case 'reset':
        request.socket.destroy();
        return;
      case 'silent':
        await new Promise((resolve) => stopped.signal.addEventListener('abort', resolve, { once: true }));
        return;
      case 'slow':
        await delay(fault.milliseconds, undefined, { signal: stopped.signal }).catch(() => undefined);
        return;
      case 'meanwhile':
        fault.happens();
        return;
      case 'cut':
      case 'half':
      case 'rubbish':
      case 'same-token':
      case 'truncated':
        return;
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    token,
    asked,
    throttled: quota.refused,
    setFaults: (list) => rules.set(list),
    async stop() {
      stopped.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readQuestion(request: IncomingMessage): Promise<Question> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
  if (request.method !== 'POST' || pathname.toLowerCase() !== '/providers/microsoft.resourcegraph/resources') {
    throw new Refusal(404, 'InvalidResourceType', null, `There is no ${request.method} ${pathname}.`);
  }
  if (searchParams.get('api-version') === null)
    throw new Refusal(400, 'MissingApiVersionParameter', null, 'No version.');
  if (request.headers.authorization !== `Bearer ${token}`) {
    throw new Refusal(401, 'InvalidAuthenticationToken', null, 'The access token is invalid.');
  }
  const parsed = questionSchema.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  if (!parsed.success) throw new Refusal(400, 'BadRequest', 'InvalidQuery', z.prettifyError(parsed.error));
  return parsed.data;
}

/** The rows of a table that the question spans and the caller may read. */
function visibleRows(
  { estate, hidden = new Set(), onlyGroup = new Map(), span = 10_000 }: FakeOptions,
  table: string,
  { subscriptions, managementGroups, options }: Question,
): { readonly rows: readonly Row[]; readonly limitHit: boolean } {
  const rows = Object.entries(estate.tables).find(([name]) => name === table)?.[1];
  if (rows === undefined) throw new Refusal(400, 'BadRequest', 'InvalidQuery', `There is no table ${table}.`);
  if ((subscriptions?.length ?? 0) > 1000)
    throw new Refusal(400, 'BadRequest', 'TooManySubscriptions', 'At most 1000.');
  const readable = subscriptionsOf(estate, managementGroups).filter((id) => !hidden.has(id));
  const asked = subscriptions === undefined ? null : new Set(subscriptions.map((id) => id.toLowerCase()));
  const spanned = asked === null ? readable : readable.filter((id) => asked.has(id));
  if (asked !== null && spanned.length === 0) {
    const message = 'There must be at least one subscription that is eligible to contain resources.';
    throw new Refusal(400, 'BadRequest', 'NoValidSubscriptionsInQueryRequest', message);
  }
  const limitHit = asked === null && spanned.length > span;
  if (limitHit && !options.allowPartialScopes) {
    throw new Refusal(400, 'BadRequest', 'TooManySubscriptionsUnderScope', 'Select a more granular scope.');
  }
  const reach = new Set(limitHit ? spanned.slice(0, span) : spanned);
  return { limitHit, rows: rows.filter(isVisible) };

  function isVisible(row: Row): boolean {
    const subscription = textOf(row, 'subscriptionId').toLowerCase();
    if (subscription === '') return asked === null && isInGroups(estate, row, managementGroups);
    if (!reach.has(subscription)) return false;
    const only = onlyGroup.get(subscription);
    return only === undefined || textOf(row, 'id').toLowerCase().includes(`/resourcegroups/${only}`);
  }
}

/** The subscriptions of the tenant, or those below some management groups, in order. */
function subscriptionsOf(estate: AzureEstate, groups: readonly string[] | undefined): readonly string[] {
  const all = estate.tables.resourcecontainers.filter(({ type }) => type === 'microsoft.resources/subscriptions');
  const known = estate.tables.resourcecontainers.filter(({ type }) => type === 'microsoft.management/managementgroups');
  const missing = groups?.find((group) => !known.some(({ name }) => name === group));
  if (missing !== undefined) throw new Refusal(403, 'AccessDenied', null, `No access to management group ${missing}.`);
  return all
    .filter(
      ({ properties }) =>
        groups === undefined || groups.some((group) => JSON.stringify(properties).includes(`"${group}"`)),
    )
    .map((row) => textOf(row, 'subscriptionId').toLowerCase());
}

/** A group itself, one below it, or what is granted at one of these. */
function isInGroups({ tables }: AzureEstate, row: Row, groups: readonly string[] | undefined): boolean {
  if (groups === undefined) return true;
  const [, at] = /\/managementGroups\/([^/]+)\/providers\//iu.exec(textOf(row, 'id')) ?? [];
  const place = at === undefined ? row : tables.resourcecontainers.find(({ name }) => name === at);
  return groups.some(
    (group) => place?.['name'] === group || JSON.stringify(place?.['properties']).includes(`"${group}"`),
  );
}

interface Page {
  readonly totalRecords: number;
  readonly count: number;
  readonly data: readonly Row[];
  readonly facets: readonly [];
  readonly resultTruncated: 'true' | 'false';
  readonly $skipToken?: string;
}

function pageOf(rows: readonly Row[], { options, query }: Question, faults: readonly AzureFault[]): Page {
  const { $skipToken, $skip, $top } = options;
  const start = $skip ?? ($skipToken === undefined ? 0 : offsetIn($skipToken, query));
  const data = rows.slice(start, start + $top);
  const end = start + data.length;
  const truncated = faults.some(({ kind }) => kind === 'truncated') && end < rows.length;
  const next = faults.some(({ kind }) => kind === 'same-token') ? start : end;
  return {
    totalRecords: rows.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: truncated ? 'true' : 'false',
    ...(next < rows.length && !truncated ? { $skipToken: tokenFor(next, query) } : {}),
  };
}

/** A token carries the place in the result and belongs to its query. */
function tokenFor(offset: number, query: string): string {
  return Buffer.from(JSON.stringify({ offset, query })).toString('base64');
}

function offsetIn(skipToken: string, query: string): number {
  const read = z
    .object({ offset: z.number(), query: z.string() })
    .safeParse(JSON.parse(Buffer.from(skipToken, 'base64').toString('utf8')));
  if (!read.success || read.data.query !== query) {
    throw new Refusal(400, 'BadRequest', 'InvalidSkipToken', 'The token belongs to another query.');
  }
  return read.data.offset;
}

function send(response: ServerResponse, page: Page, faults: readonly AzureFault[]): void {
  const body = JSON.stringify(page);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  for (const fault of faults) {
    if (fault.kind === 'cut') {
      if (fault.packed) response.setHeader('content-encoding', 'gzip');
      const whole = fault.packed ? gzipSync(body) : Buffer.from(body);
      response.setHeader('content-length', whole.length);
      response.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => response.socket?.destroy());
      return;
    }
    if (fault.kind === 'half') {
      response.end(body.slice(0, Math.ceil(body.length / 2)));
      return;
    }
    if (fault.kind === 'rubbish') {
      response.setHeader('content-type', fault.type);
      response.end(fault.body);
      return;
    }
  }
  // The service answers packed where the client takes it.
  response.setHeader('content-encoding', 'gzip');
  response.end(gzipSync(body, { level: 1 }));
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  const refusal =
    error instanceof Refusal
      ? error
      : new Refusal(400, 'BadRequest', error instanceof UnknownQueryError ? 'InvalidQuery' : 'Unknown', String(error));
  response.statusCode = refusal.status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(refusal.body);
}

interface Quota {
  take(response: ServerResponse): void;
  readonly refused: () => number;
}

/** Counts questions in windows of some seconds and tells the rest in the headers. */
function createQuota(limit: FakeOptions['quota']): Quota {
  let windowEnds = 0;
  let used = 0;
  let refused = 0;
  return {
    refused: () => refused,
    take(response) {
      const { calls, seconds } = limit ?? { calls: 10_000, seconds: 5 };
      const now = Date.now();
      if (now >= windowEnds) {
        windowEnds = now + seconds * 1000;
        used = 0;
      }
      used += 1;
      const rest = Math.ceil((windowEnds - now) / 1000);
      response.setHeader('x-ms-user-quota-remaining', String(Math.max(0, calls - used)));
      response.setHeader('x-ms-user-quota-resets-after', `00:00:${String(rest).padStart(2, '0')}`);
      if (used <= calls) return;
      refused += 1;
      response.setHeader('retry-after', String(rest));
      throw new Refusal(429, 'RateLimiting', 'RateLimiting', 'Too many requests.');
    },
  };
}
