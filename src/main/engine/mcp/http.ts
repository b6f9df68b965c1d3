import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { createAgentServer, type AgentServerOptions } from './server.ts';

/** Requests a token may make in a minute; beyond that it is told to wait. */
const requestsPerMinute = 300;
const mostSessions = 32;
const mostBodyBytes = 1024 * 1024;

export interface AgentHttp {
  /** Answers one request below `/mcp`. The caller has checked the Host header. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/**
 * Agents over streamable HTTP: a bearer token, no foreign `Origin` (403), a rate limit (429), a bounded body (413),
 * and one server per session. Source: the protocol's transport and security sections, revision 2025-11-25.
 */
export function createAgentHttp(
  options: AgentServerOptions & { readonly token: string; readonly now: () => number },
): AgentHttp {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  let windowStart = 0;
  let requests = 0;

  function overLimit(): boolean {
    const now = options.now();
    if (now - windowStart > 60_000) {
      windowStart = now;
      requests = 0;
    }
    requests += 1;
    return requests > requestsPerMinute;
  }

  async function openSession(): Promise<StreamableHTTPServerTransport> {
    const [oldest] = sessions;
    if (sessions.size >= mostSessions && oldest !== undefined) {
      sessions.delete(oldest[0]);
      await oldest[1].close();
    }
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => {
        sessions.set(id, transport);
      },
      onsessionclosed: (id) => {
        sessions.delete(id);
      },
    });
    // The SDK's own types disagree under exactOptionalPropertyTypes; the transport is the one this method is made for.
    await createAgentServer(options).connect(
      transport as Parameters<ReturnType<typeof createAgentServer>['connect']>[0],
    );
    return transport;
  }

  return {
    async handle(request, response) {
      const origin = request.headers.origin;
      if (origin !== undefined && origin !== `http://${request.headers.host}`)
        return refuse(response, 403, 'Foreign origin.');
      const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (!same(bearer, options.token)) {
        response.setHeader('www-authenticate', 'Bearer');
        return refuse(response, 401, 'A bearer token is needed; the Settings screen shows it.');
      }
      if (overLimit()) {
        response.setHeader('retry-after', '60');
        return refuse(response, 429, 'Too many requests; wait a minute.');
      }
      const session = request.headers['mcp-session-id'];
      const known = typeof session === 'string' ? sessions.get(session) : undefined;
      if (known !== undefined && request.method !== 'POST') return known.handleRequest(request, response);
      if (request.method !== 'POST') return refuse(response, 400, 'Begin with an initialize request.');
      const body = await readJson(request);
      if (body === 'too-large') return refuse(response, 413, 'The request is larger than 1 MiB.');
      if (body === 'not-json') return refuse(response, 400, 'The request is not JSON.');
      if (known !== undefined) return known.handleRequest(request, response, body.value);
      if (typeof session === 'string') return refuse(response, 404, 'This session is over; initialize again.');
      if (!isInitializeRequest(body.value)) return refuse(response, 400, 'Begin with an initialize request.');
      return (await openSession()).handleRequest(request, response, body.value);
    },
    async close() {
      await Promise.all([...sessions.values()].map((transport) => transport.close()));
      sessions.clear();
    },
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }));
}

function same(one: string, other: string): boolean {
  const left = Buffer.from(one);
  const right = Buffer.from(other);
  return left.length === right.length && timingSafeEqual(left, right);
}

async function readJson(request: IncomingMessage): Promise<{ value: unknown } | 'too-large' | 'not-json'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBodyBytes) return 'too-large';
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    // The caller answers 400 with this.
    return 'not-json';
  }
}
