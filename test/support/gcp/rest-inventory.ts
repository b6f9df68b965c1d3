import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Content, FakeInventory, ListedPage, ListRequest, Status, StatusAnswer } from './inventory.ts';
import type { InventoryFault } from './inventory-faults.ts';

/** A server of the fake inventory. */
export interface InventoryServer extends AsyncDisposable {
  readonly endpoint: string;
}

const contents: readonly Content[] = ['CONTENT_TYPE_UNSPECIFIED', 'RESOURCE', 'IAM_POLICY', 'ORG_POLICY'];

// Source: https://cloud.google.com/apis/design/errors#handling_errors
const httpCodes: Readonly<Record<Status, number>> = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};

/** Serves a fake inventory as Google's REST API: `GET /v1/{parent}/assets`. */
export async function startRestInventory(inventory: FakeInventory): Promise<InventoryServer> {
  const stopped = new AbortController();

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = readRequest(incoming);
    if (request === null) {
      sendJson(outgoing, 404, { error: { code: 404, message: 'Not found.', status: 'NOT_FOUND' } });
      return;
    }
    const answer = inventory.answer(request);
    switch (answer.kind) {
      case 'page':
        sendJson(outgoing, 200, jsonOf(answer.page));
        return;
      case 'status':
        sendJson(outgoing, httpCodes[answer.answer.status], errorOf(answer.answer));
        return;
      case 'fault':
        await failWith(answer.fault, answer.page, outgoing);
    }
  }

  async function failWith(fault: InventoryFault, page: ListedPage, outgoing: ServerResponse): Promise<void> {
    const body = JSON.stringify(jsonOf(page));
    switch (fault.kind) {
      case 'slow':
        await delay(fault.milliseconds, undefined, { signal: stopped.signal });
        sendJson(outgoing, 200, jsonOf(page));
        return;
      case 'cut':
        outgoing.destroy();
        return;
      case 'cut-body':
        outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        outgoing.write(body.slice(0, body.length / 2), () => outgoing.destroy());
        return;
      case 'truncated':
        sendText(outgoing, { status: 200, type: 'application/json', body: body.slice(0, body.length / 2) });
        return;
      case 'malformed':
        sendJson(outgoing, 200, {
          ...jsonOf(page),
          assets: [{ name: 7, resource: { data: ['not', 'an', 'object'] } }],
        });
        return;
      case 'rubbish':
        sendText(outgoing, fault);
        return;
      case 'silent':
      case 'status':
      case 'endless':
      case 'expire':
    }
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
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      stopped.abort();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function readRequest(incoming: IncomingMessage): ListRequest | null {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const parent = /^\/v1\/([^/]+\/[^/]+)\/assets$/.exec(url.pathname)?.[1];
  if (incoming.method !== 'GET' || parent === undefined) return null;
  const query = url.searchParams;
  const content = query.get('contentType') ?? '0';
  const readTime = query.get('readTime');
  return {
    parent: decodeURIComponent(parent),
    content: contents[Number(content)] ?? contents.find((name) => name === content) ?? 'CONTENT_TYPE_UNSPECIFIED',
    assetTypes: query.getAll('assetTypes'),
    readTime: readTime === null ? null : Date.parse(readTime),
    pageSize: Number(query.get('pageSize') ?? 0),
    pageToken: query.get('pageToken') ?? '',
    token: /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1] ?? null,
  };
}

/** Google's JSON leaves out what is empty. */
function jsonOf({ readTime, assets, nextPageToken }: ListedPage): object {
  return {
    readTime,
    ...(assets.length > 0 ? { assets } : {}),
    ...(nextPageToken === '' ? {} : { nextPageToken }),
  };
}

function errorOf({ status, message, reason, retrySeconds }: StatusAnswer): object {
  const details = [
    ...(reason === undefined
      ? []
      : [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: reason.name,
            domain: 'googleapis.com',
            metadata: reason.metadata,
          },
        ]),
    ...(retrySeconds === undefined
      ? []
      : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retrySeconds}s` }]),
  ];
  return { error: { code: httpCodes[status], message, status, ...(details.length > 0 ? { details } : {}) } };
}

function sendJson(outgoing: ServerResponse, status: number, body: object): void {
  sendText(outgoing, { status, type: 'application/json; charset=UTF-8', body: JSON.stringify(body) });
}

function sendText(
  outgoing: ServerResponse,
  { status, type, body }: { readonly status: number; readonly type: string; readonly body: string },
): void {
  outgoing.writeHead(status, { 'content-type': type });
  outgoing.end(body);
}
