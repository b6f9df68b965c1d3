import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import sirv from 'sirv';
import { WebSocketServer } from 'ws';
import { AppError } from '#shared/errors/index.ts';
import type { Actor } from '#shared/model/index.ts';
import { contentSecurityPolicy, securityHeaders } from '../window/page-headers.ts';
import { messagePage } from './message-page.ts';
import { sameText, type Sessions } from './sessions.ts';

type Router = ConstructorParameters<typeof RPCHandler<{ actor: Actor }>>[0];

export interface LoopbackOptions {
  readonly port: number;
  readonly exactPort: boolean;
  readonly page: string | null;
  readonly router: Router;
  readonly sessions: Sessions;
  /** Lets the command line in. */
  readonly commandLineToken: string;
  readonly onLinkUsed: (token: string) => void;
  /** Answers everything below `/mcp`; it checks its own token. */
  readonly mcp: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
  readonly personName: string;
}

export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  /** True when the wanted port was taken and another one is used. */
  readonly usedOtherPort: boolean;
  close(): Promise<void>;
}

/**
 * The engine's door on 127.0.0.1: the page, its calls over a WebSocket, and agents at `/mcp`.
 * Every request must name this very host (against DNS rebinding); sockets must come from this very origin or carry the
 * command line's token. Throws `port-in-use`.
 */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const handler = new RPCHandler<{ actor: Actor }>(options.router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 });
  // Looked up at each request: a page that is built anew under a running app must not end the engine.
  const assets = options.page === null ? null : sirv(options.page, { etag: true, single: true, dev: true });
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`Groundplan could not answer: ${error.message}\n`);
    });
  });
  const usedOtherPort = await listen(server, options);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const { port } = address;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const cookieName = `groundplan-${port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hosts.includes(request.headers.host ?? '')) {
      response.writeHead(421, { 'content-type': 'text/plain' });
      response.end('This server answers only to its own loopback address.\n');
      return;
    }
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    if (url.pathname === '/mcp' || url.pathname.startsWith('/mcp/')) {
      if (options.mcp !== null) return options.mcp(request, response);
      response.writeHead(404).end();
      return;
    }
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (url.pathname === '/login') return logIn(url, response);
    if (!options.sessions.isSession(cookieOf(request, cookieName))) {
      response.writeHead(401, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        messagePage(
          'Not logged in',
          'Open the address that Groundplan printed in its terminal. Press Enter there for a new one.',
        ),
      );
      return;
    }
    if (assets === null) {
      response.writeHead(404).end();
      return;
    }
    assets(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('There is no such page.\n');
    });
  }

  function logIn(url: URL, response: ServerResponse): void {
    const token = url.searchParams.get('token') ?? '';
    const session = options.sessions.redeem(token);
    if (session === null) {
      response.writeHead(401, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        messagePage(
          'This link was used',
          'Each link logs one browser in. Press Enter in the terminal where Groundplan runs for a new one.',
        ),
      );
      return;
    }
    options.onLinkUsed(token);
    response.writeHead(303, {
      location: '/',
      'set-cookie': `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`,
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
    });
    response.end();
  }

  /** Who is at the other end of a socket, or null for nobody we know. */
  function actorOf(request: IncomingMessage): Actor | null {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) {
      return sameText(bearer, options.commandLineToken) ? { kind: 'command-line', name: options.personName } : null;
    }
    const origin = request.headers.origin ?? '';
    const sameOrigin = hosts.some((host) => origin === `http://${host}`);
    if (!sameOrigin || !options.sessions.isSession(cookieOf(request, cookieName))) return null;
    return { kind: 'person', name: options.personName };
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const actor = actorOf(request);
    const known = hosts.includes(request.headers.host ?? '') && request.url?.split('?')[0] === '/rpc';
    if (!known || actor === null) {
      socket.end(`HTTP/1.1 ${known ? '401 Unauthorized' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      void handler.upgrade(webSocket, { context: { actor } });
    });
  });

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    usedOtherPort,
    async close() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

async function listen(server: ReturnType<typeof createServer>, options: LoopbackOptions): Promise<boolean> {
  const attempt = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await attempt(options.port);
    return false;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    if (options.exactPort) {
      throw new AppError('port-in-use', `Port ${options.port} on 127.0.0.1 is in use by another program.`, {
        advice: 'Choose another with --port, or leave --port out to take a free one.',
        details: { port: options.port },
        cause,
      });
    }
    await attempt(0);
    return true;
  }
}
